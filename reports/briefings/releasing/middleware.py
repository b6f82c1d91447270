"""Beside the portal's answers: this process looks now and then at what is overdue.

The page itself only asks (``reports.briefings.alerts``); reading one writes no row.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from django.db import Error, transaction
from django.http import HttpResponse

from jbn_oversight.http import TimedRequest

logger = logging.getLogger(__name__)

EVERY: Final = 60.0
"""Seconds between two looks of one web process."""


class OverdueMiddleware:
    """Notes what is overdue, once a minute, after an answer was made."""

    def __init__(self, respond: Callable[[TimedRequest], HttpResponse]) -> None:
        self.respond = respond
        self.looked = -EVERY

    def __call__(self, request: TimedRequest) -> HttpResponse:
        """Answer, then look."""
        response = self.respond(request)
        now = time.monotonic()
        # A rehearsal plays at another hour: what is overdue then is not overdue now.
        if now - self.looked >= EVERY and not getattr(request, "is_rehearsal", False):
            try:
                if request.user.is_authenticated:  # the pages of visitors need no database
                    self.looked = now
                    _look(request)
            except Error as error:  # the answer does not depend on being noted
                logger.warning("overdue briefings were not noted: %s", type(error).__name__)
        return response


def _look(request: TimedRequest) -> None:
    from reports.briefings.models.readings import Noticer
    from reports.briefings.releasing.actions.overdue import notice_overdue

    with transaction.atomic():
        notice_overdue(at=request.at, noticed_by=Noticer.WEB)
