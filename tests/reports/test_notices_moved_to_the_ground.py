"""The move of the notices keeps what waits and tells nobody again of what went."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.core import mail as outbox
from django.db import connection

from jbn_oversight.notices.actions.sending import send_gathered, send_waiting
from jbn_oversight.notices.models import Notice
from reports.action_effects.actions import remind
from reports.briefings.notices import actions as mail
from reports.briefings.notices import notice_kinds as kinds
from tests.audits.plans_cast import make_action
from tests.factories.briefings import HOUR, approved, invited, now, published
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
moves = import_module("reports.migrations.0003_notices_on_the_ground")
DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

OLD = """
CREATE TEMP TABLE reports_notice (
    id bigserial, briefing_id bigint, user_id bigint, kind varchar(12), about varchar(32),
    made_at timestamptz, attempts smallint DEFAULT 0, next_try_at timestamptz,
    sent_at timestamptz, dropped_at timestamptz, failure varchar(20) DEFAULT ''
);
CREATE TEMP TABLE reports_actionreminder (
    id bigserial, user_id bigint, "on" date, attempts smallint DEFAULT 0, next_try_at timestamptz,
    sent_at timestamptz, dropped_at timestamptz, failure varchar(20) DEFAULT ''
);
"""


@pytest.fixture(autouse=True)
def _the_old_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OLD)


def old_rows(table: str, columns: str, *rows: tuple[int | str | date | None, ...]) -> None:
    with connection.cursor() as cursor:
        for row in rows:
            places = ", ".join(["%s"] * len(row))
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)


def moved() -> None:
    with connection.cursor() as cursor:
        cursor.execute(moves.OF_BRIEFINGS)
        cursor.execute(moves.OF_ACTIONS)


NOTICE = "briefing_id, user_id, kind, about, made_at, next_try_at, sent_at"
REMINDER = 'user_id, "on", next_try_at, sent_at'


def test_an_invitation_that_waits_is_sent_after_the_move(cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    reader = invited(cast, briefing, cast.council_member, at=at)
    as_it_is_now = Notice.objects.values("user", "kind", "about", "path", "rhythm", "due_at").get()
    Notice.objects.all().delete()
    user = cast.council_member.pk
    old_rows(
        "reports_notice", NOTICE, (briefing.pk, user, "invited", reader.public_id, at, at, None)
    )
    moved()
    assert Notice.objects.values(*as_it_is_now).get() == as_it_is_now
    assert send_waiting() == 1
    assert briefing.public_id in outbox.outbox[0].body


def test_nobody_is_told_again_of_what_went_before_the_move(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    mail.released(briefing, now())
    told = list(Notice.objects.values_list("user", flat=True))
    Notice.objects.all().delete()
    rows = [(briefing.pk, user, "released", "", at, at, at) for user in told]
    old_rows("reports_notice", NOTICE, *rows)
    moved()
    assert mail.released(briefing, now()) == 0
    assert mail.note_what_is_due(now()) == 0
    assert send_waiting() == 0


def test_each_old_kind_is_one_of_the_new_ones() -> None:
    old = {"invited", "window", "released", "new_version", "answered", "voided"}
    new = {kind.code for kind in kinds.NOTICE_KINDS}
    assert {f"briefing_{kind}" for kind in old} == new - {kinds.WITHDRAWN.code}


def test_a_reminder_that_waits_is_sent_after_the_move_and_one_that_went_is_not(cast: Cast) -> None:
    owners = (cast.institution, cast.contract_manager)
    for owner in owners:
        make_action(cast.adviser, title=owner.name, owner=owner, due_on=date(2026, 3, 1))
    day, sent = date(2026, 3, 2), MONDAY - HOUR
    old_rows(
        "reports_actionreminder",
        REMINDER,
        (cast.institution.pk, day, MONDAY, None),
        (cast.contract_manager.pk, day, MONDAY, sent),
    )
    moved()
    assert remind(MONDAY) == 0
    assert send_gathered(clock=lambda: MONDAY) == 1
    (message,) = outbox.outbox
    assert message.to == [cast.institution.email]
    assert "/oversight/jbn/findings/?overdue=on" in message.body
