"""Printing approved versions. The rows say what there is to do; a message only hurries it.

Nothing of a briefing goes into a message, a result or a log line: a version is named by its
public id, a failure by its step and the kind of error.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from jbn_oversight.celery import app
from jbn_oversight.clock import utc_now
from jbn_oversight.files.storage import store
from reports.briefings.documents import document_of_version
from reports.models import BriefingVersion, Rendering
from reports.pdf.gate import check
from reports.pdf.render import render as print_document

logger = logging.getLogger(__name__)

TASK: Final = "reports.render_version"
LONGEST_WAIT: Final = timedelta(hours=1)


def nudge(version: BriefingVersion) -> None:
    """Ask a worker to print the version now. A broker that is away loses only time."""
    try:
        app.send_task(TASK, args=[version.public_id], ignore_result=True)
    except Exception as error:  # the sweeper will find the row, whatever the broker said
        logger.warning("no message sent for a version: %s", type(error).__name__)


def render(
    *, version: BriefingVersion, at: datetime, clock: Callable[[], datetime] = utc_now
) -> bool:
    """Print the version and keep the PDF if it passes the gate. True when it is printed.

    Safe to run twice, late, or at the same time elsewhere: the version's row is locked while
    an attempt is claimed and while it ends.
    """
    attempt = _claim(version, at)
    if attempt is None:
        return version.printed() is not None
    step = "document"
    try:
        document = document_of_version(version)
        step = "render"
        rendered = print_document(document)
        step = "gate"
        problems = check(rendered.data, attachments=rendered.attachments)
        if problems:
            return _end(attempt, clock(), failure=f"gate: {problems[0]}"[:200])
        step = "store"
        return _end(attempt, clock(), data=rendered.data)
    except Exception as error:  # whatever went wrong, the version stays approved and says so
        logger.warning("rendering failed at %s: %s", step, type(error).__name__)
        return _end(attempt, clock(), failure=f"{step}: {type(error).__name__}"[:200])


def versions_to_print(at: datetime) -> Iterator[BriefingVersion]:
    """Versions of open briefings without a PDF, whose last attempt failed long enough ago."""
    attempts = Rendering.objects.filter(version=OuterRef("pk"))
    waiting = BriefingVersion.objects.filter(
        ~Exists(attempts.filter(pdf__isnull=False)),
        ~Exists(attempts.running(at)),
        ~Exists(
            BriefingVersion.objects.filter(
                briefing=OuterRef("briefing"), number__gt=OuterRef("number")
            )
        ),
        briefing__withdrawn_at__isnull=True,
    )
    for version in waiting:
        tried = version.renderings.count()
        last = version.renderings.order_by("-pk").first()
        pause = min(timedelta(minutes=2 ** min(tried, 6)), LONGEST_WAIT)
        if last is None or last.started_at + pause <= at:
            yield version


@transaction.atomic
def _claim(version: BriefingVersion, at: datetime) -> Rendering | None:
    row = BriefingVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if row.briefing.withdrawn_at is not None or row.printed() is not None:
        return None
    if row.renderings.filter(pk__in=Rendering.objects.running(at)).exists():
        return None
    return Rendering.objects.create(version=row, started_at=at)


@transaction.atomic
def _end(
    attempt: Rendering, at: datetime, *, data: bytes | None = None, failure: str | None = None
) -> bool:
    row = BriefingVersion.objects.select_for_update(of=("self",)).get(pk=attempt.version_id)
    attempt.finished_at = max(at, attempt.started_at)
    if data is not None and row.printed() is not None:
        data, failure = None, "another attempt was first"
    if data is not None:
        attempt.pdf = store(data, content_type="application/pdf", name="briefing.pdf")
    attempt.failure = failure
    attempt.save(update_fields=["finished_at", "pdf", "failure"])
    return data is not None
