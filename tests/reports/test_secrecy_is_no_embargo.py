"""Secrecy runs by itself: no hour ends it, it shuts what was open, and two people lift it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.embargo import Answer, answer, overdue
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import acts, secrecy
from reports.briefings.decisions.models import ActKind
from reports.briefings.gate.selectors.texts import texts_read_by
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.kinds import Phase
from reports.briefings.models.readings import Noticer
from reports.briefings.models.secrecy import Organ, Secrecy, SecrecyGround
from reports.briefings.notices import notice_kinds as kinds
from reports.briefings.releasing.actions import announcing as releasing
from reports.briefings.releasing.actions.overdue import notice_overdue
from reports.briefings.signing import actions as signing
from tests.factories.briefings import HOUR, approved, decided, invited, now, published
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def impose(
    cast: Cast, briefing: Briefing, at: datetime, *, given_on: date | None = None
) -> Secrecy:
    return secrecy.impose(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=at.date() - DAY,
        given_to_council_on=given_on,
        at=at,
        by=cast.adviser,
    )


def lift(cast: Cast, row: Secrecy, organ: Organ, at: datetime) -> Briefing:
    return decided(
        cast,
        row.briefing,
        ActKind.LIFT_SECRECY,
        at=at,
        payload={
            "secrecy": row.public_id,
            "organ": organ.value,
            "lifted_on": at.date().isoformat(),
        },
    )


def test_nothing_secret_is_published(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    version = briefing.latest_version()
    assert version is not None
    impose(cast, briefing, at)
    with pytest.raises(RefusedError):
        signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)


def test_imposing_shuts_what_was_published(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at, public=True)
    assert Briefing.objects.public(at).exists()
    impose(cast, briefing, at)
    assert not Briefing.objects.visible_to(cast.council_member, at).exists()
    assert not Briefing.objects.public(at).exists()


def test_what_was_published_stays_recorded_as_published(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    before = briefing.published_at
    impose(cast, briefing, at)
    briefing.refresh_from_db()
    assert before is not None
    assert (briefing.published_at, briefing.published_by) == (before, cast.second_adviser)
    assert briefing.published_version == briefing.latest_version()
    assert briefing.phase(at) is Phase.SECRET
    assert not briefing.is_out(at)


def test_while_it_runs_an_early_reader_reads_a_marked_copy_as_within(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at - DAY, until=at)
    invited(cast, briefing, cast.clerk, at=at - DAY, accepted=True)
    version = briefing.latest_version()
    assert version is not None
    signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    impose(cast, briefing, at)
    row = Briefing.objects.visible_to(cast.clerk, at + DAY).get()
    assert row.answer == "within"
    (text,) = texts_read_by(cast.clerk, at + DAY, row)
    assert not text.is_out
    assert answer(row.embargo_facts(cast.clerk), at + DAY) is Answer.WITHIN
    assert not kinds.access_list(row, at + DAY).filter(pk=cast.council_member.pk).exists()


def test_nobody_is_late_while_it_runs(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at - DAY, until=at - HOUR)
    assert Briefing.objects.overdue(at).exists()
    impose(cast, briefing, at)
    assert not Briefing.objects.overdue(at).exists()
    assert not overdue(briefing.embargo_facts(), at)
    assert briefing.phase(at) is Phase.SECRET
    assert notice_overdue(at=at, noticed_by=Noticer.SWEEPER) == 0
    client.force_login(cast.adviser)
    work = client.get(reverse("reports:briefing_work", args=[briefing.public_id]))
    assert "te laat" not in work.content.decode().casefold()


def test_a_release_is_announced_at_its_lifting_and_not_while_it_runs(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at - DAY, until=at - HOUR)
    row = impose(cast, briefing, at)
    assert not list(releasing.releases_due(at))
    assert not releasing.announce_release(briefing=briefing, at=at)
    lift(cast, row, Organ.EXECUTIVE, at)
    assert releasing.announce_release(briefing=briefing, at=at)


def test_the_end_of_the_embargo_does_not_lift_it(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at + DAY)
    impose(cast, briefing, at)
    assert not Briefing.objects.visible_to(cast.council_member, at + 2 * DAY).exists()
    assert Secrecy.objects.running().exists()


def test_what_was_published_comes_back_by_the_lifting_of_two(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    row = impose(cast, briefing, at)
    payload = {
        "secrecy": row.public_id,
        "organ": Organ.EXECUTIVE.value,
        "lifted_on": at.date().isoformat(),
    }
    act = acts.propose(
        briefing=briefing,
        kind=ActKind.LIFT_SECRECY,
        reason="Het college hief op.",
        payload=payload,
        at=at,
        by=cast.region_alderman,
    )
    assert not Briefing.objects.visible_to(cast.council_member, at + DAY).exists()
    with pytest.raises(PermissionDenied):
        acts.confirm(act=act, at=at, by=cast.region_alderman)
    acts.confirm(act=act, at=at, by=cast.second_adviser)
    assert Briefing.objects.visible_to(cast.council_member, at).exists()


def test_lifting_opens_nothing_that_was_not_published(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at - DAY, until=at - HOUR)
    row = impose(cast, briefing, at)
    lift(cast, row, Organ.EXECUTIVE, at)
    assert not Briefing.objects.visible_to(cast.council_member, at + DAY).exists()
    assert Briefing.objects.overdue(at).exists()


def test_no_public_page_while_it_runs_whatever_the_rows_say(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at, public=True)
    row = impose(cast, briefing, at)
    models.QuerySet(Briefing).filter(pk=briefing.pk).update(
        published_at=at,
        published_by=cast.second_adviser,
        published_version=briefing.latest_version(),
    )
    assert not Briefing.objects.public(at).exists()
    assert row.lifted_on is None


def test_once_given_to_the_council_only_the_council_lifts_it(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    row = impose(cast, briefing, at)
    row = secrecy.give_to_council(secrecy=row, on=at.date(), at=at, by=cast.adviser)
    with pytest.raises(RefusedError):
        lift(cast, row, Organ.EXECUTIVE, at)
    lift(cast, row, Organ.COUNCIL, at)
    row.refresh_from_db()
    assert row.lifted_by == Organ.COUNCIL


def test_before_that_only_the_organ_that_imposed_it_lifts_it(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    row = impose(cast, briefing, at)
    for organ in (Organ.COUNCIL, Organ.MAYOR, Organ.COMMITTEE):
        with pytest.raises(RefusedError):
            lift(cast, row, organ, at)
    lift(cast, row, Organ.EXECUTIVE, at)


def test_the_author_records_no_lifting(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    impose(cast, briefing, at)
    with pytest.raises(PermissionDenied):
        acts.propose(
            briefing=briefing, kind=ActKind.LIFT_SECRECY, reason="x", at=at, by=cast.adviser
        )


def test_only_makers_record_it(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    with pytest.raises(PermissionDenied):
        secrecy.impose(
            briefing=briefing,
            organ=Organ.COUNCIL,
            ground=SecrecyGround.PRIVACY,
            imposed_on=at.date() - DAY,
            given_to_council_on=None,
            at=at,
            by=cast.clerk,
        )


def test_early_readers_keep_reading_and_see_that_it_is_secret(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    address = reverse("reports:briefing", args=[briefing.public_id])
    client.force_login(cast.council_member)
    assert "Geheim:" not in client.get(address).content.decode()
    impose(cast, briefing, at)
    page = client.get(address).content.decode()
    assert "Geheim: opgelegd door het college" in page
    assert "artikel 87 tot en met 89" in page


def test_the_pages_record_it(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    client.force_login(cast.adviser)
    address = reverse("reports:briefing_secrecy", args=[briefing.public_id])
    said = {"organ": "executive", "ground": "5", "imposed_on": "2025-01-01"}
    assert client.post(address, said).status_code == 200
    assert not Secrecy.objects.exists()
    client.post(address, {**said, "ground": "2d"})
    assert Secrecy.objects.get().ground == SecrecyGround.SUPERVISION
    assert "5.1, tweede lid, onder d" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("secrecy_ground_of_the_woo", {"ground": "5i"}),
        ("secrecy_lifted_by_an_organ", {"lifted_on": date(2030, 1, 1)}),
        ("secrecy_given_after_it_was_imposed", {"given_to_council_on": date(2000, 1, 1)}),
    ],
)
def test_the_database_refuses_secrecy_that_makes_no_sense(
    cast: Cast, constraint: str, fields: dict[str, object]
) -> None:
    at = now()
    row = impose(cast, approved(cast, at=at, until=at + DAY), at)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        models.QuerySet(Secrecy).filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize(("given", "by"), [(None, "council"), (date(2030, 1, 1), "executive")])
def test_the_database_knows_who_may_lift_it(cast: Cast, given: date | None, by: str) -> None:
    at = now()
    row = impose(cast, approved(cast, at=at, until=at + DAY), at)
    with (
        pytest.raises(IntegrityError, match="secrecy_lifted_by_who_may"),
        transaction.atomic(),
    ):
        models.QuerySet(Secrecy).filter(pk=row.pk).update(
            given_to_council_on=given,
            lifted_on=date(2030, 2, 1),
            lifted_by=by,
            lifting_recorded_at=at,
            lifting_recorded_by=cast.second_adviser,
        )
