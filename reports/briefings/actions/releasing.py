"""Announcing that a briefing opened. It opens nothing: the rows and the clock did that.

A job holds nothing but an identifier. It reads the hour anew, so a message that was sent
before the hour moved, or comes too early, twice or after a withdrawal, does nothing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from jbn_oversight.celery import app
from reports.briefings.actions import mail
from reports.briefings.actions.locking import locked
from reports.models import Briefing, ReleaseNotice, Secrecy

logger = logging.getLogger(__name__)

TASK: Final = "reports.announce_release"
AHEAD: Final = timedelta(hours=1)
"""A message is sent for an hour within this time; later hours are found by the sweeper."""


def nudge_release(briefing: Briefing, at: datetime) -> None:
    """Ask a worker to announce it at its hour. A broker that is away loses a minute at most."""
    hour = briefing.embargo_until
    if hour is None or briefing.published_at is None or hour > at + AHEAD:
        return
    try:
        app.send_task(TASK, args=[briefing.public_id], eta=max(hour, at), ignore_result=True)
    except Exception as error:  # the sweeper will find the row, whatever the broker said
        logger.warning("no message sent for a release: %s", type(error).__name__)


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
