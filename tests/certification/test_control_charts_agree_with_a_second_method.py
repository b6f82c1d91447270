"""Control charts once more, by brute force from the words of the method, and held together.

Naive on purpose: every point looks for itself at every window that could hold it. Nothing here
uses the portal's reckoning, only its answer.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.control_charts.rules.limits import control_chart, effect_of
from certification.indicators.rules.shapes import Direction

Values = list[int | None]
Answer = tuple[str, bool] | None

levels = st.integers(-6, 6)
"""Few levels, so that ties, points on the centre and runs come up often."""
rough = st.lists(st.none() | levels | st.integers(-60, 60), max_size=30)
calm = st.lists(levels, min_size=7, max_size=40)
climbing = st.builds(
    lambda start, steps: [start + sum(steps[:i]) for i in range(len(steps) + 1)],
    levels,
    st.lists(st.sampled_from([-2, -1, 0, 1, 1, 2]), min_size=6, max_size=30),
)
stepping = st.builds(
    lambda parts: [value for level, part in parts for value in (level + one for one in part)],
    st.lists(
        st.tuples(st.integers(-9, 9), st.lists(st.integers(-2, 2), min_size=1, max_size=10)),
        min_size=1,
        max_size=5,
    ),
)
series = st.one_of(rough, calm, climbing, stepping)


class Naive:
    """One phase."""

    def __init__(self, values: Values, screened: bool) -> None:
        self.values = values
        known = [v for v in values if v is not None]
        self.count = len(known)
        self.mean = Fraction(sum(known)) / len(known) if known else None
        ranges = []
        for i in range(1, len(values)):
            before, now = values[i - 1], values[i]
            if before is not None and now is not None:
                ranges.append(Fraction(max(before, now) - min(before, now)))
        self.amr = sum(ranges) / len(ranges) if ranges else None
        self.same = len(set(known)) == 1 and self.amr == 0
        self.asks_one_side = True
        if self.amr == 0 and not self.same:
            self.amr = None
        if screened and self.amr is not None and self.amr > 0:
            kept = []
            for one in ranges:
                if not one * 1000 >= 3267 * self.amr:
                    kept.append(one)
            if set(kept) == {Fraction(0)}:
                self.asks_one_side = False
            else:
                self.amr = sum(kept) / len(kept)
        if self.mean is not None and self.amr is not None:
            self.upper = self.mean + self.amr * 266 / 100
            self.lower = self.mean - self.amr * 266 / 100
            self.near_upper = self.mean + self.amr * 532 / 300
            self.near_lower = self.mean - self.amr * 532 / 300

    def side(self, i: int) -> str:
        value = self.values[i]
        assert self.mean is not None
        if value is None or value == self.mean:
            return ""
        return "high" if value > self.mean else "low"

    def windows(self, i: int, size: int) -> list[range]:
        """All windows of neighbouring months that hold a month, the latest first."""
        return [
            range(start, start + size)
            for start in range(i, i - size, -1)
            if start >= 0 and start + size <= len(self.values)
        ]

    def is_near(self, i: int) -> bool:
        value = self.values[i]
        if value is None or value > self.upper or value < self.lower:
            return False
        return value > self.near_upper or value < self.near_lower

    def answer(self, i: int) -> Answer:
        value = self.values[i]
        if value is None or self.count < 7 or self.amr is None:
            return None
        if value > self.upper or value < self.lower:
            return ("beyond_limit", value > self.upper)
        last = self.one_side(i) if self.asks_one_side else None
        return self.trend(i) or self.two_of_three(i) or last

    def trend(self, i: int) -> Answer:
        for window in self.windows(i, 7):
            seven = [v for v in (self.values[j] for j in window) if v is not None]
            if len(seven) == 7 and all(a < b for a, b in pairwise(seven)):
                return ("trend", True)
            if len(seven) == 7 and all(a > b for a, b in pairwise(seven)):
                return ("trend", False)
        return None

    def two_of_three(self, i: int) -> Answer:
        for window in self.windows(i, 3):
            sides = [self.side(j) for j in window]
            near = [j for j in window if self.is_near(j)]
            if sides in (["high"] * 3, ["low"] * 3) and len(near) >= 2 and i in near:
                return ("two_of_three", sides[0] == "high")
        return None

    def one_side(self, i: int) -> Answer:
        for window in self.windows(i, 7):
            sides = [self.side(j) for j in window]
            if sides in (["high"] * 7, ["low"] * 7):
                return ("one_side", sides[0] == "high")
        return None


def cut(values: Values, starts: list[int]) -> list[Values]:
    parts: list[Values] = []
    for i, value in enumerate(values):
        if i == 0 or i in starts:
            parts.append([])
        parts[-1].append(value)
    return parts


@settings(max_examples=300, deadline=None)
@given(
    values=series,
    cuts=st.lists(st.integers(0, 40), max_size=2),
    screened=st.booleans(),
    direction=st.sampled_from(Direction),
    target=st.none() | st.integers(-20, 20),
)
def test_a_chart_is_what_brute_force_finds(
    values: Values, cuts: list[int], screened: bool, direction: Direction, target: int | None
) -> None:
    starts = [one for one in cuts if one < len(values)]
    chart = control_chart(values, direction, phase_starts=starts, screened=screened, target=target)
    naive = [Naive(part, screened) for part in cut(values, starts)]
    answers = [phase.answer(i) for phase in naive for i in range(len(phase.values))]
    assert [None if m is None else (m.rule.value, m.high) for m in chart.marks] == answers
    assert len(chart.phases) == len(naive)
    for phase, other in zip(chart.phases, naive, strict=True):
        assert phase.count == other.count
        assert (phase.centre is None) is (other.mean is None)
        if other.mean is not None:
            assert float(phase.centre or 0) == pytest.approx(float(other.mean), abs=1e-9)
        assert (phase.limits is None) is (other.amr is None or other.same)
        assert phase.is_same is other.same
        if phase.limits is not None:
            for mine, theirs in (
                (phase.limits.upper, other.upper),
                (phase.limits.near_upper, other.near_upper),
                (phase.limits.near_lower, other.near_lower),
                (phase.limits.lower, other.lower),
            ):
                assert float(mine) == pytest.approx(float(theirs), abs=1e-9)
    if not naive or naive[-1].count < 7 or (naive[-1].amr is None and not naive[-1].same):
        assert (chart.variation, chart.assurance) == ("too_few", None)
        return
    last = naive[-1]
    told = [last.answer(i) for i, v in enumerate(last.values) if v is not None][-1]
    words = {
        ("higher", True): "improvement", ("higher", False): "concern",
        ("lower", True): "concern", ("lower", False): "improvement",
        ("none", True): "high", ("none", False): "low",
    }  # fmt: skip
    usual = "same" if last.same else "common"
    assert chart.variation == (usual if told is None else words[direction.value, told[1]])
    expected = kept = None
    if target is not None and direction is not Direction.NONE:
        points = [v for v in last.values if v is not None]
        good = [v >= target if direction is Direction.HIGHER else v <= target for v in points]
        kept = good.count(True)
        if last.same:
            last.upper = last.lower = Fraction(points[0])
        expected = "passes" if last.same and target == points[0] else "hit_and_miss"
        if target > last.upper:
            expected = "fails" if direction is Direction.HIGHER else "passes"
        elif target < last.lower:
            expected = "passes" if direction is Direction.HIGHER else "fails"
    assert (chart.assurance, chart.kept) == (expected, kept)
    special = [last.answer(i) for i in range(len(last.values))]
    assert chart.wants_a_phase is (2 * (len(special) - special.count(None)) > last.count)


@settings(max_examples=150, deadline=None)
@given(values=series)
def test_upside_down_is_the_same_with_better_and_worse_exchanged(values: Values) -> None:
    chart = control_chart(values, Direction.HIGHER)
    over = control_chart([None if v is None else -v for v in values], Direction.LOWER)
    assert chart.variation == over.variation
    flipped = [None if m is None else (m.rule, not m.high) for m in chart.marks]
    assert flipped == [None if m is None else (m.rule, m.high) for m in over.marks]


@settings(max_examples=150, deadline=None)
@given(values=series, factor=st.sampled_from([0.1, 0.01, 3, 7.3]), offset=st.integers(-50, 50))
def test_another_unit_changes_no_mark(values: Values, factor: float, offset: int) -> None:
    tenths = round(factor * 100)
    scaled = [None if v is None else (v * tenths + offset * 100) / 100 for v in values]
    assert (
        control_chart(scaled, Direction.NONE).marks == control_chart(values, Direction.NONE).marks
    )


@settings(max_examples=200, deadline=None)
@given(before=series, after=series, direction=st.sampled_from(Direction))
def test_an_effect_is_what_brute_force_finds(
    before: Values, after: Values, direction: Direction
) -> None:
    before, after = before or [None], after or [None]
    effect = effect_of([*before, *after], direction, len(before))
    was, now = Naive(before, True), Naive(after, True)
    if was.same and was.mean is not None:
        was.upper = was.lower = was.mean
    if was.count < 7 or now.count < 7 or (was.amr is None and not was.same):
        assert effect.outcome == "too_few"
        return
    assert was.mean is not None
    assert now.mean is not None
    outside = now.mean > was.upper or now.mean < was.lower
    sided = False
    for start in range(len(after) - 6):
        seven = after[start : start + 7]
        if None in seven:
            continue
        above = all(v > was.mean for v in seven if v is not None)
        below = all(v < was.mean for v in seven if v is not None)
        if (above and now.mean > was.mean) or (below and now.mean < was.mean):
            sided = True
    assert (effect.mean_is_outside, effect.stays_on_one_side) == (outside, sided)
    assert float(effect.shift or 0) == pytest.approx(float(now.mean - was.mean), abs=1e-9)
    if not outside and not sided:
        assert effect.outcome == "no_difference"
    elif direction is Direction.NONE:
        assert effect.outcome == ("higher" if now.mean > was.mean else "lower")
    else:
        rose = now.mean > was.mean
        assert effect.outcome == ("better" if rose == (direction is Direction.HIGHER) else "worse")
