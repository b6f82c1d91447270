from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pypdfium2
import pytest
from django.test import Client
from django.utils import translation

from audits.registers import selectors as register_index
from audits.rules.registers import Register, RegisterColumn
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from reports.pdf import gate
from reports.registers import exports as printing
from reports.registers.exports import in_words, printed
from tests.factories.people import Cast

PDF = "/oversight/jbn/registers/proef.pdf"
XLSX = "/oversight/jbn/registers/proef.xlsx"


def register(institution: Institution | None, day: date, rows: int = 2) -> Register:
    columns = (
        RegisterColumn("Nummer"),
        RegisterColumn("Bevinding", long=True),
        RegisterColumn("Uiterlijk"),
    )
    cells = tuple((f"1.{n}", f"Planning {n} ontbreekt.", date(2031, 3, 27)) for n in range(rows))
    return Register("Bevindingen", day, columns, cells, ("Alles hierin is verzonnen.",))


@pytest.fixture
def _one_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_index, "REGISTERS", MappingProxyType({"proef": register}))


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(page.get_textpage().get_text_range() for page in pages)


def read(user: User, path: str) -> tuple[int, bytes]:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    response = client.get(path)
    return response.status_code, response.content


def test_a_register_on_paper_passes_the_gate_and_says_all() -> None:
    with translation.override("nl"):
        pdf = printed(register(None, date(2031, 1, 2)), "Een instelling")
    assert gate.check(pdf.data) == []
    text = text_of(pdf.data)
    for words in ("Een instelling", "2 januari 2031", "Planning 1 ontbreekt.", "27 maart 2031"):
        assert words in text
    assert "Alles hierin is verzonnen." in text


def test_a_long_register_is_printed_in_parts_and_passes_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "ROWS", 20)
    with translation.override("nl"):
        pdf = printed(register(None, date(2031, 1, 2), rows=45), "Een instelling")
    assert gate.check(pdf.data) == []
    assert "Bevindingen, deel 3 van 3" in text_of(pdf.data)


def test_an_empty_register_says_so() -> None:
    with translation.override("nl"):
        pdf = printed(register(None, date(2031, 1, 2), rows=0), "Een instelling")
    assert gate.check(pdf.data) == []
    assert "Er staat nog niets in dit register." in text_of(pdf.data)


def test_the_same_register_gives_the_same_bytes() -> None:
    one, other = (printed(register(None, date(2031, 1, 2)), "Een instelling") for _ in "ab")
    assert one.sha256 == other.sha256


def test_numbers_are_printed_as_the_language_writes_them() -> None:
    with translation.override("nl"):
        assert in_words(Decimal("1200.50")) == "1.200,5"
        assert in_words(Decimal("1200")) == "1.200"
        assert in_words("=1+1") == "=1+1"


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_register")
@pytest.mark.parametrize("path", [PDF, XLSX])
def test_only_who_sees_the_supervision_saves_its_registers(cast: Cast, path: str) -> None:
    assert read(cast.alderman, path)[0] == 200
    assert read(cast.auditor, path)[0] == 200
    for user in (cast.council_member, cast.clerk, cast.nobody):
        assert read(user, path)[0] == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_register")
def test_a_register_stands_as_of_the_day_of_its_page(cast: Cast) -> None:
    _status, data = read(cast.alderman, f"{PDF}?on=2030-12-31")
    assert "31 december 2030" in text_of(data)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_register_that_does_not_exist_is_not_found(cast: Cast, ending: str) -> None:
    assert read(cast.alderman, f"/oversight/jbn/registers/geheim.{ending}")[0] == 404
