"""Real workers and a real timer, while a part of the machine fails: mail, Redis, a worker.

Nobody but the rows knows what is to be done, so each test sets up rows, breaks something and
waits for the end that would have come without.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from cases.models import Intake
from cases.models.intakes import IntakeState, IntakeStep
from certification.compliance.actions.runs import EXECUTE_TASK, request_run
from certification.deliveries.actions import IMPORT_TASK, hand_over
from certification.models import ComplianceRun
from certification.models.runs import RunReason, RunState, RunStep
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.mail.actions.queueing import TASK as MAIL_TASK
from jbn_oversight.mail.actions.queueing import queue_mail
from jbn_oversight.mail.models import OutgoingMail
from jbn_oversight.notices.actions import noting
from jbn_oversight.notices.models import Notice
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.printing.actions.renderings import TASK as RENDER_TASK
from reports.briefings.releasing.models import ReleaseNotice
from tests.factories.briefings import HOUR, approved, invited, now, published
from tests.factories.deliveries import FIRST, LAST, valid_delivery
from tests.factories.mail_servers import MailServer, serving
from tests.factories.people import Cast, institution, make_cast
from tests.factories.redis_server import OwnRedis
from tests.workers import Workshop, killed, until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
PREFORK = ("--pool", "prefork", "--concurrency", "2")


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def shop(tmp_path: Path, settings: LazySettings) -> Iterator[Workshop]:
    """A workshop over files, whose workers find the uploads of this process."""
    found = Workshop(tmp_path / "data", "")
    for name in ("SPOOL_DIR", "FILES_DIR"):
        folder = found.directory / name.partition("_")[0].lower()
        folder.mkdir(parents=True)
        setattr(settings, name, folder)
    yield found
    found.stop()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    found = OwnRedis(tmp_path)
    found.start()
    yield found
    found.kill()


def uploaded(people: Cast, path: Path) -> Intake:
    data = valid_delivery().zip(path / "d.zip").read_bytes()
    return hand_over(
        institution=institution(),
        period_from=FIRST,
        period_until=LAST,
        chunks=[data],
        by=people.institution,
    )


def accepted(intake: Intake) -> Callable[[], bool]:
    """Imported, and its figures computed: so an import and a run."""
    row = Intake.objects.filter(pk=intake.pk, state=IntakeState.ACCEPTED)
    runs = ComplianceRun.objects.filter(state=RunState.SUCCEEDED)
    return lambda: row.exists() and runs.exists()


def unprinted(people: Cast) -> BriefingVersion:
    at = now() - 2 * HOUR
    version = approved(people, at=at, until=at + DAY, printed=False).latest_version()
    assert version is not None
    return version


def nothing_is_open_in_the_database() -> bool:
    """Whether no other process waits with a transaction open: nothing spans the network."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%%'"
        )
        return not cursor.fetchone()[0]


@contextmanager
def frozen_holder_of_the_turn() -> Iterator[None]:
    """The institution is busy: anyone who begins an import or run shows that it does and waits."""
    with institution_turn(institution().pk):
        yield


# A mail server that says nothing


def test_a_silent_mail_server_stops_no_import_no_run_and_no_printing(
    people: Cast, shop: Workshop, tmp_path: Path
) -> None:
    at = now() - HOUR
    waiting = approved(people, at=at, until=at + DAY)
    for person in (people.council_member, people.clerk, people.alderman):
        invited(people, waiting, person, at=at)
    assert Notice.objects.count() >= 1
    for number in range(3):
        queue_mail(to=f"a{number}@example.org", subject="x", body="y", kind="test", at=at)
    with serving(MailServer(speaks=False)) as server:
        shop.settings = {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(server.port),
            "EMAIL_SECURITY": "none",
            "EMAIL_TIMEOUT": "60",  # so that both hang for the whole of this test
        }
        shop.start_worker(queues="mail", pool=PREFORK)
        shop.send_by_route(MAIL_TASK)
        shop.send_by_route(noting.TASK)
        until(lambda: server.visitors == 2)
        shop.start_worker(queues="celery", pool=PREFORK)
        for task in (MAIL_TASK, noting.TASK, MAIL_TASK, noting.TASK):
            shop.send_by_route(task)
        intake, version = uploaded(people, tmp_path), unprinted(people)
        shop.send_by_route(IMPORT_TASK, intake.pk)
        shop.send_by_route(RENDER_TASK, version.public_id)
        until(lambda: version.printed() is not None)
        shop.send_by_route("certification.deliveries.sweep")
        until(lambda: Intake.objects.get(pk=intake.pk).state == IntakeState.ACCEPTED)
        for run in ComplianceRun.objects.filter(state=RunState.QUEUED):
            shop.send_by_route("certification.execute_run", run.pk)
        until(accepted(intake))
        assert server.visitors == 2, "both still wait for their first word"
        assert nothing_is_open_in_the_database()
    assert not OutgoingMail.objects.filter(sent_at__isnull=False).exists()


def test_mail_goes_out_by_itself_when_the_server_is_back(people: Cast, shop: Workshop) -> None:
    at = now() - HOUR
    waiting = approved(people, at=at, until=at + DAY)
    invited(people, waiting, people.council_member, at=at)
    queue_mail(to="ada@example.org", subject="x", body="y", kind="test", at=at)
    with serving(MailServer(speaks=False)) as silent:
        shop.settings = {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(silent.port),
            "EMAIL_SECURITY": "none",
            "EMAIL_TIMEOUT": "1",
        }
        shop.start_worker(queues="mail", pool=PREFORK)
        shop.send_by_route(MAIL_TASK)
        shop.send_by_route(noting.TASK)
        until(lambda: OutgoingMail.objects.get().failure == "silent")
        until(lambda: Notice.objects.get().failure == "silent")
    # As if the minute were over; the timer's next message does the rest.
    OutgoingMail.objects.update(next_try_at=now())
    Notice.objects.update(next_try_at=now())
    with serving(MailServer(), port=silent.port) as good:
        shop.send_by_route(MAIL_TASK)
        shop.send_by_route(noting.TASK)
        until(lambda: len(good.received) == 2)
        until(lambda: Notice.objects.filter(sent_at__isnull=False).exists())
    assert OutgoingMail.objects.filter(sent_at__isnull=False, body="").count() == 1


# Redis


def coming_out(people: Cast, *, in_seconds: float) -> Briefing:
    """A briefing that was published, and of which the hour is near."""
    at = now()
    briefing = published(people, at=at - HOUR, until=at + DAY)
    briefing.embargo_until = now() + timedelta(seconds=in_seconds)
    briefing.save()
    return briefing


def announced(briefing: Briefing) -> Callable[[], bool]:
    return ReleaseNotice.objects.filter(version=briefing.published_version).exists


def within_seconds_of_its_hour(briefing: Briefing) -> bool:
    notice = ReleaseNotice.objects.get(version=briefing.published_version)
    assert briefing.embargo_until is not None
    return timedelta() <= notice.announced_at - briefing.embargo_until < timedelta(seconds=15)


def test_redis_lost_in_the_hour_before_a_publication_ends_nobody_and_delays_nothing(
    people: Cast, redis: OwnRedis, shop: Workshop, tmp_path: Path
) -> None:
    shop.redis_url = redis.url
    parts = [
        shop.start_worker(queues="celery", pool=PREFORK),
        shop.start_worker(queues="mail", pool=PREFORK),
        shop.start_beat(),
    ]
    first = unprinted(people)
    shop.send_by_route(RENDER_TASK, first.public_id)
    until(Rendering.objects.filter(version=first, pdf__isnull=False).exists)
    briefing = coming_out(people, in_seconds=30)
    redis.kill()
    pending = unprinted(people)
    until(lambda: now() > briefing.embargo_until - timedelta(seconds=15))  # type: ignore[operator]
    redis.start()
    until(announced(briefing))
    assert within_seconds_of_its_hour(briefing)
    until(lambda: pending.printed() is not None)
    assert [part.poll() for part in parts] == [None, None, None]


def test_a_timer_that_starts_while_redis_is_away_begins_when_it_is_back(
    people: Cast, redis: OwnRedis, shop: Workshop
) -> None:
    shop.redis_url = redis.url
    redis.kill()
    parts = [shop.start_beat(), shop.start_worker(pool=PREFORK)]
    briefing = coming_out(people, in_seconds=1)
    until(lambda: now() > briefing.embargo_until + timedelta(seconds=5))  # type: ignore[operator]
    redis.start()
    until(announced(briefing))
    assert [part.poll() for part in parts] == [None, None]


def test_over_files_all_messages_may_be_lost_and_two_timers_tell_once(
    people: Cast, shop: Workshop
) -> None:
    for task in (RENDER_TASK, "reports.announce_release"):
        shop.send_by_route(task, "x" * 22)
    for message in (shop.directory / "broker" / "queue").iterdir():
        message.unlink()
    pending = unprinted(people)
    briefing = coming_out(people, in_seconds=15)
    parts = [
        shop.start_worker(pool=PREFORK),
        shop.start_beat(),
        shop.start_beat(),
    ]
    until(announced(briefing))
    assert within_seconds_of_its_hour(briefing)
    until(lambda: pending.printed() is not None)
    rows = Notice.objects.filter(about=briefing.public_id)
    until(lambda: not rows.filter(sent_at=None, dropped_at=None).exists())
    assert len(set(rows.values_list("user", flat=True))) == rows.count()
    assert [part.poll() for part in parts] == [None, None, None]


def test_a_timer_that_is_started_anew_goes_on(people: Cast, shop: Workshop) -> None:
    shop.start_worker()
    killed(shop.start_beat())
    pending = unprinted(people)
    briefing = coming_out(people, in_seconds=5)
    shop.start_beat()
    until(announced(briefing))
    until(lambda: pending.printed() is not None)


# A worker that is killed


def killed_in_the_midst(shop: Workshop, begun: Callable[[], bool]) -> subprocess.Popen[bytes]:
    """A worker that is killed as soon as its work has begun; another and the timer are there."""
    first = shop.workers[0]
    until(begun)
    killed(first)
    shop.start_worker(pool=PREFORK)
    shop.start_beat()
    return first


def test_an_import_whose_worker_is_killed_is_finished_by_another_within_90_seconds(
    people: Cast, shop: Workshop, tmp_path: Path
) -> None:
    intake = uploaded(people, tmp_path)
    row = Intake.objects.filter(pk=intake.pk)
    with frozen_holder_of_the_turn():
        shop.start_worker(pool=PREFORK)
        shop.send_by_route(IMPORT_TASK, intake.pk)
        killed_in_the_midst(shop, row.filter(step=IntakeStep.WAITING).exists)
    until(row.filter(state=IntakeState.ACCEPTED).exists)
    assert row.get().attempts == 2


def test_a_run_whose_worker_is_killed_is_finished_by_another_within_90_seconds(
    people: Cast, shop: Workshop
) -> None:
    run = request_run(
        institution=institution(),
        period_from=FIRST,
        period_until=LAST,
        reason=RunReason.COMMAND,
        by=None,
        nudge=False,
    )
    row = ComplianceRun.objects.filter(pk=run.pk)
    with frozen_holder_of_the_turn():
        shop.start_worker(pool=PREFORK)
        shop.send_by_route(EXECUTE_TASK, run.pk)
        killed_in_the_midst(shop, row.filter(step=RunStep.WAITING).exists)
    until(row.filter(state=RunState.SUCCEEDED).exists)
    assert row.get().attempts == 2


def test_a_printing_whose_worker_is_killed_is_finished_by_another_within_90_seconds(
    people: Cast, shop: Workshop
) -> None:
    version = unprinted(people)
    shop.start_worker(pool=PREFORK)
    shop.send_by_route(RENDER_TASK, version.public_id)
    killed_in_the_midst(shop, Rendering.objects.filter(version=version).exists)
    assert version.printed() is None
    until(lambda: version.printed() is not None)
    assert Rendering.objects.filter(version=version).count() == 2


def test_a_worker_that_is_only_slow_keeps_its_work(
    people: Cast, shop: Workshop, tmp_path: Path
) -> None:
    """It waits much longer than LEASE in one step, and goes on beating."""
    intake = uploaded(people, tmp_path)
    row = Intake.objects.filter(pk=intake.pk)
    with frozen_holder_of_the_turn():
        shop.start_worker(pool=PREFORK)
        shop.start_beat()
        shop.send_by_route(IMPORT_TASK, intake.pk)
        until(row.filter(step=IntakeStep.WAITING).exists)
        began = now()
        until(lambda: now() > began + LEASE + timedelta(seconds=25))
        assert not row.get().stands_still(now())
    until(row.filter(state=IntakeState.ACCEPTED).exists)
    assert row.get().attempts == 1


def test_a_frozen_worker_that_comes_back_changes_nothing(
    people: Cast, shop: Workshop, tmp_path: Path
) -> None:
    intake = uploaded(people, tmp_path)
    row = Intake.objects.filter(pk=intake.pk)
    with frozen_holder_of_the_turn():
        first = shop.start_worker()
        shop.send_by_route(IMPORT_TASK, intake.pk)
        until(row.filter(step=IntakeStep.WAITING).exists)
        first.send_signal(signal.SIGSTOP)
        shop.start_worker()
        shop.start_beat()
        until(row.filter(attempts=2).exists)
    until(row.filter(state=IntakeState.ACCEPTED).exists)
    settled = row.values().get()
    first.send_signal(signal.SIGCONT)
    shop.send_by_route(IMPORT_TASK, intake.pk)
    version = unprinted(people)  # something that both may do, to see that the first is back
    until(lambda: version.printed() is not None)
    assert row.values().get() == settled
