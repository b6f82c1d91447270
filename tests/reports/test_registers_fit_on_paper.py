from __future__ import annotations

from datetime import date

import pypdfium2
from django.utils import translation

from audits.rules.registers import Register, RegisterColumn
from reports.pdf import gate
from reports.registers.exports import printed
from reports.registers.rules import widths

SENTENCE = "Het plan van aanpak lag bij een deel van de nieuwe maatregelen niet op tijd vast."


def register(columns: int, cell: str = SENTENCE) -> Register:
    names = tuple(RegisterColumn(f"Kolom {number}", long=True) for number in range(columns))
    rows = tuple((f"1.{row}", *[cell] * (columns - 1)) for row in range(3))
    return Register("Bevindingen", date(2031, 1, 2), names, rows)


def pages_of(made: Register) -> pypdfium2.PdfDocument:
    with translation.override("nl"):
        pdf = printed(made, "Een instelling")
    assert gate.check(pdf.data) == []
    return pypdfium2.PdfDocument(pdf.data)


def test_columns_fill_the_sheet_and_none_is_narrower_than_its_longest_word() -> None:
    found = widths(["Nummer", "Verantwoordelijke"], [["1", SENTENCE]])
    assert found is not None
    assert abs(sum(found) - 100) < 0.01
    assert min(found) > 5


def test_columns_of_sentences_that_do_not_fit_side_by_side_have_no_widths() -> None:
    assert widths([f"Kolom {n}" for n in range(12)], [[SENTENCE] * 12]) is None


def test_a_few_columns_stand_side_by_side_on_a_sheet_on_its_side() -> None:
    page = pages_of(register(4))[0]
    assert page.get_width() > page.get_height()


def test_many_columns_are_printed_as_a_list_for_each_row() -> None:
    document = pages_of(register(13))
    assert document[0].get_width() < document[0].get_height()
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    for words in ("1. 1.0", "3. 1.2", "Kolom 12", "iedere rij staat hier als lijst"):
        assert words in text


def test_nothing_runs_off_the_sheet() -> None:
    for columns in (4, 8, 13):
        for page in pages_of(register(columns)):
            text = page.get_textpage()
            for at in range(text.count_rects()):
                left, _bottom, right, _top = text.get_rect(at)
                assert left >= 0
                assert right <= page.get_width()


def test_a_row_taller_than_a_sheet_is_printed_as_a_list_that_goes_on() -> None:
    document = pages_of(register(3, " ".join([SENTENCE] * 60)))
    assert document[0].get_width() < document[0].get_height()
    assert len(document) > 2
