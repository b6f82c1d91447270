"""Announcing that a briefing opened. It opens nothing: the rows and the clock did that.

A job holds nothing but an identifier. It reads the hour again, so a message that was sent
before the hour moved, or comes too early, twice or after a withdrawal, does nothing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from jbn_oversight.jobs.actions.claiming import nudge
from reports.briefings.gate.locking import locked
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.notices import actions as mail
from reports.briefings.releasing.models import ReleaseNotice

logger = logging.getLogger(__name__)

TASK: Final = "reports.announce_release"
TASK_OF_ALL: Final = "reports.announce_releases"


def nudge_release(briefing: Briefing, at: datetime) -> None:
    """Ask a worker to announce what is out already, once that is committed.

    No message carries an hour: what comes later stands in the rows, and the timer looks at them
    (``reports.briefings.releasing.scheduler``).
    """
    if briefing.is_out(at):
        nudge(TASK, briefing.public_id)


def releases_due(at: datetime) -> QuerySet[Briefing]:
    """Open briefings whose publication and hour have come and whose release nobody announced."""
    rows: QuerySet[Briefing] = Briefing.objects.filter(
        published_at__lte=at,
        embargo_until__lte=at,
        withdrawn_at__isnull=True,
        closed_at__isnull=True,
        published_version__release_notice__isnull=True,
    ).exclude(Exists(Secrecy.objects.running().filter(briefing=OuterRef("pk"))))
    return rows


def next_release(at: datetime, *, within: timedelta) -> datetime | None:
    """The first hour after ``at`` at which something may have to be announced, if it is near."""
    rows = Briefing.objects.filter(
        embargo_until__gt=at, embargo_until__lte=at + within, published_at__isnull=False
    )
    return rows.order_by("embargo_until").values_list("embargo_until", flat=True).first()


@transaction.atomic
def announce_release(*, briefing: Briefing, at: datetime) -> bool:
    """Announce the release once, after its hour. True when this call did it.

    Refuses, without a word to anybody, what is not out at ``at``: too early, unpublished,
    withdrawn, shut, secret, or moved to a later hour after the message was sent.
    """
    briefing = locked(briefing)
    version = briefing.published_version
    if version is None or not briefing.is_out(at):
        return False
    assert briefing.embargo_until is not None  # is_out asks for it
    _notice, created = ReleaseNotice.objects.get_or_create(
        version=version,
        defaults={"embargo_until": briefing.embargo_until, "announced_at": at},
    )
    if created:
        mail.released(briefing, at)
    return created


def announce_what_is_due(at: datetime) -> int:
    """Announce all that is due, each in its own transaction. How many were."""
    return sum(announce_release(briefing=briefing, at=at) for briefing in releases_due(at))
