"""A character that cannot be seen is named as such, in cells of any kind and in headers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.deliveries.imports import messages
from cases.deliveries.imports.hidden import hidden_character, without_hidden
from cases.deliveries.imports.problems import Message
from tests.factories.deliveries import problems_of, read, valid_delivery

HIDDEN = [
    ("\u200b", "U+200B", messages.ZERO_WIDTH),
    ("\u200d", "U+200D", messages.ZERO_WIDTH),
    ("\u00ad", "U+00AD", messages.ZERO_WIDTH),
    ("\u2060", "U+2060", messages.ZERO_WIDTH),
    ("\u3164", "U+3164", messages.ZERO_WIDTH),
    ("\ufe0f", "U+FE0F", messages.ZERO_WIDTH),
    ("\u00a0", "U+00A0", messages.NO_BREAK_SPACE),
    ("\u202f", "U+202F", messages.NO_BREAK_SPACE),
    ("\ufeff", "U+FEFF", messages.BYTE_ORDER_MARK),
    ("\n", "U+000A", messages.CONTROL_CHARACTER),
    ("\x07", "U+0007", messages.CONTROL_CHARACTER),
    ("\u2028", "U+2028", messages.CONTROL_CHARACTER),
]
CELLS = [
    ("measures.csv", "youth_key", "Youth{}01"),
    ("measures.csv", "municipality", "GM{}0014"),
    ("measures.csv", "measure", "1{}1"),
    ("measures.csv", "ordered_on", "2025{}-01-06"),
    ("measures.csv", "order_ends_on", "2026-01{}-06"),
    ("staffing.csv", "period", "2025{}-01"),
    ("staffing.csv", "role", "youth{}_protection_worker"),
    ("staffing.csv", "sick_days", "6{}1.5"),
    ("staffing.csv", "leavers", "0{}2"),
    ("veilig_thuis.csv", "notification_key", "é{}é"),
]


@pytest.mark.parametrize(("character", "code", "message"), HIDDEN)
@pytest.mark.parametrize(("file", "column", "text"), CELLS)
def test_a_character_that_cannot_be_seen_is_named(
    tmp_path: Path, file: str, column: str, text: str, character: str, code: str, message: Message
) -> None:
    delivery = valid_delivery().cell(file, 0, column, text.format(character))
    (problem,) = problems_of(delivery.folder(tmp_path / "d"))
    assert (problem.file, problem.row, problem.column) == (file, 2, column)
    assert problem.message.msgid == message.msgid
    assert problem.message.params["code"] == code


def test_a_spreadsheet_is_told_the_same(tmp_path: Path) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(path)
    book["measures"]["B3"].value = "Youth\u200b-01"
    book.save(path)
    (problem,) = problems_of(path)
    assert (problem.row, problem.column) == (3, "youth_key")
    assert problem.message.msgid == messages.ZERO_WIDTH.msgid


def test_a_no_break_space_at_an_end_is_trimmed_like_another(tmp_path: Path) -> None:
    delivery = valid_delivery()
    before = read(delivery.folder(tmp_path / "one")).sha256
    delivery.cell("measures.csv", 0, "youth_key", "\u00a0Youth-01\u202f")
    assert read(delivery.folder(tmp_path / "two")).sha256 == before


@pytest.mark.parametrize("character", ["\ufeff", "\u200b", "\u00a0"])
def test_a_header_with_one_is_told_once_and_is_not_missing(tmp_path: Path, character: str) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / "waiting.csv"
    path.write_text(path.read_text().replace("exit_reason", f"exit{character}_reason"))
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.column) == ("waiting.csv", 1, "exit_reason")
    assert problem.message.params["code"] == f"U+{ord(character):04X}"


def test_a_byte_order_mark_before_the_header_is_no_part_of_it_and_a_second_is_named(
    tmp_path: Path,
) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / "waiting.csv"
    text = path.read_text()
    path.write_text(f"\ufeff{text}")
    assert problems_of(folder) == ()
    path.write_text(f"\ufeff\ufeff{text}")
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column) == (1, "case_key")
    assert problem.message.msgid == messages.BYTE_ORDER_MARK.msgid


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_what_is_left_without_them_holds_none(text: str) -> None:
    assert hidden_character(without_hidden(text)) is None
    if text.isascii():
        assert without_hidden(text) == text
