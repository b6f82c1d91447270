"""What the database itself refuses of signatures and acts. Each starts valid and breaks one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from reports.briefings.decisions.actions import emergency
from reports.briefings.decisions.models import Act, ActKind, EmergencyClosing
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.signing import Signatory, SignOff
from reports.briefings.releasing.actions import announcing as releasing
from reports.briefings.releasing.models import ReleaseNotice
from tests.factories.briefings import approved, decided, now, published
from tests.factories.people import Cast, region

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Fields = Callable[[Cast], dict[str, Any]]


def act(cast: Cast, briefing: Briefing, **fields: Any) -> None:
    """Write an act past every rule of the program."""
    at = now()
    given: dict[str, Any] = {
        "briefing": briefing,
        "kind": ActKind.WITHDRAW,
        "author": cast.adviser,
        "reason": "Daarom.",
        "proposed_at": at,
        "proposed_by": cast.region_alderman,
    }
    Act.objects.create(**given | fields)


ACT_BREAKS: list[tuple[str, Fields]] = [
    (
        "act_of_two_people",
        lambda c: {"confirmed_at": now() + DAY, "confirmed_by": c.region_alderman},
    ),
    ("act_not_proposed_by_the_author", lambda c: {"proposed_by": c.adviser}),
    (
        "act_not_confirmed_by_the_author",
        lambda c: {"confirmed_at": now() + DAY, "confirmed_by": c.adviser},
    ),
    ("act_confirmed_by_somebody", lambda c: {"confirmed_at": now() + DAY}),
    ("act_cancelled_by_somebody", lambda c: {"cancelled_by": c.second_adviser}),
    (
        "act_ends_one_way",
        lambda c: {
            "confirmed_at": now() + DAY,
            "confirmed_by": c.second_adviser,
            "cancelled_at": now() + DAY,
            "cancelled_by": c.second_adviser,
        },
    ),
    (
        "act_confirmed_last",
        lambda c: {"confirmed_at": now() - DAY, "confirmed_by": c.second_adviser},
    ),
    ("act_has_a_reason", lambda c: {"reason": ""}),
    ("act_moves_the_hour_the_right_way", lambda c: {"kind": ActKind.POSTPONE}),
    ("act_moves_the_hour_the_right_way", lambda c: {"hour": now()}),
    (
        "act_moves_the_hour_the_right_way",
        lambda c: {"kind": ActKind.POSTPONE, "hour_before": now(), "hour": now() - DAY},
    ),
    (
        "act_moves_the_hour_the_right_way",
        lambda c: {"kind": ActKind.ADVANCE, "hour_before": now(), "hour": now() + DAY},
    ),
    ("act_in_error_is_a_withdrawal", lambda c: {"kind": ActKind.REOPEN, "in_error": True}),
]


@pytest.mark.parametrize(("constraint", "broken"), ACT_BREAKS)
def test_an_act_that_makes_no_sense(constraint: str, broken: Fields, cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act(cast, briefing, **broken(cast))


def test_one_kind_is_open_once(cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    act(cast, briefing)
    with pytest.raises(IntegrityError, match="act_open_once"), transaction.atomic():
        act(cast, briefing)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("signatory_is_not_the_author", lambda c: {"author": c.region_alderman}),
        ("signatory_one_place", lambda c: {"region": None}),
    ],
)
def test_a_signatory_that_makes_no_sense(constraint: str, fields: Fields, cast: Cast) -> None:
    row = approved(cast, at=now(), until=now() + DAY).signatories.get()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        models.QuerySet(Signatory).filter(pk=row.pk).update(**fields(cast))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("signatory_once", lambda c: {"region": region("groningen")}),
        ("signatory_one_for_each_place", lambda c: {"user": c.alderman}),
    ],
)
def test_a_second_signatory_is_another_person_for_another_place(
    constraint: str, fields: Fields, cast: Cast
) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    given: dict[str, Any] = {
        "briefing": briefing,
        "user": cast.region_alderman,
        "region": region("drenthe"),
        "author": cast.adviser,
        "asked_at": now(),
        "asked_by": cast.adviser,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Signatory.objects.create(**given | fields(cast))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("sign_off_is_not_of_the_author", lambda c: {"author": c.alderman}),
        ("sign_off_one_place", lambda c: {"region": None}),
        ("sign_off_voided_with_a_reason", lambda c: {"voided_at": now(), "version": None}),
        ("sign_off_knows_what_was_known", lambda c: {"known_at": now() + DAY}),
        (
            "sign_off_of_a_version_is_not_void",
            lambda c: {"voided_at": now(), "void_reason": "changed"},
        ),
        ("sign_off_once", lambda c: {"signed_by": c.region_alderman, "version": None}),
    ],
)
def test_a_signature_that_makes_no_sense(constraint: str, fields: Fields, cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    given: dict[str, Any] = {
        "briefing": briefing,
        "signed_by": cast.alderman,
        "region": region("drenthe"),
        "author": cast.adviser,
        "draft_revision": briefing.draft_revision,
        "known_at": now(),
        "content_sha256": "0" * 64,
        "signed_at": now(),
        "version": briefing.latest_version(),
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SignOff.objects.create(**given | fields(cast))


def test_one_emergency_at_a_time(cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    emergency.close_dossier(briefing=briefing, reason="Lek", at=now(), by=cast.adviser)
    with pytest.raises(IntegrityError, match="closing_once"), transaction.atomic():
        EmergencyClosing.objects.create(
            briefing=briefing, closed_at=now(), closed_by=cast.adviser, reason="Nog eens"
        )


def test_a_release_is_not_announced_before_its_hour(cast: Cast) -> None:
    version = published(cast, at=now(), until=now() + DAY).published_version
    assert version is not None
    with (
        pytest.raises(IntegrityError, match="release_announced_after_the_hour"),
        transaction.atomic(),
    ):
        ReleaseNotice.objects.create(version=version, embargo_until=now() + DAY, announced_at=now())


def test_what_was_decided_and_signed_never_changes(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    releasing.announce_release(briefing=briefing, at=at)
    emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=cast.adviser)
    decided(cast, briefing, ActKind.REOPEN, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (
        "UPDATE reports_act SET reason = 'anders'",
        "UPDATE reports_act SET confirmed_at = now()",
        "UPDATE reports_signoff SET content_sha256 = ''",
        "UPDATE reports_emergencyclosing SET reason = 'anders'",
        "UPDATE reports_releasenotice SET announced_at = now()",
        "DELETE FROM reports_emergencyclosing",
        "DELETE FROM reports_act",
        "DELETE FROM reports_signoff",
        "TRUNCATE reports_rehearsal CASCADE",
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
