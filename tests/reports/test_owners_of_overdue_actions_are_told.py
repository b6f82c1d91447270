"""Owners of overdue actions are told: by mail at their rhythm, and first on their overview."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from audits.plans.actions.plan_actions import drop, finish
from jbn_oversight.accounts.models import User
from jbn_oversight.notices.actions.noting import choose
from jbn_oversight.notices.actions.sending import send_gathered
from jbn_oversight.notices.models import GatheredMail, Notice
from reports.action_effects.actions import remind
from reports.action_effects.tasks import remind_owners
from tests.audits.audits_cast import TODAY
from tests.audits.plans_cast import make_action
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATE = date(2026, 3, 1)
DAY = timedelta(days=1)


def told(at: datetime) -> int:
    """What goes out when the sweeps run at this instant."""
    remind(at)
    return send_gathered(clock=lambda: at)


def late(cast: Cast, **changes: object) -> object:
    """An action of the institution's person, whose last day was yesterday."""
    return make_action(cast.adviser, **{"owner": cast.institution, "due_on": LATE, **changes})


def test_an_owner_gets_one_mail_a_day_however_many_actions_are_late(cast: Cast) -> None:
    late(cast)
    late(cast, title="Een tweede")
    assert told(MONDAY) == 1
    assert told(MONDAY + timedelta(hours=3)) == 0
    assert told(MONDAY + timedelta(days=1)) == 1
    assert [message.to for message in mail.outbox] == [[cast.institution.email]] * 2


def test_the_mail_names_no_action_no_finding_and_no_institution(cast: Cast) -> None:
    action = late(cast, title="Geheime titel", owner_name="Teamleider")
    told(MONDAY)
    (message,) = mail.outbox
    text = f"{message.subject} {message.body}"
    for word in ("Geheime", "Teamleider", institution().name, "actie", str(action)):
        assert word not in text
    assert "/oversight/jbn/findings/?overdue=on" in message.body


def test_who_owns_nothing_late_gets_nothing(cast: Cast) -> None:
    late(cast, due_on=date(2026, 3, 2))
    done = late(cast, title="Klaar")
    finish(
        action=done,  # type: ignore[arg-type]
        done_on=TODAY,
        started_on=None,
        note="",
        today=TODAY,
        by=cast.institution,
    )
    gone = late(cast, title="Vervallen")
    drop(action=gone, reason="Overbodig.", today=TODAY, by=cast.adviser)  # type: ignore[arg-type]
    late(cast, title="Van niemand", owner=None)
    assert told(MONDAY) == 0


def test_nobody_is_written_to_at_night_or_at_the_weekend(cast: Cast) -> None:
    late(cast)
    assert told(datetime(2026, 3, 2, 5, 59, tzinfo=UTC)) == 0
    assert told(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)) == 1
    assert told(datetime(2026, 3, 7, 9, tzinfo=UTC)) == 0
    assert told(datetime(2026, 3, 8, 9, tzinfo=UTC)) == 0
    assert told(datetime(2026, 3, 9, 6, 0, tzinfo=UTC)) == 1


def test_who_wants_it_once_a_week_is_told_on_monday(cast: Cast) -> None:
    late(cast)
    choose(rhythms={"actions_overdue": "weekly"}, at=MONDAY - DAY, by=cast.institution)
    week = [told(MONDAY + n * DAY) for n in range(8)]
    assert week == [1, 0, 0, 0, 0, 0, 0, 1]
    assert mail.outbox[1].body.count("findings") == 1


def test_who_wants_none_is_told_nothing(cast: Cast) -> None:
    late(cast)
    choose(rhythms={"actions_overdue": "off"}, at=MONDAY - DAY, by=cast.institution)
    assert [told(MONDAY + n * DAY) for n in range(8)] == [0] * 8


def test_what_is_done_before_the_mail_goes_is_not_told(cast: Cast) -> None:
    action = late(cast)
    remind(MONDAY - timedelta(hours=8))
    assert Notice.objects.exists()
    finish(
        action=action,  # type: ignore[arg-type]
        done_on=TODAY,
        started_on=None,
        note="",
        today=TODAY,
        by=cast.institution,
    )
    assert send_gathered(clock=lambda: MONDAY) == 0


def test_who_may_no_longer_look_is_not_told(cast: Cast) -> None:
    late(cast)
    membership = cast.institution.memberships.get()
    membership.until_on = date(2026, 3, 2)
    membership.save()
    assert told(MONDAY) == 0
    assert not Notice.objects.exists()


def test_what_could_not_be_sent_is_tried_again_and_said_without_an_address(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    late(cast)
    with patch.object(EmailBackend, "send_messages", side_effect=OSError("a@b.example")):
        assert told(MONDAY) == 0
    assert "a@b.example" not in caplog.text
    assert told(MONDAY + timedelta(hours=1)) == 1
    assert GatheredMail.objects.get().attempts == 2


def test_the_task_may_run_at_any_hour(cast: Cast) -> None:
    remind_owners()
    assert not mail.outbox


def overview(user: User) -> str:
    """The overview as on the second of March 2026."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    response = client.get("/overview/jbn/?on=2026-03-02")
    assert response.status_code == 200
    return response.content.decode()


def test_the_overview_tells_the_owner_first_and_others_below(cast: Cast) -> None:
    late(cast)
    late(cast, title="Van een ander", owner=cast.contract_manager)
    mine = overview(cast.institution)
    lead = mine.split('class="jbn-lead">')[1]
    assert lead.startswith("1 actie van u is te laat. 1 actie van een ander is te laat.")
    others = overview(cast.alderman)
    assert not others.split('class="jbn-lead">')[1].startswith("2 acties")
    assert "2 acties zijn te laat." in others
    assert "/oversight/jbn/findings/?overdue=on" in others


def test_without_anything_late_the_overview_says_nothing_of_it(cast: Cast) -> None:
    late(cast, due_on=date(2026, 3, 2))
    assert "findings/?overdue" not in overview(cast.institution)
