"""Whatever is corrected between two releases, both together give no hidden count away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.disclosure import Settings
from certification.compliance.rules.scoring import FigureScope
from reports.figures.actions.releases import Released, remember
from reports.figures.rules.disclosure import rounded
from reports.figures.rules.protection import hidden_lines
from reports.figures.rules.tables import Tables, cell_key, line_key, tables_of
from tests.cases.disclosure_attack import Span, Sum, by_programme
from tests.factories.results import ASSEN, DRENTHE, EMMEN, GRONINGEN, SEPTEMBER, WHOLE, judged

KPI, SERIES = "running_measures", "measures_running"
FIVES = Settings(rounding=5)
PARTS: Mapping[FigureScope, tuple[FigureScope, ...]] = {
    DRENTHE: (ASSEN, EMMEN),
    WHOLE: (GRONINGEN, DRENTHE),
}
AT = [datetime(2025, 10, day, tzinfo=UTC) for day in (1, 20)]
Counts = dict[FigureScope, int]
counts = st.lists(st.integers(0, 14), min_size=3, max_size=3)


def table(parts: Sequence[int]) -> Counts:
    """Groningen, Assen and Emmen with their sums."""
    groningen, assen, emmen = parts
    drenthe = assen + emmen
    return {
        GRONINGEN: groningen,
        ASSEN: assen,
        EMMEN: emmen,
        DRENTHE: drenthe,
        WHOLE: groningen + drenthe,
    }


def tables(numbers: Counts) -> Tables:
    """As disclosure control gets them."""
    rows = [judged(KPI, place, Decimal(n)) for place, n in numbers.items()]
    return tables_of(rows, region_of=lambda _code, _month: "drenthe")


def printed(numbers: Counts, asked: Tables) -> dict[FigureScope, int | None]:
    """What a release prints; None is hidden."""
    hidden = hidden_lines([asked], FIVES).lines
    return {
        place: None
        if line_key(KPI, place, SEPTEMBER) in hidden
        else int(rounded(Decimal(number)) or 0)
        for place, number in numbers.items()
    }


def name(numbers: Counts, place: FigureScope) -> str:
    """The unknown that a count is: one and the same while the count is."""
    return f"{place.code} {numbers[place]}"


def read(value: int | None) -> Span:
    """What a number in fives tells anyone who knows that no count of one to four is printed."""
    if value is None:
        return 0.0, 1000.0
    return (0.0, 0.0) if value == 0 else (max(value - 2.0, 5.0), value + 2.0)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(counts, counts, st.lists(st.booleans(), min_size=3, max_size=3))
# Drenthe was 18 and hidden as cover; Emmen's new number would give it back.
@example([2, 12, 6], [12, 12, 12], [True, True, True])
def test_old_and_new_together_leave_every_hidden_count_its_width(
    first: list[int], other: list[int], corrected: list[bool]
) -> None:
    second = [o if c else f for f, o, c in zip(first, other, corrected, strict=True)]
    old, new = table(first), table(second)
    was = printed(old, tables(old))
    before = {
        cell_key(SERIES, place, SEPTEMBER): [Released(old[place], was[place] is not None, 5, AT[0])]
        for place in old
    }
    now = printed(new, remember(tables(new), before, lambda _at: tables(old)))

    spans: dict[str, Span] = {}
    for numbers, shown in ((old, was), (new, now)):
        for place, value in shown.items():
            span = read(value)
            known = spans.get(name(numbers, place), (0.0, 1000.0))
            spans[name(numbers, place)] = (max(span[0], known[0]), min(span[1], known[1]))
    sums: list[Sum] = [
        (name(numbers, whole), [name(numbers, part) for part in parts])
        for numbers in (old, new)
        for whole, parts in PARTS.items()
    ]
    for numbers, shown in ((old, was), (new, now)):
        for place, number in numbers.items():
            if 0 < number < 5:
                assert shown[place] is None
            # A count that the new release prints as it was is hidden no longer.
            if shown[place] is None and (number != new[place] or now[place] is None):
                low, high = by_programme(spans, sums, name(numbers, place))
                assert high - low >= 5 - 1e-6, f"{place.code}: {low} to {high}"


def guarded(shown: bool) -> dict[int, bool]:
    """Drenthe was 18 and is 30 now: count -> whether it must stay hidden."""
    old, new = table([20, 12, 6]), table([20, 12, 18])
    before = {
        cell_key(SERIES, DRENTHE, SEPTEMBER): [Released(18, shown, 5, AT[0])],
        cell_key(SERIES, WHOLE, SEPTEMBER): [Released(38, True, 5, AT[0])],
    }
    both = remember(tables(new), before, lambda _at: tables(old))
    return {int(cell.count): cell.guarded for cell in both.cells if "drenthe" in cell.key}


def test_what_a_release_hid_must_stay_hidden_and_what_it_showed_need_not() -> None:
    assert guarded(shown=False) == {18: True, 30: False}
    assert guarded(shown=True) == {18: False, 30: False}
