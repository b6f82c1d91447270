"""Jobs are claimed once, written by who holds them alone, swept, and given up when worn out.

Mail is the job of these tests: it is held as long as it is not over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest.mock import Mock, patch

import pytest
from django.db import connection, transaction

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import (
    TakenOverError,
    claim,
    claim_next,
    log_failure,
    nudge,
    quietly,
    sweep,
    write,
)
from jbn_oversight.jobs.actions.turns import only_one
from jbn_oversight.jobs.models import Job
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.mail.models import OutgoingMail
from tests.workers import until

SECOND = timedelta(seconds=1)
LONG = timedelta(minutes=5)
ROWS = OutgoingMail.objects


def waiting(*, due: timedelta = timedelta(), attempts: int = 0) -> OutgoingMail:
    """A job that is due so long before now."""
    at = utc_now()
    return ROWS.create(to="a@example.org", made_at=at, next_try_at=at - due, attempts=attempts)


@pytest.fixture
def sent() -> Iterator[Mock]:
    with patch("jbn_oversight.celery.app.send_task") as found:
        yield found


@pytest.mark.django_db
def test_a_claim_counts_the_attempt_and_puts_the_next_one_off() -> None:
    job = waiting()
    before = utc_now()
    assert claim(job, lease=LONG, subject="taken")
    assert (job.attempts, job.subject) == (1, "taken")
    assert before + LONG <= job.next_try_at <= utc_now() + LONG


@pytest.mark.django_db
def test_who_comes_second_finds_nothing_and_reads_who_was_first() -> None:
    job, late = waiting(), ROWS.get()
    assert claim(job)
    assert not claim(late)
    assert late.attempts == 1
    assert claim_next(ROWS.all(), utc_now(), lease=LONG) is None


@pytest.mark.django_db
def test_what_is_over_is_neither_claimed_nor_swept_nor_written() -> None:
    job = waiting(due=LONG)
    ROWS.update(sent_at=utc_now())
    assert not claim(job)
    assert claim_next(ROWS.all(), utc_now(), lease=LONG) is None
    assert sweep(ROWS.all(), utc_now()) == []
    with pytest.raises(TakenOverError):
        write(job, subject="late")


@pytest.mark.django_db
def test_a_sweep_looks_at_the_very_instant_and_not_before() -> None:
    job = waiting()
    assert sweep(ROWS.all(), job.next_try_at - SECOND / 1000) == []
    assert sweep(ROWS.all(), job.next_try_at) == [job]


@pytest.mark.django_db
def test_the_next_job_is_the_one_that_waited_longest() -> None:
    waiting()
    longest = waiting(due=LONG)
    waiting(due=SECOND)
    assert claim_next(ROWS.all(), utc_now(), lease=LONG) == longest


@pytest.mark.django_db(transaction=True)
def test_a_job_that_another_takes_at_this_moment_is_passed_by() -> None:
    first, second = waiting(due=LONG), waiting(due=SECOND)
    found: list[OutgoingMail | None] = []

    def beside() -> None:
        for _ in range(2):
            found.append(claim_next(ROWS.all(), utc_now(), lease=LONG))
        connection.close()

    with transaction.atomic():
        ROWS.select_for_update().get(pk=first.pk)
        thread = threading.Thread(target=beside)
        thread.start()
        until(lambda: len(found) == 2)
        thread.join()
    assert found == [second, None]


@pytest.mark.django_db(transaction=True)
def test_no_job_is_taken_in_a_transaction_that_would_span_its_work() -> None:
    waiting(due=SECOND)
    with pytest.raises(RuntimeError), transaction.atomic():
        claim_next(ROWS.all(), utc_now(), lease=LONG)


@pytest.mark.django_db
def test_each_write_shows_that_its_worker_lives() -> None:
    job = waiting()
    claim(job, lease=LONG)
    before = utc_now()
    write(job, subject="half way")
    row = ROWS.get()
    assert (row.subject, row.next_try_at) == (job.subject, job.next_try_at)
    assert before + LEASE <= row.next_try_at <= utc_now() + LEASE


@pytest.mark.django_db
def test_a_write_may_say_itself_when_the_next_attempt_is() -> None:
    job = waiting()
    claim(job)
    at = datetime(2026, 1, 1, tzinfo=job.made_at.tzinfo)
    write(job, next_try_at=at)
    assert ROWS.get().next_try_at == at


@pytest.mark.django_db
def test_who_was_taken_over_writes_nothing() -> None:
    old = waiting()
    claim(old, lease=-SECOND)
    assert claim(ROWS.get())
    with pytest.raises(TakenOverError):
        write(old, subject="from the dead")
    assert ROWS.get().subject == ""
    assert old.subject == ""


@pytest.mark.django_db
def test_a_worn_out_job_gets_its_end_from_the_sweep_and_others_are_found() -> None:
    worn, other = waiting(due=LONG, attempts=3), waiting(due=SECOND, attempts=2)
    living = waiting(due=-LONG, attempts=3)
    at = utc_now()
    assert sweep(ROWS.all(), at, dropped_at=at, failure="lost") == [other]
    ends = dict(ROWS.values_list("pk", "failure"))
    assert ends == {worn.pk: "lost", other.pk: "", living.pk: ""}


@pytest.mark.django_db
def test_a_worn_out_job_that_somebody_took_since_the_sweep_looked_is_left() -> None:
    waiting(due=LONG, attempts=3)
    at = utc_now()
    taken = property(lambda _job: bool(ROWS.update(attempts=4)))
    with patch.object(Job, "is_worn_out", taken):
        assert sweep(ROWS.all(), at, dropped_at=at) == []
    assert ROWS.get().dropped_at is None


@pytest.mark.django_db(transaction=True)
def test_a_message_waits_for_the_commit_and_is_forgotten_with_it(sent: Mock) -> None:
    with transaction.atomic():
        nudge("some.task", 7)
        assert not sent.called
    assert [call.args for call in sent.call_args_list] == [("some.task", [7])]
    sent.reset_mock()
    with transaction.atomic():
        nudge("some.task", 7)
        transaction.set_rollback(True)
    assert not sent.called


def test_a_failure_is_logged_by_kind_and_place_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        int("Youth-01")
    except ValueError as error:
        log_failure(logging.getLogger("here"), "import x", error)
    (said,) = (record.getMessage() for record in caplog.records)
    assert said.startswith("import x failed: ValueError in test_a_failure_is_logged")
    assert "Youth" not in caplog.text


def test_a_task_that_fails_quietly_tells_the_log_what_failed_and_nobody_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with quietly("printing"):
        int("Youth-01")
    (said,) = (record.getMessage() for record in caplog.records)
    assert said.startswith("printing failed: ValueError in test_a_task_that_fails_quietly")
    assert "Youth" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_one_s_own_until_it_is_given_back() -> None:
    others: list[bool] = []

    def beside() -> None:
        with only_one(-1) as mine, only_one(-2) as another:
            others.extend([mine, another])
        connection.close()

    def asked_beside() -> list[bool]:
        others.clear()
        thread = threading.Thread(target=beside)
        thread.start()
        thread.join()
        return others

    with only_one(-1) as mine:
        assert mine
        assert asked_beside() == [False, True]
    assert asked_beside() == [True, True]
