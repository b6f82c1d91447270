"""The fixed words and the numbers of a printed document, in the language that is active.

Anyone who prints a ``BriefingDocument`` activates its language first
(``translation.override(document.language)``); the PDF, the readable page and the attached
CSV then say the same thing the same way.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final, Literal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.shapes import Unit
from reports.documents.rules import KpiRow
from reports.figures.rules.figures import Figure, FigureState

Shape = Literal["met", "not-met", "unsure", "none"]

DECIMALS: Final = {Unit.PERCENT: 1, Unit.COUNT: 0, Unit.DAYS: 0, Unit.PER_FTE: 1}

_VERDICTS: Final[dict[Verdict, tuple[Shape, Promise]]] = {
    Verdict.MET: ("met", gettext_lazy("Meets the norm")),
    Verdict.NOT_MET: ("not-met", gettext_lazy("Does not meet the norm")),
    Verdict.FEW_CASES: ("unsure", gettext_lazy("Too few cases to judge")),
    Verdict.NO_CASES: ("none", gettext_lazy("No cases")),
    Verdict.NOT_DELIVERED: ("unsure", gettext_lazy("Not delivered")),
    Verdict.NOT_KNOWN: ("unsure", gettext_lazy("Not known")),
    Verdict.NO_NORM: ("none", gettext_lazy("No norm")),
}
_STATES: Final[dict[FigureState, Promise]] = {
    FigureState.NO_CASES: gettext_lazy("no cases"),
    FigureState.FEW_CASES: gettext_lazy("few cases"),
    FigureState.HIDDEN: gettext_lazy("hidden, small number"),
    FigureState.NOT_REACHED: gettext_lazy("not reached yet"),
    FigureState.NOT_DELIVERED: gettext_lazy("not delivered"),
    FigureState.NOT_KNOWN: gettext_lazy("not known"),
}


def rounded(value: Decimal, unit: Unit) -> Decimal:
    """The value as it is shown: halves away from zero, as many decimals as the unit has."""
    return value.quantize(Decimal(1).scaleb(-DECIMALS[unit]), rounding=ROUND_HALF_UP)


def number(value: Decimal, decimals: int = 0) -> str:
    """A number with the language's comma or point, thousands apart."""
    return _number(value, decimals, get_language())


@lru_cache(maxsize=4096)
def _number(value: Decimal, decimals: int, language: str | None) -> str:
    # The texts of all places quote much the same numbers, and writing one takes a while.
    return str(number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def in_unit(value: Decimal, unit: Unit) -> str:
    """A value with its unit: a percentage, a number of days, a count."""
    shown = number(rounded(value, unit), DECIMALS[unit])
    if unit is Unit.PERCENT:
        return f"{shown}%"
    if unit is Unit.DAYS:
        return ngettext("%(days)s day", "%(days)s days", int(rounded(value, unit))) % {
            "days": shown
        }
    return shown


def value_of(figure: Figure) -> str:
    """The figure in words and numbers: its value, or why there is none."""
    if figure.value is None:
        return str(_STATES[figure.state])
    shown = in_unit(figure.value, figure.unit)
    return gettext("about %(value)s") % {"value": shown} if figure.approximate else shown


def norm_in_words(of: Figure | KpiRow) -> str:
    """The norm in its unit, whole percentages without decimals; empty without one."""
    if of.norm is None:
        return ""
    if of.unit is Unit.PERCENT and of.norm == of.norm.to_integral_value():
        return f"{number(of.norm)}%"
    return in_unit(of.norm, of.unit)


def norm_of(row: KpiRow) -> str:
    """The norm of a row as its table prints it; a dash for none."""
    return norm_in_words(row) or "–"


def cases_of(figure: Figure) -> str:
    """How many cases stand behind a percentage, a median or a ratio; empty for a count."""
    if figure.unit is Unit.COUNT or not figure.denominator:
        return ""
    total = _sum(figure.denominator)
    if figure.unit is Unit.DAYS or figure.numerator is None:
        return f"n = {total}"
    return gettext("%(part)s of %(total)s") % {"part": _sum(figure.numerator), "total": total}


def stand_of(figure: Figure) -> str:
    """What goes with a figure in running text: its cases and the day for which it stands."""
    day = gettext("as of %(day)s") % {"day": day_of(figure.as_of)}
    return ", ".join(part for part in (cases_of(figure), day) if part)


def _sum(value: Decimal) -> str:
    """A sum as shown: no decimals for whole numbers, one for the rest (FTE)."""
    return number(value, 0 if value == value.to_integral_value() else 1)


def aside_of(figure: Figure) -> str:
    """Measures that have no clock, to stand beside the figure; empty where there are none."""
    if not figure.aside:
        return ""
    return gettext("%(count)s without a starting date") % {"count": number(Decimal(figure.aside))}


def verdict_of(figure: Figure) -> tuple[Shape, str]:
    """The shape and the word that say how the figure stands to its norm."""
    shape, word = _VERDICTS[figure.verdict]
    return (shape, str(word))


def month_of(month: date) -> str:
    """A month in words, such as "september 2025"."""
    return date_format(month, "F Y")


def day_of(day: date) -> str:
    """A day in words, such as "27 maart 2025"."""
    return date_format(day, "j F Y")
