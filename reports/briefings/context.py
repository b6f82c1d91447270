"""What every page of a maker shows: briefings whose hour has passed unpublished."""

from __future__ import annotations

import time
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from reports.briefings.actions.alarms import notice_overdue
from reports.briefings.words import moment_in_words
from reports.models import Briefing, Noticer

EVERY: Final = 60.0
"""Seconds between two looks of one web process at what is overdue, for the log."""
_last: dict[str, float] = {}


def overdue(request: HttpRequest) -> dict[str, Any]:
    """The overdue briefings that the person works on, as alerts of the base page.

    Only makers see them: for anyone else the title, and that it exists, is a secret.
    """
    user, at = getattr(request, "user", None), getattr(request, "at", None)
    if at is None or not isinstance(user, User):
        return {}
    now = time.monotonic()
    if now - _last.get("looked", -EVERY) >= EVERY:
        _last["looked"] = now
        notice_overdue(at=at, noticed_by=Noticer.WEB)
    if not Briefing.objects.overdue(at).exists():
        return {}
    late = Briefing.objects.worked_on_by(user, at).overdue(at).order_by("embargo_until")
    return {"portal_alerts": [_alert(briefing) for briefing in late]}


def _alert(briefing: Briefing) -> dict[str, str]:
    assert briefing.embargo_until is not None  # overdue() asks for it
    return {
        "kind": "bad",
        "title": _("A briefing is overdue"),
        "text": _("“%(title)s” should have been published on %(moment)s. It is still closed.")
        % {"title": briefing.title, "moment": moment_in_words(briefing.embargo_until)},
        "url": reverse("reports:briefing_work", args=[briefing.public_id]),
        "link": _("Look at this briefing"),
    }
