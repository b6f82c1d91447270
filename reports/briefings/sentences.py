"""Hours and phases in words, in the language that is active."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from jbn_oversight.moment_words import moment_in_words
from jbn_oversight.organisations.models import Municipality, Region


def instant_in_words(text: str) -> str:
    """A stored instant (ISO 8601, with its zone) in the words of ``moment_in_words``."""
    return moment_in_words(datetime.fromisoformat(text))


def embargo_sentence(until: datetime) -> str:
    """The line on a document, before and after its hour alike."""
    return gettext("Under embargo until %(moment)s. Until then only for named readers.") % {
        "moment": moment_in_words(until)
    }


def place_to_choose(place: Municipality | Region) -> str:
    """A place in a list to choose from: a region says so, since one is called as a city is."""
    if isinstance(place, Region):
        return gettext("Region %(name)s") % {"name": place.name}
    return place.name


def place_in_words(place: Municipality | Region) -> str:
    """A place as a document names it: with its kind, since a region is called as a city is."""
    if isinstance(place, Region):
        return gettext("region %(name)s") % {"name": place.name}
    return gettext("municipality of %(name)s") % {"name": place.name}
