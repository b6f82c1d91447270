"""The day that a dashboard speaks of. The embargo never uses it: that asks ``request.at``."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings

from jbn_oversight.http import PortalRequest

_EARLIEST: Final = date(2015, 1, 1)
_LATEST: Final = date(2099, 12, 31)


def default_day(request: PortalRequest) -> date:
    """The Amsterdam day of the request; in a demonstration the day it is set to."""
    demo_day: date | None = settings.DEMO_DAY
    return demo_day or request.today


def spoken_day(request: PortalRequest) -> date:
    """The day in ``?on=YYYY-MM-DD``, or the default where that is none from 2015 to 2099."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return default_day(request)
    return day if _EARLIEST <= day <= _LATEST else default_day(request)
