"""The overdue alarm: seen by a query, and noted once by each process that looks."""

from __future__ import annotations

import logging
from datetime import datetime

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import Noticer, OverdueNotice

logger = logging.getLogger(__name__)


def notice_overdue(*, at: datetime, noticed_by: Noticer) -> int:
    """Note, once per briefing and hour, that this process saw it overdue. Opens nothing.

    ``at`` is an aware instant. Returns how many were new to this process.
    """
    new = 0
    for briefing in Briefing.objects.overdue(at).only("public_id", "embargo_until"):
        assert briefing.embargo_until is not None  # overdue() asks for it
        _, created = OverdueNotice.objects.get_or_create(
            briefing_public_id=briefing.public_id,
            embargo_until=briefing.embargo_until,
            noticed_by=noticed_by,
            defaults={"noticed_at": at},
        )
        if created:
            new += 1
            logger.warning("a briefing is overdue, noticed by %s", noticed_by.value)
    return new
