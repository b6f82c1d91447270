"""A paper under embargo, looked for at every address that the portal has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from audits.documents.actions.documents import Embargo, add_version
from audits.documents.actions.passages import add_passage
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from tests.factories.files import page_of_text
from tests.factories.papers import SENTINEL, paper
from tests.factories.people import Cast
from tests.reports.crawl import UnfilledError, general_values, patterns

pytestmark = pytest.mark.django_db
ABOUT_OVERSIGHT = "oversight/"


def addresses(values: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for pattern in patterns():
        if not pattern.form.startswith(ABOUT_OVERSIGHT):
            continue
        try:
            yield from pattern.filled(values)
        except UnfilledError:
            # Another part's address; the crawl of all addresses asks for its value.
            continue


def told_to(user: User | None, values: dict[str, tuple[str, ...]]) -> list[str]:
    client = Client()
    if user is not None:
        client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    found = []
    for address in addresses(values):
        response = client.get(address)
        assert not response.streaming, address
        said = str(response.headers).encode() + response.content
        if SENTINEL.encode() in said or SENTINEL.lower().encode() in said:
            found.append(address)
    return found


def test_a_paper_under_embargo_is_at_no_address_but_for_its_makers(cast: Cast) -> None:
    now = utc_now()
    embargo = Embargo(until=now + timedelta(days=1), releaser=cast.second_adviser)
    version = paper(by=cast.adviser, at=now, embargo=embargo)
    passage = add_passage(
        version=version, place=f"p. {SENTINEL}", quote=SENTINEL, at=now, by=cast.adviser
    )
    open_paper = paper(by=cast.adviser, at=now, title="Open stuk", text="Open")
    open_source = open_paper.document.source
    open_source.publisher = "Een instantie"
    open_source.save()
    type(open_source).history.filter(id=open_source.pk).update(publisher="Een instantie")
    hidden = add_version(
        document=open_paper.document,
        data=page_of_text("Nog geheim"),
        dated=None,
        reason=f"Wijziging {SENTINEL}",
        embargo=embargo,
        at=now,
        by=cast.adviser,
    )
    values = {
        **general_values(),
        "document_id": (version.document.public_id, open_paper.document.public_id),
        "paper_id": (version.public_id, open_paper.public_id, hidden.public_id),
        "passage_id": (passage.public_id,),
        "register": ("documents",),
    }
    outsiders = (None, cast.alderman, cast.contract_manager, cast.council_member, cast.auditor)
    for user in outsiders:
        assert told_to(user, values) == [], user
    assert len(told_to(cast.adviser, values)) > 5
