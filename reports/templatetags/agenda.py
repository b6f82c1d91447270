"""Filters with which templates print dates of the calendar, in the active language."""

from __future__ import annotations

from django import template
from django.utils.text import capfirst

from certification.dates.rules import DatedThing
from certification.sentences import in_words
from reports.calendar.rules import Span
from reports.calendar.sentences import KINDS, day_words

register = template.Library()

register.filter("day_words", day_words)


@register.filter
def span_words(span: Span) -> str:
    """The month, quarter or year under which things stand."""
    return in_words(span.on)


@register.filter
def kind_word(thing: DatedThing) -> str:
    """What kind of thing it is."""
    return str(capfirst(str(KINDS[thing.kind])))
