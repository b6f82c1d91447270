"""Beside the portal's answers: each different address of a paper, asked in vain, counts."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction
from django.http import HttpResponse

from jbn_oversight.accounts.models import User
from jbn_oversight.http import TimedRequest, client_address
from jbn_oversight.signed_out import HEADER

logger = logging.getLogger(__name__)


class MissesMiddleware:
    """Counts misses on addresses of papers. The answer stays as it is, to the byte."""

    def __init__(self, respond: Callable[[TimedRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: TimedRequest) -> HttpResponse:
        """Answer, and count where there was nothing for this person."""
        response = self.respond(request)
        if response.status_code == 404 or HEADER in response:
            _note(request)
        return response


def _note(request: TimedRequest) -> None:
    from reports.briefings.guessing.actions import note_miss
    from reports.briefings.guessing.selectors import holds_papers

    if not holds_papers(request.path_info):
        return
    user = request.user if isinstance(request.user, User) else None
    try:
        with transaction.atomic():
            note_miss(
                path=request.path_info, address=client_address(request), user=user, at=request.at
            )
    except DatabaseError as error:  # the answer does not depend on being counted
        logger.warning("a miss was not counted: %s", type(error).__name__)
