"""Roughly known days in templates."""

from __future__ import annotations

from django import template

from certification.imprecise_days import ImpreciseDay
from certification.sentences import in_words, last_day_in_words

register = template.Library()


@register.filter
def words(day: ImpreciseDay | None) -> str:
    """The day as precisely as it is known."""
    return in_words(day)


@register.filter
def last_day(day: ImpreciseDay | None) -> str:
    """The last day that is meant, with "about" where that is an estimate."""
    return last_day_in_words(day)
