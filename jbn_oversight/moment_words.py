"""Instants as people in Amsterdam write them, the same on every page and in every document."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from jbn_oversight.clock import AMSTERDAM


def moment_in_words(at: datetime) -> str:
    """An instant as people in Amsterdam write it: day, month in words, year and hour."""
    local = at.astimezone(AMSTERDAM)
    hour = gettext("%(hours)s:%(minutes)s") % {"hours": f"{local:%H}", "minutes": f"{local:%M}"}
    return gettext("%(day)s, %(hour)s") % {"day": date_format(local, "j F Y"), "hour": hour}


def exact_moment_in_words(at: datetime) -> str:
    """The same with the second, for a log or a run."""
    local = at.astimezone(AMSTERDAM)
    parts = {"hours": f"{local:%H}", "minutes": f"{local:%M}", "seconds": f"{local:%S}"}
    hour = gettext("%(hours)s:%(minutes)s:%(seconds)s") % parts
    return gettext("%(day)s, %(hour)s") % {"day": date_format(local, "j F Y"), "hour": hour}
