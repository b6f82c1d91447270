"""XmR control charts: does a monthly figure waver, or does it change? Pure.

The method of NHS "Making data count", as the R package NHSRplotthedots documents it, with the
screening of L. S. Nelson, "Control charts for individual measurements", Journal of Quality
Technology 14 (3), 1982, 172-173.

- Phases split the series where a person says so, and are calculated apart. Nothing is split here
  that the caller did not split.
- The centre is the mean of the phase's points. A moving range is the distance between two
  neighbouring months. Ranges of at least 3.267 times their mean are left out once, and the mean
  range taken again; the centre keeps every point. Where that would leave zeros alone, nothing is
  left out and the rule of one side is not asked.
- Where all points of a phase are equal there are no limits; for the target the centre stands for
  both, and equal keeps it.
- The limits lie 2.66 mean ranges from the centre, the near limits at two thirds of that. They
  are not clipped: a percentage may have a limit above 100 or below zero.
- A point has a special cause by the first rule that applies: beyond a limit; in a run of seven
  or more that strictly rise or fall; two of three neighbours, all on one side, beyond the near
  limit and within the limit (those near ones alone); in a run of seven or more on one side of
  the centre, which a point on the centre breaks. The whole run is marked. A peak that ends one
  run and begins another counts for the later.
- A month without a value is a gap, never a zero, and nothing reaches across it: no moving
  range, no run and no three neighbours. The package does so too with a month that is there
  without a value; it would see no gap where the month is left out altogether.
- Under twelve points the limits are trial limits. Under seven no rule fires and the chart says
  neither how the figure varies nor whether it keeps its target.

A value that may not be shown is a gap as well: callers give protected numbers only, so that no
limit or word tells of what is hidden. Comparisons are exact (``special_causes``); what is
handed out is a Decimal for printing and drawing.

Months must be independent of one another as far as their counting goes: a figure over twelve
months moves by a twelfth a month, which makes its ranges small and its limits too narrow. Such
figures do not belong in a control chart (``fits_a_chart``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from certification.control_charts.rules.special_causes import (
    RUN,
    Exact,
    Lines,
    Point,
    Rule,
    SpecialCause,
    Value,
    exact,
    lines_of,
    marks_of,
    runs_of,
    sides_of,
    sign_of,
    whole,
)
from certification.indicators.rules.shapes import Direction, Kpi
from certification.indicators.rules.shapes import gettext_noop as _

__all__ = [
    "FIRM",
    "OUTCOMES",
    "RUN",
    "Assurance",
    "ChartSpan",
    "ControlChart",
    "Effect",
    "EffectOutcome",
    "Limits",
    "Rule",
    "SpecialCause",
    "Value",
    "Variation",
    "control_chart",
    "effect_of",
    "fits_a_chart",
]  # fmt: skip

FIRM: Final = 12
"""From this number of points on limits are no trial limits."""


class Variation(StrEnum):
    """What the last point says, by the direction that is better."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    """A special cause upwards, in something that is neither good nor bad."""
    LOW = "low"
    COMMON = "common"
    """Chance alone."""
    SAME = "same"
    """The same value in every month."""
    TOO_FEW = "too_few"


class Assurance(StrEnum):
    """Whether the process as it runs keeps its target."""

    PASSES = "passes"
    FAILS = "fails"
    HIT_AND_MISS = "hit_and_miss"


@dataclass(frozen=True, slots=True)
class Limits:
    """The four lines around the centre, from low to high, in the figure's unit."""

    lower: Decimal
    near_lower: Decimal
    near_upper: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class ChartSpan:
    """A stretch of months that is calculated apart."""

    first: int
    """Index of its first month."""
    last: int
    """Index of its last month."""
    count: int
    """Months with a value."""
    centre: Decimal | None
    """The mean; None without any value."""
    mean_range: Decimal | None
    """The mean moving range after screening; None without two neighbours."""
    limits: Limits | None
    """None without two neighbours, and where all points are equal."""
    is_same: bool
    """Whether every month has the same value."""

    @property
    def trial(self) -> bool:
        """Whether there are too few points for limits that last."""
        return self.count < FIRM

    @property
    def speaks(self) -> bool:
        """Whether there are points and ranges enough for the rules."""
        return self.count >= RUN and (self.limits is not None or self.is_same)


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A control chart. The last phase tells how the figure varies and keeps its target."""

    marks: tuple[SpecialCause | None, ...]
    """One a month; None for chance and for a gap."""
    phases: tuple[ChartSpan, ...]
    variation: Variation
    assurance: Assurance | None
    """None without a target, a better direction, or enough points."""
    last_mark: SpecialCause | None
    """The mark of the last point of the last phase."""
    kept: int | None = None
    """How many months of the last phase meet the target; None where that is not asked."""

    @property
    def kept_always(self) -> bool:
        """Whether every month of the last phase met the target."""
        return self.kept == self.phases[-1].count if self.kept is not None else False

    @property
    def kept_never(self) -> bool:
        """Whether no month of the last phase met the target."""
        return self.kept == 0

    @property
    def wants_a_phase(self) -> bool:
        """Whether more than half of the last phase's points are special: it is no one process."""
        if not self.phases:
            return False
        phase = self.phases[-1]
        special = sum(mark is not None for mark in self.marks[phase.first : phase.last + 1])
        return 2 * special > phase.count


class EffectOutcome(StrEnum):
    """What became of a figure after an action took effect."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    """Higher than before, in something that is neither good nor bad."""
    LOWER = "lower"
    NO_DIFFERENCE = "no_difference"
    TOO_FEW = "too_few"


OUTCOMES: Final[Mapping[EffectOutcome, str]] = MappingProxyType(
    {
        EffectOutcome.BETTER: _("improved"),
        EffectOutcome.WORSE: _("got worse"),
        EffectOutcome.HIGHER: _("went up"),
        EffectOutcome.LOWER: _("went down"),
        EffectOutcome.NO_DIFFERENCE: _("no demonstrable difference"),
        EffectOutcome.TOO_FEW: _("too few months: at least 7 before and 7 after are needed"),
    }
)
"""The words of each outcome: message ids, which anyone who shows them translates."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure before and after an action took effect; a test of change, not of its cause."""

    outcome: EffectOutcome
    chart: ControlChart
    """Both phases, for a picture."""
    before: ChartSpan
    after: ChartSpan
    shift: Decimal | None
    """Mean after less mean before, in the figure's unit; None without one of them."""
    mean_is_outside: bool
    """Whether the mean after lies beyond a limit of before."""
    stays_on_one_side: bool
    """Whether seven neighbouring months after lie on that side of the mean before."""
    moved_already: bool
    """Whether the last month before had a special cause, so that the change may be older."""

    @property
    def words(self) -> str:
        """The outcome in words: a message id."""
        return OUTCOMES[self.outcome]


def fits_a_chart(kpi: Kpi) -> bool:
    """Whether the KPI's months stand apart: each counts its own month, not a year of them."""
    return kpi.window_months == 1


def control_chart(
    values: Sequence[Value],
    direction: Direction,
    *,
    phase_starts: Iterable[int] = (),
    target: Decimal | float | None = None,
    screened: bool = True,
) -> ControlChart:
    """The chart of values per month, in order and without months left out.

    ``phase_starts`` are the indices at which a person began a new phase; the first month always
    begins one. ``target`` is in the unit of the values. Raises ValueError for an index outside
    the series and for a value that is no finite number.
    """
    points, scale = whole(values)
    starts = sorted({0, *phase_starts}) if points else sorted(phase_starts)
    if not all(0 <= start < len(points) for start in starts):
        raise ValueError("a phase begins outside the months of the chart")
    marks: list[SpecialCause | None] = []
    phases: list[ChartSpan] = []
    lines = Lines(0, None, None)
    for start, stop in pairwise([*starts, len(points)]):
        lines = lines_of(points[start:stop], screened=screened)
        marks += marks_of(points[start:stop], lines)
        phases.append(_phase(start, stop, lines, scale))
    if not phases or not phases[-1].speaks:
        return ControlChart(tuple(marks), tuple(phases), Variation.TOO_FEW, None, None)
    at = exact(target)
    at = None if at is None or direction is Direction.NONE else at * scale
    last = max(index for index, value in enumerate(points) if value is not None)
    variation = Variation.SAME if lines.is_same else _variation(marks[last], direction)
    return ControlChart(
        marks=tuple(marks),
        phases=tuple(phases),
        variation=variation,
        assurance=_assurance(lines, direction, at),
        last_mark=marks[last],
        kept=None if at is None else _kept(points[phases[-1].first :], direction, at),
    )


def effect_of(
    values: Sequence[Decimal | float | None], direction: Direction, first_after: int
) -> Effect:
    """What happened to a figure from the month on in which an action took effect.

    ``first_after`` is the index of that month; the months before it are the baseline, and their
    screened limits the measure. The figure has changed when the mean after lies beyond a limit
    of before, or when seven neighbouring months after all lie on one side of the mean before,
    the side to which the mean moved. At least seven months with a value are needed before and
    seven after. Raises ValueError as ``control_chart`` does, and without any month before or
    after.
    """
    if not 0 < first_after < len(values):
        raise ValueError("there must be months before and after the action took effect")
    chart = control_chart(values, direction, phase_starts=(first_after,))
    before, after = chart.phases
    points, scale = whole(values)
    was, now = lines_of(points[:first_after]), lines_of(points[first_after:])
    shift = None if was.centre is None or now.centre is None else now.centre - was.centre
    outside = sided = False
    if shift is not None and was.centre is not None and was.reach is not None:
        outside = abs(shift) > was.reach
        sided = any(
            sign == sign_of(shift) and stop - start >= RUN
            for start, stop, sign in runs_of(sides_of(points[first_after:], was.centre))
        )
    enough = before.speaks and after.count >= RUN
    earlier = control_chart(values[:first_after], direction)
    return Effect(
        outcome=_outcome(shift if outside or sided else None, direction, enough=enough),
        chart=chart,
        before=before,
        after=after,
        shift=_decimal(shift, scale),
        mean_is_outside=outside,
        stays_on_one_side=sided,
        moved_already=earlier.last_mark is not None,
    )


def _outcome(proven: Exact, direction: Direction, *, enough: bool) -> EffectOutcome:
    """The outcome of a shift that is proven; None where it is not."""
    if not enough:
        return EffectOutcome.TOO_FEW
    if proven is None:
        return EffectOutcome.NO_DIFFERENCE
    if direction is Direction.NONE:
        return EffectOutcome.HIGHER if proven > 0 else EffectOutcome.LOWER
    better = (proven > 0) is (direction is Direction.HIGHER)
    return EffectOutcome.BETTER if better else EffectOutcome.WORSE


def _decimal(number: Exact, scale: int) -> Decimal | None:
    if number is None:
        return None
    return Decimal(number.numerator) / Decimal(number.denominator * scale)


def _phase(start: int, stop: int, lines: Lines, scale: int) -> ChartSpan:
    centre, near, reach = lines.centre, lines.near, lines.reach
    limits = None
    if centre is not None and near is not None and reach:
        around = (centre - reach, centre - near, centre + near, centre + reach)
        limits = Limits(*(Decimal(n.numerator) / (n.denominator * scale) for n in around))
    return ChartSpan(
        first=start,
        last=stop - 1,
        count=lines.count,
        centre=_decimal(centre, scale),
        mean_range=_decimal(lines.mean_range, scale),
        limits=limits,
        is_same=lines.is_same,
    )


def _variation(mark: SpecialCause | None, direction: Direction) -> Variation:
    if mark is None:
        return Variation.COMMON
    if direction is Direction.NONE:
        return Variation.HIGH if mark.high else Variation.LOW
    better = mark.high is (direction is Direction.HIGHER)
    return Variation.IMPROVEMENT if better else Variation.CONCERN


def _kept(points: Sequence[Point], direction: Direction, target: Fraction) -> int:
    """How many months meet the target; equal meets it."""
    known = [point for point in points if point is not None]
    if direction is Direction.HIGHER:
        return sum(point >= target for point in known)
    return sum(point <= target for point in known)


def _assurance(lines: Lines, direction: Direction, target: Exact) -> Assurance | None:
    centre, reach = lines.centre, Fraction(0) if lines.is_same else lines.reach
    if target is None or centre is None or reach is None:
        return None
    if lines.is_same and target == centre:
        return Assurance.PASSES
    if abs(target - centre) <= reach:
        return Assurance.HIT_AND_MISS
    fails = (target > centre) is (direction is Direction.HIGHER)
    return Assurance.FAILS if fails else Assurance.PASSES
