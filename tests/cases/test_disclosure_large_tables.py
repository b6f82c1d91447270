"""Tables that are too large for the cheapest choice keep every hidden cell its width too.

That a table is large is only said here, so that the second attacker can go over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.disclosure import Cell, Line, Protected, Relation, Settings, protect, protecting
from tests.cases.disclosure_attack import Sum, by_programme
from tests.cases.test_disclosure_attack import linked, release, spans_of, two_way

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
counts = st.integers(0, 12)


@contextmanager
def everything_is_large() -> Iterator[None]:
    """No part is small enough for the choice to be exact."""
    with mock.patch.multiple(protecting, EXACT=0, SPARSE=-1):
        yield


def test_a_few_small_counts_in_a_large_table_take_no_more_with_them_than_they_must() -> None:
    rows = [[20] * 14 for _ in range(22)]
    rows[0][0], rows[12][9] = 3, 2
    numbers, sums = two_way(rows)
    found = release(numbers, sums)
    assert set(found.hidden) == {("r0c0",), ("r0c9",), ("r12c0",), ("r12c9",)}
    attack(found, numbers, sums)


def attack(
    released: Protected,
    numbers: dict[str, int],
    sums: list[Sum],
    rounding: int = 0,
    within: list[Sum] | None = None,
) -> None:
    """Nothing small is printed, and nothing hidden lies within less than its width."""
    spans = spans_of(released, numbers, rounding)
    assert not released.exposed
    for name, number in numbers.items():
        if (name,) in released.cells:
            assert not 0 < number < 5
            continue
        low, high = by_programme(spans, sums, name, within or [])
        assert high - low >= 5 - 1e-6, f"{name} is known to lie in {low} to {high}"


@SLOW
@given(
    st.lists(st.lists(counts, min_size=4, max_size=4), min_size=3, max_size=5),
    st.sampled_from([0, 5]),
)
def test_a_table_with_margins(rows: list[list[int]], rounding: int) -> None:
    numbers, sums = two_way(rows)
    with everything_is_large():
        attack(release(numbers, sums, Settings(rounding=rounding)), numbers, sums, rounding)


@SLOW
@given(st.lists(counts, min_size=9, max_size=9), st.sampled_from([0, 5]))
def test_linked_tables(figures: list[int], rounding: int) -> None:
    numbers, sums = linked(figures)
    with everything_is_large():
        attack(release(numbers, sums, Settings(rounding=rounding)), numbers, sums, rounding)


@SLOW
@given(st.data())
def test_percentages_whose_sums_are_printed_together(data: st.DataObject) -> None:
    bases = data.draw(st.lists(st.integers(0, 30), min_size=4, max_size=4))
    parts = [data.draw(st.integers(0, base)) for base in bases]
    numbers = {f"n{i}": n for i, n in enumerate(parts)} | {f"d{i}": d for i, d in enumerate(bases)}
    numbers |= {"n": sum(parts), "d": sum(bases)}
    places = ["0", "1", "2", "3", ""]
    sums: list[Sum] = [(name, [f"{name}{place}" for place in places[:-1]]) for name in "nd"]
    within: list[Sum] = [(f"d{place}", [f"n{place}"]) for place in places]
    lines = [Line((p,), ((f"n{p}",), (f"d{p}",)), base=(f"d{p}",)) for p in places]
    relations = [Relation.total((whole,), [(part,) for part in of]) for whole, of in sums]
    relations += [Relation.within((whole,), (part,)) for whole, (part,) in within]
    with everything_is_large():
        released = protect([Cell((n,), v) for n, v in numbers.items()], relations, lines)
    attack(released, numbers, sums, within=within)


@SLOW
@given(st.lists(counts, min_size=9, max_size=9), st.integers(1, 10**6))
def test_the_order_in_which_they_come_makes_no_difference(figures: list[int], seed: int) -> None:
    numbers, sums = linked(figures)
    with everything_is_large():
        assert release(numbers, sums, seed=seed) == release(numbers, sums, seed=seed + 1)


def test_what_was_given_away_before_is_said_and_not_hidden_with_everything_else() -> None:
    cells = [Cell(("a",), 3, told=(3, 3)), Cell(("b",), 20), Cell(("c",), 30), Cell(("all",), 53)]
    with everything_is_large():
        found = protect(cells, [Relation.total(("all",), [("a",), ("b",), ("c",)])])
    assert found.exposed == {("a",)}
    assert set(found.hidden) == {("a",)}
