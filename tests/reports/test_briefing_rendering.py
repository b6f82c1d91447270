"""Printing what was approved: from the frozen content alone, again after a failure, once."""

from __future__ import annotations

import io
import logging
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jbn_oversight.celery import app
from jbn_oversight.files.storage import read
from jbn_oversight.jobs.rules import LEASE
from reports.briefings import tasks as sweeps
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, Rendering, RenderingPulse
from reports.briefings.printing import tasks as printing_tasks
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.printing.actions.renderings import nudge, render, versions_to_print
from reports.pdf.gate import check
from tests.factories.briefings import SENTINEL, approved, now, withdrawn
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def waiting(cast: Cast) -> tuple[Briefing, BriefingVersion]:
    at = now() - DAY
    briefing = approved(cast, at=at, until=at + 3 * DAY, printed=False)
    version = briefing.latest_version()
    assert version is not None
    return briefing, version


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: object) -> Any:
        raise ValueError(f"something about {SENTINEL}")

    monkeypatch.setattr(rendering, "print_document", fail)


def test_an_approved_version_becomes_a_pdf_that_passes_the_gate(cast: Cast) -> None:
    _, version = waiting(cast)
    assert render(version=version, at=now())
    printed = version.printed()
    assert printed is not None
    assert printed.pdf is not None
    data = read(printed.pdf)
    assert check(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert SENTINEL in str(pdf.docinfo["/Title"])


def test_printing_twice_prints_once(cast: Cast) -> None:
    _, version = waiting(cast)
    assert render(version=version, at=now())
    assert render(version=version, at=now())
    assert Rendering.objects.count() == 1


def test_a_failure_leaves_it_approved_with_its_reason_and_no_content(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    briefing, version = waiting(cast)
    broken(monkeypatch)
    assert not render(version=version, at=now())
    assert version.last_failure() == "render: ValueError"
    assert version.printed() is None
    assert briefing.latest_version() == version
    assert SENTINEL not in caplog.text


def test_a_pdf_that_the_gate_refuses_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, version = waiting(cast)
    monkeypatch.setattr(rendering, "check", lambda data, attachments: ["hidden text"])
    assert not render(version=version, at=now())
    assert version.last_failure() == "gate: hidden text"
    assert version.printed() is None


def test_the_sweeper_tries_again_and_waits_longer_each_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, version = waiting(cast)
    at = now()
    assert list(versions_to_print(at)) == [version]
    broken(monkeypatch)
    render(version=version, at=at, clock=lambda: at)
    assert list(versions_to_print(at + MINUTE)) == []
    assert list(versions_to_print(at + 2 * MINUTE)) == [version]
    render(version=version, at=at + 2 * MINUTE, clock=lambda: at + 2 * MINUTE)
    assert list(versions_to_print(at + 5 * MINUTE)) == []
    assert list(versions_to_print(at + 6 * MINUTE)) == [version]


def test_an_attempt_that_goes_on_elsewhere_is_left_alone(cast: Cast) -> None:
    _, version = waiting(cast)
    at = now()
    attempt = Rendering.objects.create(version=version, started_at=at)
    RenderingPulse.objects.create(rendering=attempt, beaten_at=at + 59 * MINUTE)
    later = at + 59 * MINUTE + LEASE / 2
    assert not render(version=version, at=later), "slow, but it lives"
    assert list(versions_to_print(later)) == []
    assert not version.attempts().stands_still(later)
    assert Rendering.objects.count() == 1


def test_a_worker_that_died_is_followed_by_another(cast: Cast) -> None:
    _, version = waiting(cast)
    at = now()
    attempt = Rendering.objects.create(version=version, started_at=at - LEASE)
    RenderingPulse.objects.create(rendering=attempt, beaten_at=at - LEASE)
    assert version.attempts().stands_still(at)
    assert list(versions_to_print(at)) == [version]
    assert render(version=version, at=at)
    assert not version.attempts().stands_still(at)
    assert not RenderingPulse.objects.exclude(rendering=attempt).exists()


def test_a_text_that_costs_its_worker_each_time_is_tried_ever_less(cast: Cast) -> None:
    _, version = waiting(cast)
    at = now()
    for before in (3 * MINUTE, MINUTE):
        Rendering.objects.create(
            version=version, hour=version.briefing.embargo_until, started_at=at - before
        )
    assert list(versions_to_print(at)) == []
    assert list(versions_to_print(at + MINUTE)) == [version]


def test_a_worker_that_comes_back_after_another_printed_it_keeps_nothing(cast: Cast) -> None:
    _, version = waiting(cast)
    at = now()
    frozen = rendering._claim(version, at)
    assert frozen is not None
    assert render(version=version, at=at + 2 * LEASE)
    assert not rendering._end(frozen, at + 3 * LEASE, data=b"%PDF-1.7")
    assert Rendering.objects.filter(pdf__isnull=False).count() == 1


def test_a_withdrawn_briefing_is_not_printed(cast: Cast) -> None:
    briefing, version = waiting(cast)
    withdrawn(cast, briefing, at=now())
    assert not render(version=version, at=now())
    assert list(versions_to_print(now())) == []


def test_a_message_names_a_version_and_nothing_else(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    _, version = waiting(cast)
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr(app, "send_task", lambda *args, **kwargs: sent.append((args, kwargs)))
    with django_capture_on_commit_callbacks(execute=True):
        nudge(version)
        assert sent == []
    nudges = {"retry": False, "ignore_result": True}
    assert sent == [((rendering.TASK, [version.public_id]), nudges)]


def test_a_broker_that_is_away_stops_no_approval(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    _, version = waiting(cast)

    def fail(*args: object, **kwargs: object) -> None:
        raise ConnectionError(SENTINEL)

    monkeypatch.setattr(app, "send_task", fail)
    with django_capture_on_commit_callbacks(execute=True):
        nudge(version)
    assert SENTINEL not in caplog.text
    sweeps.sweep_briefings()
    assert version.printed() is not None


def test_a_message_about_nothing_does_nothing(cast: Cast) -> None:
    printing_tasks.render_version("AAAAAAAAAAAAAAAAAAAAAA")
    assert not Rendering.objects.exists()
