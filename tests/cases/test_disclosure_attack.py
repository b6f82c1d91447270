"""No hidden cell can be worked out, whatever the tables: tried by a second attacker."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.disclosure import Cell, Line, Protected, Relation, Settings, protect
from tests.cases.disclosure_attack import Span, Sum, by_counting, by_programme

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
counts = st.integers(0, 12)


def spans_of(released: Protected, numbers: dict[str, int], rounding: int = 0) -> dict[str, Span]:
    """What a reader knows of each cell, from what is printed alone."""
    spans: dict[str, Span] = {}
    for name in numbers:
        shown = released.cells.get((name,))
        if shown is None:
            spans[name] = (0, 10_000)
        elif rounding:
            spans[name] = (max(int(shown) - 2, 0), int(shown) + 2)
        else:
            spans[name] = (int(shown), int(shown))
    return spans


def release(
    numbers: dict[str, int], sums: list[Sum], rules: Settings | None = None, seed: int = 0
) -> Protected:
    """The release of some numbers that add up, handed over in an order of chance."""
    chance = random.Random(seed)
    cells = [Cell((name,), number) for name, number in numbers.items()]
    relations = [Relation.total((whole,), [(p,) for p in parts]) for whole, parts in sums]
    chance.shuffle(cells)
    chance.shuffle(relations)
    return protect(cells, relations, settings=rules)


def two_way(rows: list[list[int]]) -> tuple[dict[str, int], list[Sum]]:
    """A table with its margins: cells ``r0c1``, totals ``r0``, ``c1`` and ``all``."""
    height, length = range(len(rows)), range(len(rows[0]))
    numbers = {f"r{r}c{c}": rows[r][c] for r in height for c in length}
    numbers |= {f"r{r}": sum(rows[r]) for r in height}
    numbers |= {f"c{c}": sum(rows[r][c] for r in height) for c in length}
    numbers["all"] = sum(map(sum, rows))
    sums: list[Sum] = [(f"r{r}", [f"r{r}c{c}" for c in length]) for r in height]
    sums += [(f"c{c}", [f"r{r}c{c}" for r in height]) for c in length]
    sums += [("all", [f"r{r}" for r in height]), ("all", [f"c{c}" for c in length])]
    return numbers, sums


def linked(numbers: list[int]) -> tuple[dict[str, int], list[Sum]]:
    """Three municipalities by three months, with region, year-to-date and "without the first"."""
    cells = {f"m{p}t{t}": numbers[3 * p + t] for p in range(3) for t in range(3)}
    sums: list[Sum] = []
    for t in range(3):
        sums.append((f"without{t}", [f"m1t{t}", f"m2t{t}"]))
        sums.append((f"region{t}", [f"m{p}t{t}" for p in range(3)]))
    for p in ("m0t", "m1t", "m2t", "region", "without"):
        sums.append((f"{p}ytd1", [f"{p}0", f"{p}1"]))
        sums.append((f"{p}ytd2", [f"{p}ytd1", f"{p}2"]))
    for whole, parts in sums:
        cells[whole] = sum(cells[part] for part in parts)
    return cells, sums


@SLOW
@given(st.lists(st.lists(counts, min_size=3, max_size=3), min_size=2, max_size=4))
def test_in_a_table_with_margins_every_hidden_cell_keeps_its_width(rows: list[list[int]]) -> None:
    numbers, sums = two_way(rows)
    released = release(numbers, sums)
    spans = spans_of(released, numbers)
    for key in released.hidden:
        low, high = by_programme(spans, sums, key[0])
        assert high - low >= 5 - 1e-6, f"{key} is known to lie in {low} to {high}"


@SLOW
@given(st.lists(counts, min_size=9, max_size=9), st.sampled_from([0, 5]))
def test_in_linked_tables_every_hidden_cell_keeps_its_width(
    figures: list[int], rounding: int
) -> None:
    numbers, sums = linked(figures)
    released = release(numbers, sums, Settings(rounding=rounding))
    spans = spans_of(released, numbers, rounding)
    for key in released.hidden:
        low, high = by_programme(spans, sums, key[0])
        assert high - low >= 5 - 1e-6, f"{key} is known to lie in {low} to {high}"


@SLOW
@given(st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_trying_all_whole_tables_one_by_one_finds_no_hidden_cell(parts: list[int]) -> None:
    numbers = {f"p{number}": part for number, part in enumerate(parts)} | {"all": sum(parts)}
    sums: list[Sum] = [("all", ["p0", "p1", "p2"])]
    released = release(numbers, sums)
    spans = {
        name: (int(low), min(int(high), 34))
        for name, (low, high) in spans_of(released, numbers).items()
    }
    found = by_counting(spans, sums)
    for (name,) in released.hidden:
        low, high = found[name]
        assert high - low >= 5, f"{name} is {low} to {high}"


@SLOW
@given(st.lists(counts, min_size=9, max_size=9))
def test_nothing_small_is_printed_and_noughts_are(figures: list[int]) -> None:
    numbers, sums = linked(figures)
    released = release(numbers, sums)
    for key, shown in released.cells.items():
        assert shown == numbers[key[0]]
        assert not 0 < shown < 5
    noughts = {name for name, number in numbers.items() if number == 0}
    if all(number == 0 or number > 4 for number in numbers.values()):
        assert not released.hidden
    assert all(
        released.hidden[(name,)] == "cover" for name in noughts if (name,) in released.hidden
    )


@SLOW
@given(st.lists(counts, min_size=9, max_size=9), st.integers(1, 10**6))
def test_the_order_in_which_tables_come_makes_no_difference(figures: list[int], seed: int) -> None:
    numbers, sums = linked(figures)
    assert release(numbers, sums, seed=seed) == release(numbers, sums, seed=seed + 1)


@SLOW
@given(st.lists(counts, min_size=9, max_size=9))
def test_the_proof_that_comes_with_a_hidden_cell_is_no_wider_than_the_truth(
    figures: list[int],
) -> None:
    numbers, sums = linked(figures)
    released = release(numbers, sums)
    spans = spans_of(released, numbers)
    for key, proof in released.ranges.items():
        low, high = by_programme(spans, sums, key[0])
        assert low - 1e-6 <= proof.low <= numbers[key[0]] <= proof.high <= high + 1e-6
        assert proof.width >= 5 - 1e-6


@SLOW
@given(st.data())
def test_a_numerator_under_its_denominator_gives_neither_away(data: st.DataObject) -> None:
    """Three places with their sum; both sums of a percentage are printed together or not."""
    bases = data.draw(st.lists(st.integers(0, 25), min_size=3, max_size=3))
    parts = [data.draw(st.integers(0, base)) for base in bases]
    numbers = {f"n{i}": n for i, n in enumerate(parts)} | {f"d{i}": d for i, d in enumerate(bases)}
    numbers |= {"n": sum(parts), "d": sum(bases)}
    sums: list[Sum] = [("n", ["n0", "n1", "n2"]), ("d", ["d0", "d1", "d2"])]
    within = [(f"d{i}", [f"n{i}"]) for i in range(3)] + [("d", ["n"])]
    lines = [
        Line((place,), ((f"n{place}",), (f"d{place}",)), base=(f"d{place}",))
        for place in ("0", "1", "2", "")
    ]
    released = protect(
        [Cell((name,), number) for name, number in numbers.items()],
        [Relation.total((w,), [(p,) for p in ps]) for w, ps in sums]
        + [Relation.within((w,), (ps[0],)) for w, ps in within],
        lines,
    )
    spans = spans_of(released, numbers)
    for line in lines:
        if released.shows(line.key):
            base = numbers[f"d{line.key[0]}"]
            assert base == 0 or base >= 10
            continue
        for (name,) in line.cells:
            low, high = by_programme(spans, sums, name, within)
            assert high - low >= 5 - 1e-6, f"{name} is known to lie in {low} to {high}"
