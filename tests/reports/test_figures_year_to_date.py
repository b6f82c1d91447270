"""A year to date is one system with its months: who subtracts two of them learns nothing more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.disclosure import Settings
from reports.figures.rules.protection import hidden_lines
from reports.figures.rules.tables import TO_DATE, line_key, tables_of
from tests.cases.disclosure_attack import Span, Sum, by_programme
from tests.factories.results import DRENTHE, GRONINGEN, SEPTEMBER, WHOLE, judged

KPI = "running_measures"
MONTHS = [SEPTEMBER.replace(month=number) for number in (1, 2, 3, 4)]
PLACES = (GRONINGEN, DRENTHE, WHOLE)
counts = st.lists(st.integers(0, 12), min_size=4, max_size=4)


def attacked(groningen: list[int], drenthe: list[int], rounding: int) -> dict[str, Span]:
    """What subtracting leaves of each hidden count, by its name."""
    by_place = {
        GRONINGEN: groningen,
        DRENTHE: drenthe,
        WHOLE: [g + d for g, d in zip(groningen, drenthe, strict=True)],
    }
    single, to_date, sums, spans, hidden = [], [], [], {}, []
    for place, numbers in by_place.items():
        for at, month in enumerate(MONTHS):
            single.append(judged(KPI, place, Decimal(numbers[at]), month=month))
            to_date.append(judged(KPI, place, Decimal(sum(numbers[: at + 1])), month=month))
    told = tables_of(single, to_date=to_date)
    found = hidden_lines([told], Settings(rounding=rounding)).lines
    for row, adds in [*((one, False) for one in single), *((one, True) for one in to_date)]:
        name = f"{row.scope_code} {row.month.month} {adds}"
        key = line_key(KPI + (TO_DATE if adds else ""), row.place, row.month)
        count = int(row.numerator or 0)
        if key in found:
            hidden.append(name)
            spans[name] = (0.0, 10_000.0)
        else:
            assert not 0 < count < 5
            shown = int(Settings(rounding=rounding).published(count))
            slack = 2 if rounding else 0
            spans[name] = (max(shown - slack, 0.0), float(shown + slack))
    for at in (1, 2, 3, 4):
        for span in (False, True):
            sums.append((f"jbn {at} {span}", [f"groningen {at} {span}", f"drenthe {at} {span}"]))
        for place in PLACES:
            before = [f"{place.code} {at - 1} True"] if at > 1 else []
            sums.append((f"{place.code} {at} True", [*before, f"{place.code} {at} False"]))
    every: list[Sum] = list(sums)
    return {name: by_programme(spans, every, name) for name in hidden}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
@given(counts, counts, st.sampled_from([0, 5]))
def test_subtracting_successive_years_to_date_leaves_every_hidden_count_its_width(
    groningen: list[int], drenthe: list[int], rounding: int
) -> None:
    for name, (low, high) in attacked(groningen, drenthe, rounding).items():
        assert high - low >= 5 - 1e-6, f"{name} is known to lie in {low} to {high}"


@pytest.mark.parametrize("rounding", [0, 5])
def test_a_small_month_between_two_large_years_to_date_is_not_their_difference(
    rounding: int,
) -> None:
    """Forty up to February and forty-three up to March: March may not follow from it."""
    found = attacked([20, 20, 3, 30], [50, 50, 50, 50], rounding)
    low, high = found["groningen 3 False"]
    assert high - low >= 5


def test_a_year_to_date_without_the_one_before_is_the_sum_of_its_months() -> None:
    rows = [
        judged(KPI, WHOLE, Decimal(count), month=month)
        for month, count in zip(MONTHS, (20, 3, 30, 40), strict=True)
    ]
    to_date = [judged(KPI, WHOLE, Decimal(93), month=MONTHS[-1])]
    found = hidden_lines([tables_of(rows, to_date=to_date)], Settings()).lines
    assert line_key(KPI, WHOLE, MONTHS[1]) in found
    assert len(found) == 2
