"""The way of a briefing: who may take each step, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from jbn_oversight import access
from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.decisions.actions import emergency
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import APPROVE, PUBLISH, WRITE, Briefing, BriefingPermission
from reports.briefings.models.kinds import Phase
from reports.briefings.models.readings import ReadingLog
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    drafted,
    invited,
    mandate_of,
    now,
    published,
    sign_off,
    some_draft,
    withdrawn,
)
from tests.factories.people import Cast, membership, municipality, person, region

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def test_three_people_bring_a_briefing_out(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    version = briefing.published_version
    assert version is not None
    people = {version.author_id, version.approved_by_id, version.published_by_id}
    assert len(people) == 3
    assert briefing.phase(at) is Phase.PUBLISHED


def test_makers_hold_rights_by_name_and_readers_hold_none(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    rows = BriefingPermission.objects.filter(content_object=briefing)
    assert set(rows.values_list("permission__codename", "user__email")) == {
        (WRITE, cast.adviser.email),
        (APPROVE, cast.region_alderman.email),
        (PUBLISH, cast.second_adviser.email),
    }


@pytest.mark.parametrize("who", ["second_adviser", "alderman", "municipal_adviser", "clerk"])
def test_only_writers_write(cast: Cast, who: str) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    with pytest.raises(PermissionDenied):
        drafting.edit(
            briefing=briefing,
            draft=some_draft(at),
            revision=briefing.draft_revision,
            at=at,
            by=getattr(cast, who),
        )


def test_only_the_named_approver_approves(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    revision = briefing.draft_revision
    signing.submit(briefing=briefing, revision=revision, at=at, by=cast.adviser)
    for who, somebody in cast.everyone().items():
        if who == "region_alderman":
            continue
        with pytest.raises(PermissionDenied):
            signing.approve(briefing=briefing, revision=revision, at=at, by=somebody)
    assert signing.approve(briefing=briefing, revision=revision, at=at, by=cast.region_alderman)


def test_only_the_named_publisher_publishes(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    version = briefing.latest_version()
    assert version is not None
    for who, somebody in cast.everyone().items():
        if who == "second_adviser":
            continue
        with pytest.raises(PermissionDenied):
            signing.publish(briefing=briefing, version=version, at=at, by=somebody)
    signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)


def test_a_right_given_outside_the_naming_opens_no_signing(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    version = briefing.latest_version()
    assert version is not None
    access.grant(PUBLISH, cast.adviser, briefing)
    access.grant(PUBLISH, cast.region_alderman, briefing)
    for somebody in (cast.adviser, cast.region_alderman):
        with pytest.raises(PermissionDenied):
            signing.publish(briefing=briefing, version=version, at=at, by=somebody)


def test_who_once_wrote_can_never_approve_or_publish(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.second_adviser,
        co_writers=[cast.municipal_adviser],
        at=at,
        by=cast.adviser,
    )
    draft = replace(some_draft(at + TOMORROW), subject="Anders")
    drafting.edit(
        briefing=briefing,
        draft=draft,
        revision=briefing.draft_revision,
        at=at,
        by=cast.municipal_adviser,
    )
    with pytest.raises(RefusedError):
        makers.name_makers(
            briefing=briefing,
            signatories=[mandate_of(cast.region_alderman)],
            publisher=cast.municipal_adviser,
            co_writers=[],
            at=at,
            by=cast.adviser,
        )


def test_somebody_without_a_mandate_is_not_named(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    for approver in (cast.other_alderman, cast.council_member, cast.second_adviser):
        with pytest.raises(RefusedError):
            makers.name_makers(
                briefing=briefing,
                signatories=[mandate_of(approver)],
                publisher=cast.municipal_adviser,
                co_writers=[],
                at=at,
                by=cast.adviser,
            )


def test_a_name_taken_away_ends_the_right_at_once(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    assert Briefing.objects.worked_on_by(cast.second_adviser, at).exists()
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.municipal_adviser,
        co_writers=[],
        at=at,
        by=cast.adviser,
    )
    assert not Briefing.objects.worked_on_by(cast.second_adviser, at).exists()


def test_a_maker_whose_mandate_ended_sees_nothing_any_more(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    mandate = Membership.objects.get(user=cast.adviser)
    mandate.until_on = at.date() - timedelta(days=2)
    mandate.save()
    assert not Briefing.objects.worked_on_by(cast.adviser, at).exists()
    with pytest.raises(PermissionDenied):
        emergency.close_dossier(briefing=briefing, reason="x", at=at, by=cast.adviser)


def test_a_draft_needs_others_who_can_publish_or_stop_before_it_is_submitted(cast: Cast) -> None:
    at = now()
    briefing = drafting.start(
        institution=drafted(cast, at=at).institution,
        owner=region("drenthe"),
        title="Titel",
        language="nl",
        at=at,
        by=cast.adviser,
    )
    with pytest.raises(RefusedError):
        signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)


def test_a_draft_without_an_hour_is_not_submitted(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=None)
    with pytest.raises(RefusedError):
        signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)


def test_what_changed_after_the_approver_looked_is_not_approved(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    seen = briefing.draft_revision
    signing.submit(briefing=briefing, revision=seen, at=at, by=cast.adviser)
    draft = replace(some_draft(at + TOMORROW), title="Stiekem anders")
    drafting.edit(briefing=briefing, draft=draft, revision=seen, at=at, by=cast.adviser)
    with pytest.raises(RefusedError):
        signing.approve(briefing=briefing, revision=seen, at=at, by=cast.region_alderman)


def test_two_people_do_not_overwrite_each_other(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + TOMORROW)
    seen = briefing.draft_revision
    one = replace(some_draft(at + TOMORROW), title="Een")
    drafting.edit(briefing=briefing, draft=one, revision=seen, at=at, by=cast.adviser)
    with pytest.raises(ChangedMeanwhileError):
        drafting.edit(briefing=briefing, draft=one, revision=seen, at=at, by=cast.adviser)


def test_editing_after_approval_touches_no_reader(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    draft = replace(some_draft(at), title="Nieuwe titel", window_opens_at=briefing.window_opens_at)
    briefing = drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=at, by=cast.adviser
    )
    seen = Briefing.objects.visible_to(cast.council_member, at).get()
    version = briefing.versions.get(pk=seen.reads_version_id or 0)
    assert version.number == 1
    assert version.content["title"] == f"Titel {SENTINEL}"


def test_a_correction_reaches_early_readers_when_approved_and_others_when_published(
    cast: Cast,
) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    invited(cast, briefing, cast.clerk, at=at, accepted=True)
    draft = replace(
        some_draft(at),
        title="Verbeterd",
        change_reason="Getal klopte niet",
        window_opens_at=briefing.window_opens_at,
    )
    briefing = drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=at, by=cast.adviser
    )
    briefing = sign_off(cast, briefing, at=at)

    def number_read_by(user: object) -> int:
        row = Briefing.objects.visible_to(user, at).get()  # type: ignore[arg-type]
        return briefing.versions.get(pk=row.reads_version_id or 0).number

    assert number_read_by(cast.clerk) == 2
    assert number_read_by(cast.council_member) == 1
    latest = briefing.latest_version()
    assert latest is not None
    assert latest.reason == "Getal klopte niet"
    signing.publish(briefing=briefing, version=latest, at=at, by=cast.second_adviser)
    assert number_read_by(cast.council_member) == 2


def test_a_new_version_needs_a_reason(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    draft = replace(some_draft(at), title="X", window_opens_at=briefing.window_opens_at)
    briefing = drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=at, by=cast.adviser
    )
    with pytest.raises(RefusedError):
        signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)


@pytest.mark.parametrize("change", ["embargo_until", "window_opens_at", "audience"])
def test_hours_and_audience_stand_fast_from_the_approval_on(cast: Cast, change: str) -> None:
    at = now()
    until = at + TOMORROW
    briefing = approved(cast, at=at, until=until)
    draft = replace(some_draft(until), window_opens_at=briefing.window_opens_at)
    moved = {
        "embargo_until": until - HOUR,
        "window_opens_at": at - HOUR,
        "audience": frozenset({municipality("GM0114")}),
    }
    with pytest.raises(RefusedError):
        drafting.edit(
            briefing=briefing,
            draft=replace(draft, **{change: moved[change]}),  # type: ignore[arg-type]
            revision=briefing.draft_revision,
            at=at,
            by=cast.adviser,
        )


def test_publishing_needs_a_finished_pdf(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW, printed=False)
    version = briefing.latest_version()
    assert version is not None
    with pytest.raises(RefusedError):
        signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)


def test_publishing_twice_does_nothing(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    version = briefing.published_version
    assert version is not None
    again = signing.publish(
        briefing=briefing, version=version, at=at + HOUR, by=cast.second_adviser
    )
    assert again.published_at == briefing.published_at


def test_nothing_happens_to_a_withdrawn_briefing(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    version = briefing.latest_version()
    assert version is not None
    withdrawn(cast, briefing, at=at)
    with pytest.raises(RefusedError):
        signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    with pytest.raises(RefusedError):
        drafting.edit(
            briefing=briefing,
            draft=some_draft(at),
            revision=briefing.draft_revision,
            at=at,
            by=cast.adviser,
        )
    with pytest.raises(RefusedError):
        invited(cast, briefing, cast.council_member, at=at)


def test_terms_are_accepted_once_in_the_window_and_noted(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW, window=at + HOUR)
    invited(cast, briefing, cast.council_member, at=at)
    act = {"briefing": briefing, "address": "192.0.2.1", "by": cast.council_member}
    assert not readers.accept_terms(at=at, **act)  # type: ignore[arg-type]
    assert not ReadingLog.objects.exists()
    later = at + HOUR
    assert readers.accept_terms(at=later, **act)  # type: ignore[arg-type]
    assert readers.accept_terms(at=later + HOUR, **act)  # type: ignore[arg-type]
    row = ReadingLog.objects.get()
    assert (row.kind, row.at, row.role) == ("terms", later, Role.COUNCIL_MEMBER)


def test_who_was_not_invited_cannot_accept(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    assert not readers.accept_terms(
        briefing=briefing, at=at, address=None, by=cast.other_council_member
    )


def test_removal_works_at_once_and_naming_again_asks_for_the_terms_anew(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    reader = invited(cast, briefing, cast.council_member, at=at, accepted=True)
    assert Briefing.objects.visible_to(cast.council_member, at).exists()
    readers.remove(reader=reader, at=at, by=cast.adviser)
    assert not Briefing.objects.known_to(cast.council_member, at).exists()
    invited(cast, briefing, cast.council_member, at=at)
    again = Briefing.objects.known_to(cast.council_member, at).get()
    assert again.answer == "before"


def test_roles_that_do_not_read_are_not_named_as_readers(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    for who in ("administrator", "auditor", "privacy_officer", "contract_manager", "institution"):
        with pytest.raises(RefusedError):
            invited(cast, briefing, getattr(cast, who), at=at)


def test_makers_are_not_named_as_readers(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    with pytest.raises(RefusedError):
        invited(cast, briefing, cast.second_adviser, at=at)


def test_a_second_role_carries_no_invitation_over(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    reader = person("Twee Petten")
    first = membership(reader, Role.COUNCIL_MEMBER, municipality("GM0106"))
    membership(reader, Role.CLERK, municipality("GM0106"))
    invited(cast, briefing, reader, at=at, accepted=True)
    assert Briefing.objects.visible_to(reader, at).exists()
    first.until_on = at.date()
    first.save()
    assert not Briefing.objects.known_to(reader, at).exists()
