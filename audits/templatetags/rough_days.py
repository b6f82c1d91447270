"""Roughly known days in templates."""

from __future__ import annotations

from django import template

from certification.day_words import in_words, last_day_in_words
from certification.imprecise_days import ImpreciseDay

register = template.Library()


@register.filter
def words(day: ImpreciseDay | None) -> str:
    """The day as precisely as it is known."""
    return in_words(day)


@register.filter
def last_day(day: ImpreciseDay | None) -> str:
    """The last day that is meant, with "about" where that is an estimate."""
    return last_day_in_words(day)
