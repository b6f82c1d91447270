"""Roughly known days in words, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certification.imprecise_days import ImpreciseDay, Precision


def in_words(day: ImpreciseDay | None) -> str:
    """ "13 juni 2025", "eind februari 2025", "september 2025", "2022", or "not known"."""
    if day is None:
        return _("not known")
    if day.precision is Precision.DAY:
        return date_format(day.on, "j F Y")
    if day.precision is Precision.YEAR:
        return str(day.on.year)
    if day.precision is Precision.QUARTER:
        quarter = (day.on.month + 2) // 3
        return _("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": day.on.year}
    month = date_format(day.on, "F Y")
    if day.precision is Precision.MONTH:
        return month
    part = {
        1: pgettext("part of a month", "early %(month)s"),
        11: pgettext("part of a month", "mid %(month)s"),
        21: pgettext("part of a month", "late %(month)s"),
    }[day.on.day]
    return part % {"month": month}


def last_day_in_words(day: ImpreciseDay | None) -> str:
    """The last day that is meant, with "about" where the source is not that precise."""
    if day is None:
        return _("not known")
    return day_in_words(day.last, about=day.about)


def day_in_words(day: date, *, about: bool) -> str:
    """One day, with "about" where it is not certain."""
    words = date_format(day, "j F Y")
    return _("about %(day)s") % {"day": words} if about else words
