"""Postponing, lifting early, withdrawing and opening again: two makers, neither the author."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import acts, emergency
from reports.briefings.decisions.models import Act, ActKind
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.kinds import Phase
from reports.briefings.models.readings import ReadingLog
from reports.briefings.public_pages.selectors import public_page_of
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import (
    HOUR,
    PRINTED,
    approved,
    decided,
    drafted,
    invited,
    looked,
    mandate_of,
    now,
    published,
    some_draft,
    withdrawn,
)
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def propose(cast: Cast, briefing: Briefing, kind: ActKind, at: datetime, **more: object) -> Act:
    return acts.propose(
        briefing=briefing,
        kind=kind,
        reason="Daarom.",
        at=at,
        by=cast.region_alderman,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("kind", [ActKind.POSTPONE, ActKind.WITHDRAW])
def test_only_makers_who_are_not_the_author_take_part(cast: Cast, kind: ActKind) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    hour = at + 2 * DAY
    act = propose(cast, briefing, kind, at, hour=hour)
    for who, somebody in cast.everyone().items():
        if who not in ("region_alderman", "second_adviser"):
            with pytest.raises(PermissionDenied):
                acts.propose(briefing=briefing, kind=kind, reason="x", at=at, by=somebody)
            with pytest.raises(PermissionDenied):
                acts.cancel(act=act, at=at, by=somebody)
        if who != "second_adviser":
            with pytest.raises(PermissionDenied):
                acts.confirm(act=act, at=at, by=somebody)
    acts.confirm(act=act, at=at, by=cast.second_adviser)


def test_nothing_happens_before_the_second_person(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    propose(cast, briefing, ActKind.WITHDRAW, at)
    assert Briefing.objects.visible_to(cast.council_member, at).exists()


def test_a_proposer_whose_mandate_ended_is_no_second_person(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    act = propose(cast, briefing, ActKind.WITHDRAW, at)
    mandate = Membership.objects.get(user=cast.region_alderman)
    mandate.until_on = at.date() - DAY
    mandate.save()
    with pytest.raises(PermissionDenied):
        acts.confirm(act=act, at=at, by=cast.second_adviser)


def test_confirming_twice_is_once_and_a_cancelled_one_is_refused(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    act = propose(cast, briefing, ActKind.POSTPONE, at, hour=at + 2 * DAY)
    first = acts.confirm(act=act, at=at, by=cast.second_adviser)
    again = acts.confirm(act=act, at=at + HOUR, by=cast.second_adviser)
    assert first.confirmed_at == again.confirmed_at
    other = propose(cast, briefing, ActKind.WITHDRAW, at)
    acts.cancel(act=other, at=at, by=cast.region_alderman)
    with pytest.raises(RefusedError):
        acts.confirm(act=other, at=at, by=cast.second_adviser)
    briefing.refresh_from_db()
    assert briefing.withdrawn_at is None


def test_one_kind_is_proposed_once_at_a_time(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    propose(cast, briefing, ActKind.WITHDRAW, at)
    with pytest.raises(RefusedError):
        propose(cast, briefing, ActKind.WITHDRAW, at)


@pytest.mark.parametrize(
    ("kind", "hour"),
    [
        (ActKind.POSTPONE, timedelta(hours=1)),
        (ActKind.ADVANCE, timedelta(hours=3)),
        (ActKind.ADVANCE, timedelta(minutes=4, seconds=59)),
        (ActKind.ADVANCE, -timedelta(hours=1)),
    ],
)
def test_an_hour_moves_the_right_way_and_not_nearer_than_five_minutes(
    cast: Cast, kind: ActKind, hour: timedelta
) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 2 * HOUR)
    with pytest.raises(RefusedError):
        propose(cast, briefing, kind, at, hour=at + hour)


def test_an_overdue_hour_is_not_postponed_to_within_five_minutes(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at - HOUR, until=at - MINUTE)
    with pytest.raises(RefusedError):
        propose(cast, briefing, ActKind.POSTPONE, at, hour=at + 4 * MINUTE)
    moved = decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + 5 * MINUTE)
    assert not Briefing.objects.overdue(at).filter(pk=moved.pk).exists()


def test_the_five_minutes_are_asked_again_at_the_confirmation(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 2 * HOUR)
    act = propose(cast, briefing, ActKind.ADVANCE, at, hour=at + HOUR)
    with pytest.raises(RefusedError):
        acts.confirm(act=act, at=at + HOUR - 4 * MINUTE, by=cast.second_adviser)
    briefing.refresh_from_db()
    assert briefing.embargo_until == at + 2 * HOUR


def test_an_hour_that_moved_meanwhile_is_not_moved_unseen(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 4 * HOUR)
    earlier = propose(cast, briefing, ActKind.ADVANCE, at, hour=at + 2 * HOUR)
    decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + 6 * HOUR)
    with pytest.raises(RefusedError):
        acts.confirm(act=earlier, at=at, by=cast.second_adviser)


def test_before_the_approval_and_after_the_release_no_act_moves_the_hour(cast: Cast) -> None:
    at = now()
    for briefing in (drafted(cast, at=at, until=at + DAY), published(cast, at=at, until=at)):
        with pytest.raises(RefusedError):
            propose(cast, briefing, ActKind.POSTPONE, at, hour=at + 2 * DAY)


def test_a_recorded_publication_opens_at_the_new_hour_and_not_at_the_old(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at + HOUR)
    decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + DAY)
    visible = Briefing.objects.visible_to
    assert briefing.phase(at) is Phase.SCHEDULED
    assert not visible(cast.council_member, at + HOUR).exists()
    assert not visible(cast.council_member, at + DAY - timedelta(seconds=1)).exists()
    assert visible(cast.council_member, at + DAY).exists()


def test_lifting_early_opens_at_the_new_hour(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at + DAY)
    hour = at + 5 * MINUTE
    decided(cast, briefing, ActKind.ADVANCE, at=at, hour=hour)
    assert not Briefing.objects.visible_to(cast.council_member, hour - MINUTE).exists()
    assert Briefing.objects.visible_to(cast.council_member, hour).exists()
    assert briefing.window_opens_at is not None
    assert briefing.window_opens_at <= hour


def test_a_moved_hour_asks_for_no_other_version(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    moved = decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + 2 * DAY)
    version = moved.latest_version()
    assert version is not None
    assert version.draft_revision == moved.draft_revision
    assert moved.change_reason == ""


def test_a_moved_hour_takes_a_submitted_draft_back(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    edited = drafting.edit(
        briefing=briefing,
        draft=replace(
            some_draft(briefing.embargo_until, briefing.window_opens_at), change_reason="Beter."
        ),
        revision=briefing.draft_revision,
        at=at,
        by=cast.adviser,
    )
    signing.submit(briefing=edited, revision=edited.draft_revision, at=at, by=cast.adviser)
    revision = edited.draft_revision
    moved = decided(cast, edited, ActKind.POSTPONE, at=at, hour=at + 2 * DAY)
    assert moved.submitted_at is None
    assert moved.draft_revision == revision + 1


def test_withdrawing_closes_page_and_files_by_their_old_addresses(
    client: Client, cast: Cast
) -> None:
    at = now()
    briefing = published(cast, at=at, until=at, attachment=True)
    version = briefing.published_version
    assert version is not None
    key, attached = briefing.public_id, version.attachments.get()
    addresses = [
        reverse("reports:briefing", args=[key]),
        reverse("reports:briefing_pdf", args=[key, version.public_id]),
        reverse("reports:briefing_attachment", args=[key, version.public_id, attached.public_id]),
    ]
    client.force_login(cast.council_member)
    assert PRINTED in client.get(addresses[1]).getvalue()
    withdrawn(cast, briefing, at=at)
    assert {client.get(address).status_code for address in addresses} == {404}


def test_published_in_error_is_said_to_makers_alone(client: Client, cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at, public=True)
    page = reverse("reports:public_page", args=[public_page_of(briefing).key])
    assert client.get(page).status_code == 200
    decided(cast, briefing, ActKind.WITHDRAW, at=at, in_error=True)
    assert briefing.withdrawn_in_error
    gone = client.get(page)
    assert gone.status_code == 404
    assert "Ten onrechte" not in gone.content.decode()
    client.force_login(cast.adviser)
    work = client.get(reverse("reports:briefing_work", args=[briefing.public_id]))
    assert "Ten onrechte gepubliceerd" in work.content.decode()
    client.force_login(cast.council_member)
    address = reverse("reports:briefing", args=[briefing.public_id])
    assert client.get(address).status_code == 404


def test_what_was_never_published_was_not_published_in_error(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    with pytest.raises(RefusedError):
        propose(cast, briefing, ActKind.WITHDRAW, at, in_error=True)


def test_two_makers_decide_on_the_pages(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    key = briefing.public_id
    client.force_login(cast.adviser)
    assert (
        client.get(reverse("reports:briefing_propose", args=[key, "withdraw"])).status_code == 403
    )
    client.force_login(cast.region_alderman)
    client.post(reverse("reports:briefing_propose", args=[key, "withdraw"]), {"reason": "Fout"})
    act = Act.objects.get()
    confirm = reverse("reports:briefing_confirm", args=[key, act.public_id])
    assert client.post(confirm).status_code == 403
    client.force_login(cast.second_adviser)
    decisions = reverse("reports:briefing_decisions", args=[key])
    page = client.get(decisions).content.decode()
    assert "Fout" in page
    client.post(confirm)
    briefing.refresh_from_db()
    assert briefing.withdrawn_at is None, "nothing is confirmed by who did not look"
    client.post(confirm, looked(client, decisions))
    briefing.refresh_from_db()
    assert briefing.withdrawn_at is not None


def test_an_hour_that_does_not_exist_is_not_proposed(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    client.force_login(cast.region_alderman)
    address = reverse("reports:briefing_propose", args=[briefing.public_id, "postpone"])
    said = {"day": "2030-03-31", "hour": "02:30", "reason": "Later"}
    assert client.post(address, said).status_code == 200
    assert not Act.objects.exists()


def test_acts_leave_nothing_to_a_new_author(cast: Cast) -> None:
    """Who writes along is no author, and may be one of the two."""
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.second_adviser,
        co_writers=[cast.municipal_adviser],
        at=at,
        by=cast.adviser,
    )
    act = propose(cast, briefing, ActKind.WITHDRAW, at)
    acts.confirm(act=act, at=at, by=cast.municipal_adviser)
    briefing.refresh_from_db()
    assert briefing.withdrawn_at is not None
    with pytest.raises(RefusedError):
        drafting.edit(
            briefing=briefing,
            draft=some_draft(at),
            revision=briefing.draft_revision,
            at=at,
            by=cast.adviser,
        )


def test_readers_are_not_told_of_a_proposal(client: Client, cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    propose(cast, briefing, ActKind.WITHDRAW, at)
    client.force_login(cast.council_member)
    page = client.get(reverse("reports:briefing", args=[briefing.public_id])).content.decode()
    assert "Daarom." not in page


def test_a_first_hour_within_five_minutes_is_neither_submitted_nor_approved(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + 6 * MINUTE)
    revision = briefing.draft_revision
    late = at + 2 * MINUTE
    with pytest.raises(RefusedError):
        signing.submit(briefing=briefing, revision=revision, at=late, by=cast.adviser)
    signing.submit(briefing=briefing, revision=revision, at=at, by=cast.adviser)
    with pytest.raises(RefusedError):
        signing.approve(briefing=briefing, revision=revision, at=late, by=cast.region_alderman)


def test_early_readers_stay_when_the_hour_moves(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)
    accept = {"briefing": briefing, "address": None, "by": cast.council_member}
    assert readers.accept_terms(at=at, **accept)  # type: ignore[arg-type]
    decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + 2 * DAY)
    row = Briefing.objects.visible_to(cast.council_member, at + DAY).get()
    assert row.answer == "within"


def test_no_pdf_goes_out_that_names_an_hour_which_was_moved(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    version = briefing.latest_version()
    assert version is not None
    decided(cast, briefing, ActKind.POSTPONE, at=now(), hour=at + 3 * DAY)
    client.force_login(cast.council_member)
    pdf = reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id])
    page = reverse("reports:briefing", args=[briefing.public_id])
    assert client.get(pdf)["Location"] == page
    assert not ReadingLog.objects.filter(file_name="pdf").exists()


def test_what_is_not_closed_is_not_opened_again(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    with pytest.raises(RefusedError, match="niet gesloten"):
        propose(cast, briefing, ActKind.REOPEN, at)


def test_what_was_withdrawn_is_never_opened_again(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at - HOUR, until=at - MINUTE)
    emergency.close_dossier(briefing=briefing, reason="Daarom.", at=at, by=cast.adviser)
    reopening = propose(cast, briefing, ActKind.REOPEN, at)
    withdrawing = propose(cast, briefing, ActKind.WITHDRAW, at)
    acts.confirm(act=withdrawing, at=at, by=cast.second_adviser)
    with pytest.raises(RefusedError, match="ingetrokken"):
        acts.confirm(act=reopening, at=at, by=cast.second_adviser)
