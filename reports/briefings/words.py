"""Hours and phases in words, in the language that is active."""

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


def instant_in_words(text: str) -> str:
    """A stored instant (ISO 8601, with its zone) in the words of ``moment_in_words``."""
    return moment_in_words(datetime.fromisoformat(text))


def embargo_sentence(until: datetime) -> str:
    """The line on a document, before and after its hour alike."""
    return gettext("Under embargo until %(moment)s. Until then only for named readers.") % {
        "moment": moment_in_words(until)
    }
