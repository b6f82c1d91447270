"""Several people sign one document, each for a region or municipality."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Role, User
from jbn_oversight.notices.actions.sending import send_waiting
from jbn_oversight.notices.models import Notice
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.gate.sentences import standing
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.signing import SignOff, VoidReason
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.notices import notice_kinds as kinds
from reports.briefings.signing import actions as signing
from reports.briefings.signing.selectors.signed_texts import texts_of
from reports.briefings.writing.actions import drafts as drafting
from reports.overview.selectors.waiting import briefings_waiting
from tests.factories.briefings import (
    SENTINEL,
    drafted,
    looked,
    mandate_of,
    now,
    put_pdf,
    some_draft,
)
from tests.factories.people import Cast, region, with_role
from tests.factories.results import SEPTEMBER, WHOLE, result, run

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def groningen(cast: Cast) -> User:
    """The alderman of the other region."""
    return with_role("Tess Groningen", Role.ALDERMAN, region("groningen"))


def for_both(cast: Cast, groningen: User, at: datetime) -> Briefing:
    """Submitted, with an alderman of each region asked."""
    briefing = drafted(cast, at=at, until=at + DAY)
    ask(cast, briefing, cast.region_alderman, groningen, at=at)
    return submit(cast, briefing, at)


def ask(cast: Cast, briefing: Briefing, *people: User, at: datetime) -> None:
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(person) for person in people],
        publisher=cast.second_adviser,
        co_writers=[],
        at=at,
        by=cast.adviser,
    )


def submit(cast: Cast, briefing: Briefing, at: datetime) -> Briefing:
    briefing.refresh_from_db()
    return signing.submit(
        briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser
    )


def sign(briefing: Briefing, at: datetime, by: User) -> BriefingVersion | None:
    briefing.refresh_from_db()
    return signing.approve(briefing=briefing, revision=briefing.draft_revision, at=at, by=by)


def test_the_last_signature_makes_the_version(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    assert sign(briefing, at, groningen) is None
    assert briefing.latest_version() is None
    version = sign(briefing, at + DAY / 24, cast.region_alderman)
    assert version is not None
    assert version.approved_by == cast.region_alderman
    rows = SignOff.objects.filter(version=version)
    assert {(row.signed_by.name, str(row.place)) for row in rows} == {
        ("Bram Drenthe", "Drenthe"),
        ("Tess Groningen", "Groningen"),
    }


def test_the_figures_are_those_of_the_first_signature(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    old = result(run(), "contact_5wd", WHOLE, 50, 100)
    draft = replace(some_draft(at + DAY), figures_as_of=SEPTEMBER, kpis=("contact_5wd",))
    briefing.refresh_from_db()
    drafting.edit(
        briefing=briefing,
        draft=draft,
        revision=briefing.draft_revision,
        at=at,
        by=cast.adviser,
    )
    ask(cast, briefing, cast.region_alderman, groningen, at=at)
    briefing = submit(cast, briefing, at)
    sign(briefing, at, groningen)
    later = at + timedelta(minutes=10)
    old.superseded_at = at + timedelta(minutes=5)
    old.save()
    result(run(at=old.superseded_at), "contact_5wd", WHOLE, 90, 100)
    version = sign(briefing, later, cast.region_alderman)
    assert version is not None
    (row,) = version.content["kpi_table"]["rows"]
    assert {figure["numerator"] for figure in row["figures"]} >= {"50"}
    assert version.content["frozen_at"] == at.isoformat()
    assert {row.known_at for row in version.sign_offs.all()} == {at}


def test_nobody_signs_twice(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    with pytest.raises(RefusedError):
        sign(briefing, at, groningen)
    assert SignOff.objects.count() == 1


def test_an_edit_makes_signatures_void(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    draft = replace(some_draft(at + DAY), title="Anders")
    drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=at, by=cast.adviser
    )
    briefing = submit(cast, briefing, at)
    assert not SignOff.objects.standing(briefing).exists()
    assert [one.signed_by for one in SignOff.objects.lost(briefing)] == [groningen]
    assert sign(briefing, at, cast.region_alderman) is None


def test_giving_it_back_makes_signatures_void_and_says_so(
    client: Client, cast: Cast, groningen: User
) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    signing.send_back(briefing=briefing, at=at, by=cast.region_alderman)
    row = SignOff.objects.get()
    assert row.void_reason == VoidReason.SENT_BACK
    client.force_login(cast.adviser)
    page = client.get(reverse("reports:briefing_work", args=[briefing.public_id]))
    assert "Tess Groningen" in page.content.decode()
    assert "gelden niet meer" in page.content.decode()


def test_a_document_that_is_not_what_was_signed_first_voids_the_signatures(
    cast: Cast, groningen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    real = texts_of

    def changed(briefing: Briefing, known_at: datetime) -> object:
        return replace(real(briefing, known_at), sha256="0" * 64)

    monkeypatch.setattr(signing, "texts_of", changed)
    with pytest.raises(ChangedMeanwhileError):
        sign(briefing, at, cast.region_alderman)
    monkeypatch.undo()
    row = SignOff.objects.get()
    assert row.void_reason == VoidReason.CHANGED
    briefing.refresh_from_db()
    assert briefing.submitted_at is not None
    assert briefing.latest_version() is None
    assert sign(briefing, at, groningen) is None
    assert sign(briefing, at, cast.region_alderman) is not None


def test_the_same_instant_gives_the_same_texts(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    assert texts_of(briefing, at).sha256 == texts_of(briefing, at).sha256


def test_asking_other_people_makes_signatures_void(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    ask(cast, briefing, cast.region_alderman, cast.alderman, at=at)
    assert SignOff.objects.get().void_reason == VoidReason.OTHERS_SIGN


def test_who_signs_for_another_region_sees_it_and_nothing_else(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    drafted(cast, at=at, until=at + DAY)
    assert list(Briefing.objects.worked_on_by(groningen, at)) == [briefing]
    ask(cast, briefing, cast.region_alderman, at=at)
    assert not Briefing.objects.worked_on_by(groningen, at).exists()


def test_somebody_signs_for_the_briefings_own_side(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    with pytest.raises(RefusedError):
        ask(cast, briefing, groningen, at=at)


def test_one_person_signs_for_each_place(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    deputy = with_role("Uwe Drenthe", Role.ALDERMAN, region("drenthe"))
    with pytest.raises(RefusedError):
        ask(cast, briefing, cast.region_alderman, deputy, at=at)


def test_none_of_those_who_signed_publishes(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    version = sign(briefing, at, cast.region_alderman)
    assert version is not None
    put_pdf(version, at=at)
    for somebody in (groningen, cast.region_alderman):
        with pytest.raises(PermissionDenied):
            signing.publish(briefing=briefing, version=version, at=at, by=somebody)
        with pytest.raises(RefusedError):
            makers.name_makers(
                briefing=briefing,
                signatories=[mandate_of(cast.alderman)],
                publisher=somebody,
                co_writers=[],
                at=at,
                by=cast.adviser,
            )


def test_the_portal_says_who_still_has_to_sign(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    assert "Bram Drenthe" in standing(briefing, at).next_step
    assert "Tess Groningen" in standing(briefing, at).next_step
    assert briefings_waiting(groningen, at) == 1
    sign(briefing, at, groningen)
    briefing.refresh_from_db()
    assert "Tess Groningen" not in standing(briefing, at).next_step
    assert briefings_waiting(groningen, at) == 0
    assert briefings_waiting(cast.region_alderman, at) == 1


def test_the_page_to_sign_shows_who_signed_and_on_which_day_the_figures_are(
    client: Client, cast: Cast, groningen: User
) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    client.force_login(cast.region_alderman)
    address = reverse("reports:briefing_approve", args=[briefing.public_id])
    page = client.get(address).content.decode()
    assert "Tess Groningen" in page
    said = {"revision": str(briefing.draft_revision), **looked(client, address)}
    client.post(address, said)
    assert briefing.versions.count() == 1


def told_of_void_signatures() -> set[str]:
    return set(Notice.objects.filter(kind=kinds.VOIDED.code).values_list("user__name", flat=True))


@pytest.mark.parametrize("how", ["edited", "given back", "others sign"])
def test_who_signed_is_told_that_the_signature_counts_no_more(
    cast: Cast, groningen: User, how: str
) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    briefing.refresh_from_db()
    if how == "edited":
        drafting.edit(
            briefing=briefing,
            draft=replace(some_draft(briefing.embargo_until), title="Anders"),
            revision=briefing.draft_revision,
            at=at,
            by=cast.adviser,
        )
    if how == "given back":
        signing.send_back(briefing=briefing, at=at, by=cast.adviser)
    if how == "others sign":
        third = with_role("Wim Drenthe", Role.ALDERMAN, region("drenthe"))
        ask(cast, briefing, third, groningen, at=at)
    assert told_of_void_signatures() == {"Tess Groningen"}
    assert send_waiting(clock=lambda: at) == 1
    (message,) = django_mail.outbox
    assert message.to == [groningen.email]
    for word in (SENTINEL, "Anders", briefing.title):
        assert word not in message.subject + str(message.body)
    assert briefing.public_id in str(message.body)


def test_whose_signatures_stand_is_told_nothing(cast: Cast, groningen: User) -> None:
    at = now()
    briefing = for_both(cast, groningen, at)
    sign(briefing, at, groningen)
    sign(briefing, at, cast.region_alderman)
    assert told_of_void_signatures() == set()
