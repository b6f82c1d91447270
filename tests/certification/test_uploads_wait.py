"""What was handed over waits as long as it takes; only what was read and decided goes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import reverse

from cases.models import Delivery, Intake, IntakeState, Measure
from cases.models.intakes import IntakeFailure
from certification.deliveries import actions, spool
from certification.deliveries.tasks import import_delivery, sweep
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import TakenOverError, write
from jbn_oversight.jobs.rules import LEASE
from tests.factories.deliveries import FIRST, LAST, valid_delivery
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=9)
DAYS = timedelta(days=30)


@pytest.fixture(autouse=True)
def messages(tmp_path: Path) -> Iterator[Mock]:
    """A spool of its own; messages go nowhere."""
    directory = tmp_path / "spool"
    directory.mkdir()
    with (
        override_settings(SPOOL_DIR=directory),
        patch("jbn_oversight.celery.app.send_task") as sent,
    ):
        yield sent


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def post(user: User, path: Path, key: str) -> object:
    """Hand over a delivery in which a youth has this key."""
    delivery = valid_delivery().cell("measures.csv", 0, "youth_key", key)
    file = SimpleUploadedFile("d.zip", delivery.zip(path / f"{key}.zip").read_bytes())
    data = {"institution": "jbn", "period_from": "2025-01", "period_until": "2025-03"}
    return signed_in(user).post(reverse("certification:upload"), {**data, "file": file})


def uploaded(cast: Cast, path: Path, key: str = "Youth-01", *, ago: timedelta = HOURS) -> Intake:
    """An upload from some time ago, of which no worker heard; its file is as old."""
    post(cast.institution, path, key)
    intake = Intake.objects.latest("pk")
    age(intake, ago)
    return intake


def age(intake: Intake, ago: timedelta) -> None:
    then = utc_now() - ago
    Intake.objects.filter(pk=intake.pk).update(asked_at=then, next_try_at=then + LEASE)
    file = spool.spooled(intake.spool_name)
    os.utime(file, (then.timestamp(), then.timestamp()))
    intake.refresh_from_db()


def stopped(intake: Intake, failure: str = IntakeFailure.FAULT) -> Intake:
    """As if it had stopped without a decision."""
    Intake.objects.filter(pk=intake.pk).update(
        state=IntakeState.FAILED, failure=failure, attempts=3, finished_at=utc_now()
    )
    intake.refresh_from_db()
    return intake


def files() -> set[str]:
    return {path.name for path in Path(settings.SPOOL_DIR).iterdir()}


def youths() -> set[str]:
    """Keys of the delivery that counts."""
    delivery = Delivery.objects.filter(pointers__superseded_at=None).distinct().get()
    return set(Measure.objects.filter(delivery=delivery).values_list("youth_key", flat=True))


def page(user: User, intake: Intake) -> str:
    address = reverse("certification:intake", args=[intake.public_id])
    return signed_in(user).get(address, headers={"accept-language": "nl"}).content.decode()


@pytest.mark.parametrize("ago", [HOURS, DAYS])
def test_an_upload_is_read_when_a_worker_comes_back_after(
    cast: Cast, tmp_path: Path, ago: timedelta
) -> None:
    intake = uploaded(cast, tmp_path, ago=ago)
    sweep()
    intake.refresh_from_db()
    assert (intake.state, intake.attempts) == (IntakeState.ACCEPTED, 1)
    assert files() == set()


def test_sweeping_without_taking_it_leaves_the_file(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path, ago=DAYS)
    assert actions.sweep(utc_now()) == [intake]
    assert files() == {intake.spool_name}


def test_the_page_says_since_when_it_waits(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path)
    said = page(cast.institution, intake)
    assert "Uw bestand wacht" in said
    assert "Niemand hoeft het opnieuw aan te leveren" in said


def test_the_page_says_that_the_reading_stands_still(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path)
    Intake.objects.filter(pk=intake.pk).update(
        state=IntakeState.RUNNING, attempts=1, next_try_at=utc_now() - HOURS
    )
    assert "Het lezen staat stil" in page(cast.institution, intake)


def test_an_upload_that_lost_its_workers_is_kept_for_a_person(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path)
    Intake.objects.filter(pk=intake.pk).update(
        state=IntakeState.RUNNING, attempts=3, next_try_at=utc_now() - HOURS
    )
    sweep()
    sweep()
    intake.refresh_from_db()
    assert (intake.state, intake.failure) == (IntakeState.FAILED, IntakeFailure.LOST)
    assert files() == {intake.spool_name}
    assert "niet in uw bestand" in page(cast.institution, intake)
    again = reverse("certification:intake_again", args=[intake.public_id])
    assert signed_in(cast.institution).post(again).status_code == 302
    intake.refresh_from_db()
    assert (intake.state, intake.restarted_by) == (IntakeState.QUEUED, cast.institution)
    import_delivery(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, intake.attempts, files()) == (IntakeState.ACCEPTED, 4, set())


def test_a_worker_that_comes_back_changes_nothing_in_what_was_started_again(
    cast: Cast, tmp_path: Path
) -> None:
    intake = stopped(uploaded(cast, tmp_path))
    actions.start_again(intake=intake, by=cast.institution)
    old = Intake.objects.get(pk=intake.pk)
    with pytest.raises(TakenOverError):
        write(old, progress=99)


def test_a_fault_of_our_own_keeps_the_file(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path)
    with patch.object(actions, "receive_delivery", side_effect=ValueError("Youth-01")):
        import_delivery(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, intake.failure) == (IntakeState.FAILED, IntakeFailure.FAULT)
    sweep()
    assert files() == {intake.spool_name}
    actions.start_again(intake=intake, by=cast.institution)
    import_delivery(intake.pk)
    assert youths() == {"Youth-01", "Youth-02"}


PASSING = [
    OperationalError("no space left on device"),
    OSError(errno.ENOSPC, "no space"),
    OSError(errno.EIO, "the disk"),
    MemoryError(),
]


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_what_may_pass_is_tried_again_by_itself(
    cast: Cast, tmp_path: Path, fault: Exception
) -> None:
    intake = uploaded(cast, tmp_path)
    for _time in range(2):
        with patch.object(actions, "receive_delivery", side_effect=fault):
            sweep()
        intake.refresh_from_db()
        assert intake.state == IntakeState.QUEUED
    sweep()
    intake.refresh_from_db()
    assert (intake.state, intake.attempts) == (IntakeState.ACCEPTED, 3)


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_what_does_not_pass_is_kept_for_a_person(
    cast: Cast, tmp_path: Path, fault: Exception
) -> None:
    intake = uploaded(cast, tmp_path)
    with patch.object(actions, "receive_delivery", side_effect=fault):
        for _time in range(5):
            sweep()
    intake.refresh_from_db()
    assert (intake.state, intake.failure) == (IntakeState.FAILED, IntakeFailure.FAULT)
    assert (intake.attempts, files()) == (3, {intake.spool_name})


@pytest.mark.parametrize("name", ["zip", "xlsx"])
def test_a_disk_that_fails_while_reading_refuses_nothing(
    cast: Cast, tmp_path: Path, name: str
) -> None:
    intake = uploaded(cast, tmp_path)
    if name == "xlsx":
        valid_delivery().workbook(spool.spooled(intake.spool_name))
    broken = OSError(errno.EIO, "the disk")
    of = "openpyxl.load_workbook" if name == "xlsx" else "zipfile.ZipFile.open"
    with patch(of, side_effect=broken):
        sweep()
    intake.refresh_from_db()
    assert intake.state == IntakeState.QUEUED
    sweep()
    intake.refresh_from_db()
    assert intake.state == IntakeState.ACCEPTED


def test_a_row_whose_file_is_gone_says_so(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path)
    spool.spooled(intake.spool_name).unlink()
    sweep()
    intake.refresh_from_db()
    assert (intake.state, intake.failure) == (IntakeState.FAILED, IntakeFailure.GONE)
    said = page(cast.institution, intake)
    assert "Het bestand is weg" in said
    assert "intake_again" not in said
    with pytest.raises(actions.NotKeptError):
        actions.start_again(intake=intake, by=cast.institution)


def test_files_go_by_their_rows_and_never_by_age_alone(cast: Cast, tmp_path: Path) -> None:
    waiting = uploaded(cast, tmp_path, "Youth-a1", ago=DAYS)
    kept = stopped(uploaded(cast, tmp_path, "Youth-a2", ago=DAYS))
    read = uploaded(cast, tmp_path, "Youth-a3")
    Intake.objects.filter(pk=read.pk).update(state=IntakeState.REFUSED, finished_at=utc_now())
    for name, ago in (
        ("delivery-left-over", timedelta(hours=25)),
        ("delivery-just-now", timedelta(hours=23)),
        ("tmpx1.upload.zip", timedelta(hours=25)),
        ("tmpx2.upload.zip", timedelta(hours=23)),
        ("of-somebody-else", DAYS),
    ):
        file = Path(settings.SPOOL_DIR) / name
        file.write_bytes(b"x")
        then = (utc_now() - ago).timestamp()
        os.utime(file, (then, then))
    assert actions.sweep(utc_now()) == [waiting]
    mine = {waiting.spool_name, kept.spool_name}
    assert files() == {*mine, "delivery-just-now", "tmpx2.upload.zip", "of-somebody-else"}


def test_a_commit_of_which_nobody_knows_whether_it_succeeded_leaves_the_file(
    cast: Cast, tmp_path: Path
) -> None:
    lost = OperationalError("server closed the connection")
    with patch.object(actions, "open_intake", side_effect=lost), pytest.raises(OperationalError):
        post(cast.institution, tmp_path, "Youth-01")
    assert len(files()) == 1
    actions.sweep(utc_now())
    assert len(files()) == 1
    actions.sweep(utc_now() + timedelta(hours=25))
    assert files() == set()


def test_a_full_disk_is_told_in_the_form(cast: Cast, tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "no space left on device")
    with patch("certification.deliveries.spool.os.fsync", side_effect=full):
        answer = post(cast.institution, tmp_path, "Youth-01")
    assert "niets aangeleverd" in answer.content.decode()  # type: ignore[attr-defined]
    assert files() == set()
    assert not Intake.objects.exists()


def test_what_waited_is_read_in_the_order_in_which_it_came(cast: Cast, tmp_path: Path) -> None:
    first = uploaded(cast, tmp_path, "Youth-a1", ago=2 * HOURS)
    second = uploaded(cast, tmp_path, "Youth-a2")
    sweep()
    states = set(Intake.objects.values_list("state", flat=True))
    assert states == {IntakeState.ACCEPTED}
    assert "Youth-a2" in youths()
    rows = [Intake.objects.get(pk=one.pk) for one in (first, second)]
    assert rows[0].finished_at < rows[1].started_at  # type: ignore[operator]


def test_a_later_upload_waits_for_an_earlier_one(
    cast: Cast,
    tmp_path: Path,
    messages: Mock,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    first = uploaded(cast, tmp_path, "Youth-a1", ago=2 * HOURS)
    second = uploaded(cast, tmp_path, "Youth-a2")
    import_delivery(second.pk)
    second.refresh_from_db()
    assert second.state == IntakeState.QUEUED
    assert "gaat voor" in page(cast.institution, second)
    messages.reset_mock()
    with django_capture_on_commit_callbacks(execute=True):
        import_delivery(first.pk)
    nudged = [call.args[1] for call in messages.call_args_list]
    assert [second.pk] in nudged
    import_delivery(second.pk)
    assert "Youth-a2" in youths()


def by_command(path: Path) -> Intake:
    """A delivery on the server itself, which stands in no line."""
    row = actions.open_intake(
        institution=institution(), period_from=FIRST, period_until=LAST, by=None
    )
    changed = valid_delivery().cell("measures.csv", 0, "youth_key", "Youth-new")
    assert actions.carry_out(row, path=changed.folder(path / "new"))
    return row


def test_what_waited_takes_no_newer_delivery_away(cast: Cast, tmp_path: Path) -> None:
    waiting = uploaded(cast, tmp_path, "Youth-old")
    by_command(tmp_path)
    sweep()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.failure) == (IntakeState.FAILED, IntakeFailure.OVERTAKEN)
    assert "Youth-new" in youths()
    assert files() == {waiting.spool_name}
    assert "komt het in de plaats" in page(cast.institution, waiting)
    actions.start_again(intake=waiting, by=cast.institution)
    import_delivery(waiting.pk)
    assert "Youth-old" in youths()


def test_a_person_can_throw_away_what_stopped(
    cast: Cast,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    intake = stopped(uploaded(cast, tmp_path))
    address = reverse("certification:intake_discard", args=[intake.public_id])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        signed_in(cast.contract_manager).post(address)
    intake.refresh_from_db()
    assert (intake.failure, intake.discarded_by) == (
        IntakeFailure.DISCARDED,
        cast.contract_manager,
    )
    assert files() == set()
    assert cast.contract_manager.name in page(cast.institution, intake)
    with pytest.raises(actions.NotKeptError):
        actions.start_again(intake=intake, by=cast.institution)


@pytest.mark.parametrize("act", ["intake_again", "intake_discard"])
@pytest.mark.parametrize("state", [IntakeState.QUEUED, IntakeState.RUNNING, IntakeState.ACCEPTED])
def test_what_did_not_stop_is_left_alone(
    cast: Cast, tmp_path: Path, act: str, state: IntakeState
) -> None:
    intake = uploaded(cast, tmp_path)
    if state == IntakeState.RUNNING:
        Intake.objects.filter(pk=intake.pk).update(state=state, next_try_at=utc_now() + LEASE)
    if state == IntakeState.ACCEPTED:
        sweep()
    before = Intake.objects.values().get(pk=intake.pk)
    signed_in(cast.institution).post(reverse(f"certification:{act}", args=[intake.public_id]))
    assert Intake.objects.values().get(pk=intake.pk) == before


@pytest.mark.parametrize("act", ["intake_again", "intake_discard"])
def test_only_who_delivers_may_act(cast: Cast, tmp_path: Path, act: str) -> None:
    intake = stopped(uploaded(cast, tmp_path))
    address = reverse(f"certification:{act}", args=[intake.public_id])
    assert signed_in(cast.municipal_contract_manager).post(address).status_code == 403
    assert signed_in(cast.alderman).post(address).status_code == 404
    assert signed_in(cast.institution).get(address).status_code == 405
    intake.refresh_from_db()
    assert intake.state == IntakeState.FAILED
    assert files() == {intake.spool_name}


def test_an_instant_far_ahead_gives_nothing_up(cast: Cast, tmp_path: Path) -> None:
    intake = uploaded(cast, tmp_path, ago=timedelta(0))
    ahead: datetime = utc_now() + timedelta(days=3650)
    assert actions.sweep(ahead) == [intake]
    assert files() == {intake.spool_name}


def test_an_upload_and_its_name_are_on_the_disk_before_anybody_hears_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    name = spool.keep([b"figures"])
    assert synced == [spool.spooled(name), Path(settings.SPOOL_DIR)]


def test_a_clock_that_was_set_back_stops_no_end(cast: Cast, tmp_path: Path) -> None:
    read, lost = uploaded(cast, tmp_path), uploaded(cast, tmp_path, "Youth-a2")
    ahead = utc_now() + HOURS
    Intake.objects.update(asked_at=ahead)
    Intake.objects.filter(pk=lost.pk).update(attempts=3, restarted_from=0)
    sweep()
    rows = Intake.objects.in_bulk()
    assert (rows[read.pk].state, rows[read.pk].finished_at) == (IntakeState.ACCEPTED, ahead)
    assert (rows[lost.pk].state, rows[lost.pk].finished_at) == (IntakeState.FAILED, ahead)
