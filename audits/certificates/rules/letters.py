"""What a pasted letter of the certifying body fills in: suggestions, nothing more. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from audits.letters.rules import CERTIFICATE_KINDS, DECISIONS, FoundDay, Suggestions
from certification.imprecise_days import ImpreciseDay

_DECIDED = ("besluit", "besloten", "verleent", "verleend", "verlenen", "datum")
_APPLIED = ("aanvraag", "aangevraagd")
_STARTS = ("vanaf", "ingang", "gaat in op", "ingaand")
_ENDS = ("tot en met", "t/m", "tot", "uiterlijk", "laatste dag", "eindigt", "loopt af")
_WORDS_BETWEEN = 4


def certificate_suggested(found: Suggestions) -> dict[str, object]:
    """What stands in a letter with a certificate, by the names of the form's fields."""
    starts, ends = _span(found.days)
    said: dict[str, object] = {
        "kind": found.first_word(CERTIFICATE_KINDS),
        "months": found.months(),
        "applied": _after(found.days, _APPLIED),
        "starts": starts or _after(found.days, _STARTS),
        "ends": ends or _after(found.days, _ENDS),
    }
    said["decided"] = _decided(found.days, said.values())
    return {name: value for name, value in said.items() if value}


def decision_suggested(found: Suggestions) -> dict[str, object]:
    """What stands in a letter with a later decision, by the names of the form's fields."""
    said: dict[str, object] = {
        "kind": found.first_word(DECISIONS),
        "effective": _after(found.days, _STARTS),
    }
    said["decided"] = _decided(found.days, said.values())
    return {name: value for name, value in said.items() if value}


def condition_suggested(found: Suggestions) -> dict[str, object]:
    """By when a condition is to be met, if the letter names a day for it."""
    due = _after(found.days, ("uiterlijk", "vóór", "voor"))
    return {"due": due} if due else {}


def _decided(days: tuple[FoundDay, ...], taken: Iterable[object]) -> ImpreciseDay | None:
    """The day of the decision: closely behind such a word, or before it ("op 3 mei besloten wij").

    A day that stands for something else already is not taken from before the word.
    """
    behind = _after(days, _DECIDED)
    if behind:
        return behind
    words = "|".join(re.escape(word) for word in _DECIDED)
    others = list(taken)
    for found in days:
        near = rf"{re.escape(found.words)}\W+(?:\w+\W+){{0,{_WORDS_BETWEEN}}}?(?:{words})"
        if found.day not in others and re.search(near, found.around, re.IGNORECASE):
            return found.day
    return None


def _span(days: tuple[FoundDay, ...]) -> tuple[ImpreciseDay | None, ImpreciseDay | None]:
    """Two days that are written as one span ("20 december 2024 tot en met 20 september 2025")."""
    for one, other in pairwise(days):
        if one.words == other.words and one.around == other.around:
            return one.day, other.day
        between = re.search(
            rf"{re.escape(one.words)}\W+(?:tot en met|t/m|tot)\W+{re.escape(other.words)}",
            one.around + " " + other.around,
            re.IGNORECASE,
        )
        if between:
            return one.day, other.day
    return None, None


def _after(days: tuple[FoundDay, ...], words: tuple[str, ...]) -> ImpreciseDay | None:
    """The first day that stands closely behind one of the words."""
    before = "|".join(re.escape(word) for word in words)
    for found in days:
        near = rf"\b(?:{before})\w*\W+(?:\w+\W+){{0,{_WORDS_BETWEEN}}}?{re.escape(found.words)}"
        if re.search(near, found.around, re.IGNORECASE):
            return found.day
    return None
