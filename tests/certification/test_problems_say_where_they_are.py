"""A problem of a delivery names its file, and its row and column where they are known."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from certification.deliveries.sentences import WordedProblem


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
