"""What the database itself refuses, no matter who asks. Each starts valid and breaks one thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Contribution
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.versions import BriefingVersion, Rendering
from tests.factories.briefings import approved, drafted, invited, now, published
from tests.factories.people import Cast, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def change(row: models.Model, **fields: object) -> None:
    """Write past every rule of the program."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**fields)


Break = Callable[[Briefing, Cast], dict[str, object]]

BRIEFING_BREAKS: list[tuple[str, Break]] = [
    ("briefing_one_owner", lambda b, c: {"municipality": municipality("GM0106")}),
    ("briefing_one_owner", lambda b, c: {"region": None}),
    ("briefing_author_is_not_publisher", lambda b, c: {"publisher": c.adviser}),
    ("briefing_author_did_not_approve", lambda b, c: {"approved_by": c.adviser}),
    ("briefing_author_did_not_publish", lambda b, c: {"published_by": c.adviser}),
    ("briefing_approver_did_not_publish", lambda b, c: {"published_by": c.region_alderman}),
    ("briefing_submitted_by_somebody", lambda b, c: {"submitted_at": now()}),
    ("briefing_approved_by_somebody", lambda b, c: {"approved_by": None}),
    ("briefing_published_by_somebody", lambda b, c: {"published_by": None}),
    ("briefing_published_by_somebody", lambda b, c: {"published_version": None}),
    ("briefing_withdrawn_by_somebody", lambda b, c: {"withdrawn_by": c.adviser}),
    (
        "briefing_withdrawn_with_a_reason",
        lambda b, c: {"withdrawn_at": now(), "withdrawn_by": c.adviser},
    ),
    ("briefing_others_can_publish_or_stop", lambda b, c: {"publisher": None}),
    ("briefing_hour_from_approval_on", lambda b, c: {"embargo_until": None}),
    ("briefing_hour_from_approval_on", lambda b, c: {"window_opens_at": None}),
    ("briefing_published_after_approval", lambda b, c: {"published_at": b.approved_at - DAY}),  # type: ignore[operator]
    ("briefing_window_before_hour", lambda b, c: {"window_opens_at": b.embargo_until + DAY}),  # type: ignore[operator]
    (
        "briefing_withdrawn_last",
        lambda b, c: {
            "withdrawn_at": b.published_at - DAY,  # type: ignore[operator]
            "withdrawn_by": c.adviser,
            "withdrawal_reason": "x",
        },
    ),
]


@pytest.mark.parametrize(("constraint", "broken"), BRIEFING_BREAKS)
def test_a_briefing_that_makes_no_sense(constraint: str, broken: Break, cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at + DAY)
    fields = broken(briefing, cast)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change(briefing, **fields)


VERSION_BREAKS: list[tuple[str, Break]] = [
    ("version_author_did_not_publish", lambda b, c: {"published_by": c.adviser}),
    ("version_approver_did_not_publish", lambda b, c: {"published_by": c.region_alderman}),
]


@pytest.mark.parametrize(("constraint", "broken"), VERSION_BREAKS)
def test_a_version_is_published_by_a_third_person(
    constraint: str, broken: Break, cast: Cast
) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    version = briefing.latest_version()
    assert version is not None
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change(version, published_at=at, **broken(briefing, cast))


def test_a_version_is_approved_by_somebody_else_than_its_author(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    with pytest.raises(IntegrityError, match="version_author_did_not_approve"):
        BriefingVersion.objects.create(
            briefing=briefing,
            number=1,
            draft_revision=1,
            content={},
            author=cast.adviser,
            approved_at=at,
            approved_by=cast.adviser,
        )


@pytest.mark.parametrize(
    "fields",
    [{"content": {"title": "anders"}}, {"content_sha256": "0" * 64}, {"number": 7}],
)
def test_a_signed_off_version_never_changes(cast: Cast, fields: dict[str, object]) -> None:
    at = now()
    version = approved(cast, at=at, until=at + DAY).latest_version()
    assert version is not None
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change(version, **fields)


def test_a_publication_is_recorded_once(cast: Cast) -> None:
    at = now()
    version = published(cast, at=at, until=at + DAY).published_version
    assert version is not None
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change(version, published_at=at + DAY)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change(version, published_at=None, published_by=None)


@pytest.mark.parametrize(
    "table",
    [
        "reports_briefingversion",
        "reports_rendering",
        "reports_versionattachment",
        "reports_contribution",
    ],
)
def test_what_was_signed_off_is_never_removed(cast: Cast, table: str) -> None:
    at = now()
    published(cast, at=at, until=at + DAY, attachment=True)
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (f"TRUNCATE {table} CASCADE", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            _run(statement)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_early_reader_is_named_once_at_a_time(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    reader = invited(cast, briefing, cast.council_member, at=at)
    with pytest.raises(IntegrityError, match="early_reader_once"), transaction.atomic():
        EarlyReader.objects.create(
            briefing=briefing,
            user=reader.user,
            role=reader.role,
            municipality=reader.municipality,
            invited_at=at,
            invited_by=cast.adviser,
        )


def test_an_early_reader_has_a_role_that_reads(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    reader = invited(cast, briefing, cast.council_member, at=at)
    with pytest.raises(IntegrityError, match="early_reader_role_reads"), transaction.atomic():
        change(reader, role="administrator")


def test_a_rendering_ends_in_one_way(cast: Cast) -> None:
    at = now()
    version = approved(cast, at=at, until=at + DAY, printed=False).latest_version()
    assert version is not None
    attempt = Rendering.objects.create(version=version, started_at=at)
    with pytest.raises(IntegrityError, match="rendering_ends_one_way"), transaction.atomic():
        change(attempt, finished_at=at)
    change(attempt, finished_at=at, failure="gate")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change(attempt, failure="something nicer")


def test_who_wrote_stays_known(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at)
    row = Contribution.objects.get(briefing=briefing)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(row, user=cast.second_adviser)
