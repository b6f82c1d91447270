"""Instants in the words of ``jbn_oversight.moment_words``; nothing where there is no instant."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django import template

from jbn_oversight.moment_words import exact_moment_in_words, moment_in_words

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """Day and hour: "27 maart 2025, 10.00 uur"."""
    return moment_in_words(at) if at is not None else ""


class Worked(Protocol):
    """A row of work that a worker does."""

    def stands_still(self, at: datetime) -> bool:
        """Whether it lost its worker."""


@register.filter
def stands_still(row: Worked, at: datetime) -> bool:
    """Whether work lost its worker at an aware instant and waits for another."""
    return row.stands_still(at)


@register.filter
def exact_moment(at: datetime | None) -> str:
    """Day, hour and second, for a log or a run."""
    return exact_moment_in_words(at) if at is not None else ""
