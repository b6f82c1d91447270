"""Whatever dies, is lost or lies: nothing opens too early, nothing is lost, the alarm tells."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse

from jbn_oversight.clock import amsterdam_day
from jbn_oversight.jobs.rules import LEASE
from reports.briefings.chronology.selectors.announced import announced
from reports.briefings.decisions.actions import emergency
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import Noticer, OverdueNotice, ReadingLog
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import AnnouncedTo, Announcement
from reports.briefings.printing.actions.renderings import TASK, render, versions_to_print
from reports.briefings.releasing.actions.overdue import notice_overdue
from reports.briefings.signing import actions as signing
from tests.factories.briefings import (
    HOUR,
    approved,
    decided,
    drafted,
    invited,
    now,
    published,
)
from tests.factories.people import Cast, make_cast
from tests.workers import Workshop, forget_everything, until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
REPOSITORY = Path(__file__).resolve().parents[2]
SWEEP = "reports.sweep_briefings"
PUBLISHES_AND_HANGS = """
import sys, time, django
django.setup()
from django.db import transaction
from jbn_oversight.clock import utc_now
from reports.briefings.signing.actions import publish
from reports.briefings.models.briefings import Briefing
with transaction.atomic():
    briefing = Briefing.objects.get(public_id=sys.argv[1])
    version = briefing.latest_version()
    publish(briefing=briefing, version=version, at=utc_now(), by=briefing.publisher)
    print("published, not committed", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


def unprinted(people: Cast) -> tuple[Briefing, BriefingVersion]:
    at = now() - 2 * HOUR
    briefing = approved(people, at=at, until=at + HOUR, printed=False)
    version = briefing.latest_version()
    assert version is not None
    return briefing, version


def opens_for_nobody(people: Cast, briefing: Briefing, at: datetime) -> bool:
    return not any(
        Briefing.objects.visible_to(person, at).filter(pk=briefing.pk).exists()
        for person in people.everyone().values()
    )


def test_a_worker_killed_while_it_prints_is_followed_by_another(
    people: Cast, workshop: Workshop
) -> None:
    briefing, version = unprinted(people)
    worker = workshop.start_worker()
    workshop.send(TASK, version.public_id)
    until(lambda: Rendering.objects.filter(version=version).exists())
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert opens_for_nobody(people, briefing, now())
    later = now() + 2 * LEASE
    assert notice_overdue(at=later, noticed_by=Noticer.SWEEPER) == 1
    for text in list(versions_to_print(later)):
        render(version=text, at=later)
    assert version.printed() is not None
    assert opens_for_nobody(people, briefing, now())


def test_a_process_killed_while_it_publishes_has_published_nothing(
    people: Cast, workshop: Workshop
) -> None:
    at = now() - 2 * HOUR
    briefing = approved(people, at=at, until=at + HOUR)
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISHES_AND_HANGS, briefing.public_id],
        env=workshop.environment(),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"published")
    process.kill()
    process.wait()
    briefing.refresh_from_db()
    assert briefing.published_at is None
    assert opens_for_nobody(people, briefing, now())
    assert notice_overdue(at=now(), noticed_by=Noticer.WEB) == 1
    version = briefing.latest_version()
    assert version is not None
    signing.publish(briefing=briefing, version=version, at=now(), by=people.second_adviser)
    assert not opens_for_nobody(people, briefing, now())


def test_a_worker_whose_database_connections_were_cut_prints_all_the_same(
    people: Cast, workshop: Workshop
) -> None:
    _, version = unprinted(people)
    workshop.start_worker()
    workshop.send(SWEEP)
    until(lambda: OverdueNotice.objects.filter(noticed_by=Noticer.SWEEPER).exists())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for _ in range(3):
        workshop.send(SWEEP)
    until(lambda: _printed_or_released(version))
    assert version.printed() is not None


def test_after_the_database_came_back_each_reader_gets_the_same_answer(people: Cast) -> None:
    at = now() - HOUR
    briefing = approved(people, at=at, until=at + DAY)
    invited(people, briefing, people.clerk, at=at, accepted=True)
    address = reverse("reports:briefing", args=[briefing.public_id])
    readers = {people.clerk: 200, people.council_member: 404}
    visits = []
    for reader, expected in readers.items():
        client = Client()
        client.force_login(reader)
        visits.append((client, expected))
    for _before_and_after in range(2):
        assert [client.get(address).status_code for client, _ in visits] == [*readers.values()]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (own,) = cursor.fetchone()
        beside = connection.copy()
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [own])
        beside.close()
        close_old_connections()  # as a request does when it begins
    assert ReadingLog.objects.filter(reader_public_id=people.clerk.public_id).count() == 2


def _printed_or_released(version: BriefingVersion) -> bool:
    """Printed; an attempt that was cut off is followed as the sweeper would after a while."""
    if version.printed() is not None:
        return True
    last = Rendering.objects.filter(version=version).order_by("-pk").first()
    if last is None:
        return False
    if last.failure is not None:
        assert last.failure.endswith(("OperationalError", "InterfaceError"))
        return render(version=version, at=now())
    if last.started_at < now() - timedelta(seconds=15):
        return render(version=version, at=last.started_at + 2 * LEASE)
    return False


def test_a_broker_that_forgets_everything_loses_no_printing(
    people: Cast, redis_url: str, tmp_path: Path
) -> None:
    workshop = Workshop(tmp_path / "data", redis_url)
    _, version = unprinted(people)
    workshop.send(TASK, version.public_id)
    forget_everything(redis_url)
    try:
        workshop.start_worker()
        workshop.send(SWEEP)
        until(lambda: version.printed() is not None)
    finally:
        workshop.stop()


def test_a_full_disk_keeps_the_version_unprinted_and_leaves_no_half_file(
    people: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: LazySettings
) -> None:
    briefing, version = unprinted(people)
    settings.FILES_DIR = tmp_path

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert not render(version=version, at=now())
    assert version.last_failure() == "store: OSError"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert opens_for_nobody(people, briefing, now())
    later = now() + HOUR
    for text in list(versions_to_print(later)):
        render(version=text, at=later)
    assert version.printed() is not None


def test_a_clock_that_was_set_back_closes_and_never_opens(people: Cast) -> None:
    hour = now() - HOUR
    briefing = published(people, at=hour - HOUR, until=hour)
    invited(people, briefing, people.council_member, at=hour - HOUR, accepted=True)
    clerk, reader = people.clerk, people.council_member
    assert Briefing.objects.visible_to(clerk, hour).exists()
    back = hour - timedelta(minutes=5)
    assert not Briefing.objects.visible_to(clerk, back).exists()
    assert Briefing.objects.visible_to(reader, back).get().answer == "within"
    assert not Briefing.objects.visible_to(reader, hour - DAY).exists()
    assert not Briefing.objects.overdue(back).exists()


def test_acts_with_a_clock_that_was_set_back_stay_in_order(people: Cast) -> None:
    at = now() - HOUR
    briefing = approved(people, at=at, until=at + 2 * HOUR)
    version = briefing.latest_version()
    assert version is not None
    briefing = signing.publish(
        briefing=briefing, version=version, at=at - DAY, by=people.second_adviser
    )
    assert briefing.published_at is not None
    assert briefing.published_at >= version.approved_at
    assert opens_for_nobody(people, briefing, at)


def test_what_shuts_or_takes_back_works_with_a_clock_that_was_set_back(people: Cast) -> None:
    at = now()
    briefing = published(people, at=at, until=at, public=True)
    planning.announce(
        briefing=drafted(people, at=at, until=at + 2 * DAY),
        title="Een brief",
        day=amsterdam_day(at + DAY),
        to=AnnouncedTo.PUBLIC,
        places=[],
        at=at,
        by=people.adviser,
    )
    back = at - DAY
    planning.cancel_announcement(
        announcement=Announcement.objects.get(), at=back, by=people.adviser
    )
    assert not announced(AnonymousUser(), at)
    emergency.close_dossier(briefing=briefing, reason="Lek", at=back, by=people.adviser)
    assert opens_for_nobody(people, briefing, at)
    assert not Briefing.objects.public(at).exists()
    decided(people, briefing, ActKind.WITHDRAW, at=back)
    assert opens_for_nobody(people, briefing, at + DAY)
