"""Every task has a limit and a queue, and none is sent for later."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from jbn_oversight.celery import app
from jbn_oversight.jobs.rules import LEASE, LONGEST
from jbn_oversight.mail.actions.sending import AT_ONCE_SECONDS, CLAIMED_FOR

FLOORS = ("jbn_oversight", "cases", "certification", "audits", "reports")


def test_there_are_tasks_to_look_at() -> None:
    app.loader.import_default_modules()
    assert {"jbn_oversight.mail.send", "reports.render_version"} <= set(app.tasks)


@pytest.mark.parametrize("name", list(settings.CELERY_TASK_ROUTES))
def test_who_speaks_to_a_mail_server_is_ended_before_its_claim_is(name: str) -> None:
    app.loader.import_default_modules()
    task = app.tasks[name]
    assert AT_ONCE_SECONDS < task.soft_time_limit < task.time_limit
    assert task.time_limit < CLAIMED_FOR.total_seconds()
    assert app.amqp.router.route({}, name)["queue"].name == "mail"


def test_every_other_task_ends_before_its_heart_does_and_waits_with_the_work() -> None:
    app.loader.import_default_modules()
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < LONGEST
    others = [
        name
        for name in app.tasks
        if name.startswith(FLOORS) and name not in settings.CELERY_TASK_ROUTES
    ]
    assert len(others) >= 8
    for name in others:
        assert app.amqp.router.route({}, name)["queue"].name == "celery"


def test_what_is_silent_is_taken_over_within_90_seconds() -> None:
    for name in ("sweep-deliveries", "sweep-compliance-runs", "sweep-briefings"):
        every = settings.CELERY_BEAT_SCHEDULE[name]["schedule"]
        assert isinstance(every, timedelta)
        assert LEASE + 2 * every < timedelta(seconds=90)


def test_each_entry_of_the_timer_names_a_task_that_there_is() -> None:
    app.loader.import_default_modules()
    assert {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_no_message_carries_an_hour_and_only_one_function_sends_messages_or_mail() -> None:
    sends = re.compile(r"\beta=|countdown=|\.retry\(|apply_async|\.delay\(|send_task\(")
    mails = re.compile(r"(?<!def )\bsend_mail\(|EmailMessage\(|MultiAlternatives\(|mail_admins\(")
    found: dict[str, set[str]] = {"sends": set(), "mails": set()}
    for floor in FLOORS:
        for path in (settings.BASE_DIR / floor).rglob("*.py"):
            text = path.read_text()
            name = str(Path(path).relative_to(settings.BASE_DIR))
            if sends.search(text):
                found["sends"].add(name)
            if mails.search(text):
                found["mails"].add(name)
    assert found == {
        "sends": {"jbn_oversight/celery.py"},
        "mails": {"jbn_oversight/mail/actions/sending.py"},
    }
