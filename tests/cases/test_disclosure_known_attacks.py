"""Ways by which hidden counts were worked out elsewhere, each with the table that allows it."""

from __future__ import annotations

import pytest

from cases.disclosure import Cell, Line, Relation, Settings, protect
from tests.cases.disclosure_attack import fewest_hidden
from tests.cases.test_disclosure_attack import release, two_way


def hidden(numbers: dict[str, int], sums: list[tuple[str, list[str]]]) -> set[str]:
    """Names of what is hidden."""
    return {key[0] for key in release(numbers, list(sums)).hidden}


@pytest.mark.parametrize(("count", "hides"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_hidden(count: int, hides: bool) -> None:
    assert bool(protect([Cell(("a",), count)]).hidden) is hides


def test_a_hidden_part_does_not_follow_from_the_total_and_the_rest() -> None:
    found = hidden({"a": 3, "b": 20, "c": 30, "all": 53}, [("all", ["a", "b", "c"])])
    assert "a" in found
    assert len(found) == 2


def test_two_hidden_parts_that_are_small_together_are_not_enough() -> None:
    found = hidden({"a": 1, "b": 2, "c": 30, "all": 33}, [("all", ["a", "b", "c"])])
    assert {"a", "b"} < found


def test_a_hidden_nought_covers_nothing_by_itself() -> None:
    found = hidden({"a": 3, "b": 0, "c": 0, "d": 9, "all": 12}, [("all", ["a", "b", "c", "d"])])
    assert found in ({"a", "d"}, {"a", "all"})


def test_the_difference_of_two_totals_is_a_count_too() -> None:
    """The region and the region without its town: the town is in neither list."""
    cells = [Cell(("region",), 40), Cell(("without",), 37), Cell(("town",), 3)]
    lines = [Line(("region",), (("region",),)), Line(("without",), (("without",),))]
    sums = [Relation.total(("region",), [("without",), ("town",)])]
    assert len(protect(cells, sums, lines).hidden) == 1


def test_a_percentage_over_few_cases_takes_its_sums_along() -> None:
    cells = [Cell(("n",), 5), Cell(("d",), 8)]
    line = Line(("share",), (("n",), ("d",)), base=("d",))
    within = Relation.within(("d",), ("n",))
    assert protect(cells, [within], [line]).hidden == {("share",): "few"}


def test_all_or_nothing_does_not_tell_the_number_that_it_was_of() -> None:
    """All of four: the four is hidden, and that all were in time may not be all there is."""
    cells = [Cell(("n",), 4), Cell(("d",), 4), Cell(("m",), 30), Cell(("e",), 40)]
    cells += [Cell(("nm",), 34), Cell(("de",), 44)]
    sums = [Relation.total(("nm",), [("n",), ("m",)]), Relation.total(("de",), [("d",), ("e",)])]
    sums += [Relation.within((d,), (n,)) for d, n in (("d", "n"), ("e", "m"), ("de", "nm"))]
    lines = [
        Line((name,), ((n,), (d,)), base=(d,))
        for name, n, d in (("a", "n", "d"), ("b", "m", "e"), ("sum", "nm", "de"))
    ]
    found = protect(cells, sums, lines)
    assert found.hidden[("a",)] == "few"
    assert len(found.hidden) == 2
    assert min(proof.width for proof in found.ranges.values()) >= 5


def test_a_series_that_two_percentages_share_is_one_number() -> None:
    """The base of both is printed beside the one that is shown."""
    cells = [Cell(("n",), 3), Cell(("m",), 20), Cell(("d",), 30)]
    lines = [Line(("a",), (("n",), ("d",)), ("d",)), Line(("b",), (("m",), ("d",)), ("d",))]
    found = protect(cells, [], lines)
    assert set(found.hidden) == {("a",)}
    assert found.cells == {("m",): 20, ("d",): 30}


def test_what_a_reader_has_exactly_is_neither_hidden_nor_cover() -> None:
    cells = [Cell(("a",), 3, known=True), Cell(("b",), 4), Cell(("all",), 7)]
    found = protect(cells, [Relation.total(("all",), [("a",), ("b",)])])
    assert set(found.hidden) == {("b",), ("all",)}


def test_fives_leave_room_and_so_need_less_cover() -> None:
    numbers, sums = two_way([[3, 20, 31], [22, 40, 17], [9, 33, 28]])
    exact = release(numbers, sums)
    fives = release(numbers, sums, Settings(rounding=5))
    assert len(fives.hidden) < len(exact.hidden)
    assert all(number % 5 == 0 for number in fives.cells.values())


def test_what_earlier_releases_gave_away_cannot_be_mended_and_is_said() -> None:
    cells = [Cell(("a",), 3, told=(3, 3)), Cell(("b",), 20)]
    assert protect(cells).exposed == {("a",)}


def test_counts_that_do_not_add_up_are_protected_all_the_same() -> None:
    found = release({"a": 3, "b": 20, "c": 30, "all": 60}, [("all", ["a", "b", "c"])])
    assert len(found.hidden) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [[3, 9, 8], [7, 0, 6], [12, 5, 2]],
        [[1, 9, 8], [7, 11, 6]],
        [[0, 3, 9], [8, 8, 8], [0, 0, 14]],
        [[4, 4, 9], [12, 0, 5], [6, 1, 7]],
    ],
)
def test_no_more_is_hidden_than_must_be(rows: list[list[int]]) -> None:
    numbers, sums = two_way(rows)
    found = len(release(numbers, sums).hidden)
    assert found <= 1.3 * fewest_hidden(numbers, sums)


def test_a_key_twice_and_a_sum_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="one cell"):
        protect([Cell(("a",), 1), Cell(("a",), 2)])
    with pytest.raises(ValueError, match="no cell"):
        protect([Cell(("a",), 1)], [Relation.total(("a",), [("b",)])])
    with pytest.raises(ValueError, match="negative"):
        protect([Cell(("a",), -1)])
