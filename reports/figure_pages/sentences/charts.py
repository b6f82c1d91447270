"""What a control chart says, in words, kinds and shapes that need no colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification.control_charts.rules.limits import (
    Assurance,
    ChartSpan,
    ControlChart,
    Rule,
    SpecialCause,
    Variation,
)
from certification.indicators.rules.shapes import Direction, Unit
from reports.documents.sentences import in_unit, month_of


@dataclass(frozen=True, slots=True)
class Sign:
    """A word with its shape: the kind gives the outline, the glyph what is drawn in it."""

    word: str
    kind: str
    glyph: str


VARIATIONS: Final[dict[Variation, tuple[str, Promise]]] = {
    Variation.IMPROVEMENT: ("good", gettext_lazy("improves, more than chance explains")),
    Variation.CONCERN: ("bad", gettext_lazy("gets worse, more than chance explains")),
    Variation.HIGH: ("info", gettext_lazy("goes up, more than chance explains")),
    Variation.LOW: ("info", gettext_lazy("goes down, more than chance explains")),
    Variation.COMMON: ("none", gettext_lazy("wavers by chance")),
    Variation.SAME: ("none", gettext_lazy("the same each month")),
    Variation.TOO_FEW: ("none", gettext_lazy("too few months to say")),
}
ASSURANCES: Final[dict[Assurance, tuple[str, str, Promise]]] = {
    Assurance.PASSES: ("good", "check", gettext_lazy("keeps meeting the norm")),
    Assurance.FAILS: ("bad", "cross", gettext_lazy("keeps missing the norm")),
    Assurance.HIT_AND_MISS: (
        "attention",
        "question",
        gettext_lazy("meets the norm one month and misses it another"),
    ),
}
LUCK: Final[dict[bool, Promise]] = {
    True: gettext_lazy("met the norm each month, which may be chance"),
    False: gettext_lazy("missed the norm each month, which may be chance"),
}
"""Where chance decides and fell the same way each month, by whether that was the good way."""
RULES: Final[dict[tuple[Rule, bool], Promise]] = {
    (Rule.BEYOND_LIMIT, True): gettext_lazy("above the upper limit"),
    (Rule.BEYOND_LIMIT, False): gettext_lazy("below the lower limit"),
    (Rule.TREND, True): gettext_lazy("in a row of seven or more months that rise"),
    (Rule.TREND, False): gettext_lazy("in a row of seven or more months that fall"),
    (Rule.TWO_OF_THREE, True): gettext_lazy(
        "with another of three months close to the upper limit"
    ),
    (Rule.TWO_OF_THREE, False): gettext_lazy(
        "with another of three months close to the lower limit"
    ),
    (Rule.ONE_SIDE, True): gettext_lazy("in a row of seven or more months above the mean"),
    (Rule.ONE_SIDE, False): gettext_lazy("in a row of seven or more months below the mean"),
}


def side_of(mark: SpecialCause, direction: Direction) -> tuple[str, str]:
    """The kind of a special cause and its one word."""
    if direction is Direction.NONE:
        return "info", _("higher") if mark.high else _("lower")
    if mark.high is (direction is Direction.HIGHER):
        return "good", _("better")
    return "bad", _("worse")


def month_words(
    mark: SpecialCause | None, direction: Direction, *, counted: bool, speaks: bool
) -> str:
    """What the chart says of one month, for a table."""
    if not counted:
        return _("does not count")
    if not speaks:
        return _("too few months to say")
    if mark is None:
        return _("chance")
    return _("%(word)s: %(rule)s") % {
        "word": side_of(mark, direction)[1],
        "rule": RULES[mark.rule, mark.high],
    }


def variation_sign(chart: ControlChart) -> Sign:
    """How the figure varies; no news of the last month where the months are no one process."""
    if chart.wants_a_phase:
        return Sign(_("more than one process"), "none", "dash")
    kind, word = VARIATIONS[chart.variation]
    glyph = "wave" if chart.variation is Variation.COMMON else "dash"
    if chart.last_mark is not None:
        glyph = "up" if chart.last_mark.high else "down"
    return Sign(str(word), kind, glyph)


def assurance_sign(chart: ControlChart) -> Sign | None:
    """How the figure keeps its norm; None where nothing can be said."""
    if chart.assurance is None:
        return None
    kind, glyph, word = ASSURANCES[chart.assurance]
    if chart.assurance is Assurance.HIT_AND_MISS and (chart.kept_always or chart.kept_never):
        # The one month so and the next month otherwise is only said where both happened.
        word = LUCK[chart.kept_always]
    return Sign(str(word), kind, glyph)


def reading_of(chart: ControlChart, unit: Unit, norm: str) -> str:
    """The sentences that read the chart: variation, norm, and limits that are on trial."""
    if chart.variation is Variation.TOO_FEW:
        return _(
            "There are too few months with a figure to say whether it changes. At least seven are "
            "needed."
        )
    phase = chart.phases[-1]
    parts = [_varies(chart, phase, unit)]
    if chart.kept_always or chart.kept_never:
        parts.append(_observed(chart, phase) % {"count": phase.count, "norm": norm})
    if chart.assurance is not None:
        parts.append(
            {
                Assurance.PASSES: _("As things go now, it meets the norm of %(norm)s each month."),
                Assurance.FAILS: _(
                    "As things go now, it does not meet the norm of %(norm)s. Chance does not "
                    "help, only a change does."
                ),
                Assurance.HIT_AND_MISS: _(
                    "As things go now, chance decides whether it meets the norm of %(norm)s."
                ),
            }[chart.assurance]
            % {"norm": norm}
        )
    if phase.trial and phase.limits is not None:
        parts.append(trial_words(phase))
    return " ".join(parts)


def proposal_of(chart: ControlChart, months: Sequence[date]) -> str:
    """Why somebody should begin a new phase, with the months that say so; empty where nothing does.

    ``months`` are the first days of the chart's months.
    """
    if not chart.wants_a_phase:
        return ""
    phase = chart.phases[-1]
    told = [
        month_of(month)
        for number, (month, mark) in enumerate(zip(months, chart.marks, strict=True))
        if mark is not None and number >= phase.first
    ]
    return _(
        "More than half of the months stand out (%(months)s). The figure seems to have changed for "
        "good: begin a new phase in the month in which it did."
    ) % {"months": ", ".join(told)}


def _observed(chart: ControlChart, phase: ChartSpan) -> str:
    """What happened in every month, beside what is to be expected."""
    if chart.kept_always:
        return ngettext(
            "It met the norm of %(norm)s in the one month of this phase.",
            "It met the norm of %(norm)s in all %(count)d months.",
            phase.count,
        )
    return ngettext(
        "It missed the norm of %(norm)s in the one month of this phase.",
        "It missed the norm of %(norm)s in all %(count)d months.",
        phase.count,
    )


def trial_words(phase: ChartSpan) -> str:
    """That limits are on trial, and for how long."""
    return _("Trial limits: there are %(count)d months, firm limits need twelve.") % {
        "count": phase.count
    }


def limits_words(phase: ChartSpan, unit: Unit) -> str:
    """The limits as they are, not clipped; empty where there are none."""
    if phase.limits is None:
        return ""
    return _between(phase.limits.lower, phase.limits.upper, unit)


def near_words(phase: ChartSpan, unit: Unit) -> str:
    """The near limits as they are; empty where there are none."""
    if phase.limits is None:
        return ""
    return _between(phase.limits.near_lower, phase.limits.near_upper, unit)


def _between(low: Decimal, high: Decimal, unit: Unit) -> str:
    return _("%(low)s to %(high)s") % {"low": in_unit(low, unit), "high": in_unit(high, unit)}


def _varies(chart: ControlChart, phase: ChartSpan, unit: Unit) -> str:
    if chart.variation is Variation.SAME:
        assert phase.centre is not None
        return _("The value is %(value)s in each month.") % {"value": in_unit(phase.centre, unit)}
    if chart.wants_a_phase:
        return _(
            "More than half of the months stand out, so the months together tell nothing about the "
            "last one."
        )
    if chart.last_mark is not None:
        rule = RULES[chart.last_mark.rule, chart.last_mark.high]
        return {
            Variation.IMPROVEMENT: _("The figure improves: the last month stands %(rule)s."),
            Variation.CONCERN: _("The figure gets worse: the last month stands %(rule)s."),
            Variation.HIGH: _("The figure goes up: the last month stands %(rule)s."),
            Variation.LOW: _("The figure goes down: the last month stands %(rule)s."),
        }[chart.variation] % {"rule": rule}
    assert phase.limits is not None
    low = max(phase.limits.lower, Decimal(0))
    high = phase.limits.upper
    if unit is Unit.PERCENT:
        high = min(high, Decimal(100))
    return _(
        "The value wavers within the limits: what differs from month to month is chance. As long "
        "as nothing changes, it will lie between %(low)s and %(high)s."
    ) % {"low": in_unit(low, unit), "high": in_unit(high, unit)}
