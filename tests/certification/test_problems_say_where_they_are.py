"""A problem of a delivery names its file, and its row and column where they are known."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from certification.deliveries.sentences import EqualProblems, WordedProblem, equal_together


@pytest.mark.parametrize(
    ("row", "column", "place"),
    [
        (None, "", "<strong>&lt;a&gt;.csv</strong>:"),
        (3, "", "<strong>&lt;a&gt;.csv</strong>, rij 3:"),
        (None, "naam", "<strong>&lt;a&gt;.csv</strong>, kolom <code>naam</code>:"),
        (1234, "naam", "<strong>&lt;a&gt;.csv</strong>, rij 1234, kolom <code>naam</code>:"),
    ],
)
def test_a_page_says_where_a_problem_is(row: int | None, column: str, place: str) -> None:
    with override("nl"):
        assert WordedProblem("<a>.csv", row, column, "Fout.").place == place


def worded(*places: tuple[str, int | None, str, str]) -> list[WordedProblem]:
    return [WordedProblem(*place) for place in places]


def test_forty_equal_problems_are_one_with_forty_places() -> None:
    problems = worded(*(("a.csv", row, "naam", "Fout.") for row in range(2, 42)))
    (one,) = equal_together(problems)
    assert (len(one.rows), one.spans) == (40, "2–41")
    with override("nl"):
        assert one.place == "<strong>a.csv</strong>, rijen 2–41, kolom <code>naam</code>:"


def test_rows_that_do_not_follow_each_other_are_all_told() -> None:
    (one,) = equal_together(worded(*(("a", row, "b", "Fout.") for row in (9, 2, 3, 4, 7))))
    assert one.spans == "2–4, 7, 9"


@pytest.mark.parametrize(
    "other",
    [("b.csv", 3, "naam", "Fout."), ("a.csv", 3, "dag", "Fout."), ("a.csv", 3, "naam", "X")],
)
def test_problems_of_another_file_column_or_sentence_stand_apart(
    other: tuple[str, int, str, str],
) -> None:
    found = equal_together(worded(("a.csv", 2, "naam", "Fout."), other))
    assert [one.rows for one in found] == [(2,), (3,)]
    with override("nl"):
        assert found[0].place == "<strong>a.csv</strong>, rij 2, kolom <code>naam</code>:"


def test_what_is_wrong_with_a_file_has_no_row() -> None:
    (one,) = equal_together(worded(("a.csv", None, "", "Fout.")))
    assert (one.rows, one.spans, one.first_row) == ((), "", 0)
    assert one.place == "<strong>a.csv</strong>:"


def test_they_stand_in_the_order_of_the_first_of_each() -> None:
    found = equal_together(
        worded(("a", 2, "x", "1."), ("a", 3, "y", "2."), ("a", 4, "x", "1."), ("b", 1, "x", "1."))
    )
    assert [(one.file, one.rows) for one in found] == [("a", (2, 4)), ("a", (3,)), ("b", (1,))]
    assert all(isinstance(one, EqualProblems) for one in found)
