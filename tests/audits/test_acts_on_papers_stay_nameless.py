"""Acts on a paper under embargo stand in the log of acts for whom the register names it to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from audits.documents.actions.documents import Embargo, release, withdraw
from audits.documents.actions.passages import add_passage
from certification.models import DocumentVersion
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.models import RecordedAct
from jbn_oversight.clock import utc_now
from tests.factories.papers import SENTINEL, paper
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def page_of(user: User) -> str:
    client = Client()
    client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    answer = client.get("/management/acts/")
    assert answer.status_code == 200
    return answer.content.decode()


def sealed(cast: Cast, *, until: timedelta, released: bool = True) -> DocumentVersion:
    """A paper of two days ago whose embargo ends (or ended) so long from now."""
    at = utc_now()
    embargo = Embargo(until=at + until, releaser=cast.contract_manager)
    title = f"Brief {SENTINEL} {until}"
    version = paper(by=cast.adviser, at=at - 2 * DAY, embargo=embargo, title=title)
    add_passage(version=version, place="blz. 1", quote=SENTINEL, at=at - 2 * DAY, by=cast.adviser)
    if released:
        release(version=version, at=at - DAY, by=cast.contract_manager)
    version.refresh_from_db()
    return version


@pytest.mark.parametrize("who", ["auditor", "privacy_officer", "administrator"])
def test_under_embargo_no_act_on_it_is_told(cast: Cast, who: str) -> None:
    for version in (sealed(cast, until=DAY), sealed(cast, until=-HOUR, released=False)):
        assert RecordedAct.objects.filter(thing_id=version.public_id).exists()
        assert version.public_id not in page_of(getattr(cast, who))


def test_from_its_hour_on_who_sees_the_register_reads_its_acts(cast: Cast) -> None:
    version = sealed(cast, until=-HOUR)
    for user in (cast.auditor, cast.privacy_officer):
        page = page_of(user)
        assert page.count(version.public_id) >= 3
        assert SENTINEL not in page
    assert version.public_id not in page_of(cast.administrator)


def test_what_was_open_and_withdrawn_stays_told(cast: Cast) -> None:
    version = sealed(cast, until=-HOUR)
    withdraw(version=version, reason="Vergissing", at=utc_now(), by=cast.adviser)
    assert version.public_id in page_of(cast.auditor)


def test_what_was_withdrawn_under_embargo_is_never_told(cast: Cast) -> None:
    version = sealed(cast, until=-HOUR)
    withdraw(version=version, reason="Fout", at=utc_now() - 2 * HOUR, by=cast.adviser)
    assert version.public_id not in page_of(cast.auditor)
