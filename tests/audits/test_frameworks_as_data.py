from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audits.frameworks.actions import load_framework, load_shipped, save_category
from audits.frameworks.imports.rows import COLUMNS, EXAMPLE, from_rows, from_toml, is_toml
from audits.frameworks.reference import NORMS_OF_THE_INSPECTORATE, SCHEME
from audits.frameworks.rules import FrameworkFile, RequirementRow, ThemeRow
from audits.imports.problems import WrongFileError
from audits.models.findings import FindingCategory
from certification.models.frameworks import NormFramework, NormTheme, Requirement
from jbn_oversight.refusals import RefusedError
from tests.audits.audits_cast import body
from tests.factories.people import Cast

ROWS = [(2, dict(zip(COLUMNS, EXAMPLE[1], strict=True)))] + [
    (number, dict(zip(COLUMNS, row, strict=True))) for number, row in enumerate(EXAMPLE[2:], 3)
]
TOML = """
kader = "voorbeeldkader"
versie = "1.0"
titel = "Voorbeeld van een normenkader (fictief)"
instantie = "kmi"
geldig_vanaf = 2026-01-01
uitgever = "Keurmerkinstituut"
bron = "Titel van het stuk waar het kader in staat"

[[thema]]
code = "organisatie"
titel = "Organisatie en processen"
eis = [
  { code = "3.1", tekst = "Fictieve eis: ieder besluit staat op papier." },
  { code = "3.2", tekst = "Fictieve eis: er is een jaarplan." },
]

[[thema]]
code = "samenwerking"
titel = "Samenwerking"
[[thema.eis]]
code = "4.1"
tekst = "Fictieve eis: afspraken zijn bekend."
"""


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (('versie = "1.0"', "versie = 1.10"), "versie"),
        (('code = "4.1"', "code = 4.10"), "eis_code"),
        (('code = "4.1"', "code = 2026-01-04"), "eis_code"),
        (('code = "samenwerking"', "code = true"), "thema_code"),
    ],
)
def test_a_code_in_toml_without_quotation_marks_is_refused(
    said: tuple[str, str], column: str
) -> None:
    with pytest.raises(WrongFileError) as error:
        from_toml(TOML.replace(*said).encode())
    assert [one.column for one in error.value.wrong] == [column]


@pytest.mark.parametrize("start", ["", "\ufeff", "# Een verzonnen kader\n\n", "  "])
def test_toml_is_known_by_its_first_words(start: str) -> None:
    assert is_toml((start + TOML.strip()).encode())


@pytest.mark.parametrize(
    "start", ["kader;versie;titel", '"kader","versie"', "sep=;\nkader;versie", "", "PK\x03\x04"]
)
def test_a_table_is_not_taken_for_toml(start: str) -> None:
    assert not is_toml(start.encode())


def with_cell(row: int, column: str, value: str) -> list[tuple[int, dict[str, str]]]:
    """The example with one cell changed."""
    return [
        (number, {**cells, column: value} if number == row else cells) for number, cells in ROWS
    ]


def fuller(**changes: object) -> FrameworkFile:
    """The shipped scheme with a made-up requirement."""
    first, *rest = SCHEME.themes
    asked = replace(first, requirements=(RequirementRow("1.1", "Fictieve eis."),))
    head = replace(SCHEME.head, **changes)  # type: ignore[arg-type]
    return FrameworkFile(head, (asked, *rest))


@pytest.mark.django_db
def test_what_ships_is_what_is_publicly_known_and_no_more() -> None:
    load_shipped(by=None)
    scheme = NormFramework.objects.get(authority__code="kmi")
    assert (scheme.version, scheme.valid_from, scheme.valid_until) == (
        "2.0",
        date(2018, 1, 1),
        None,
    )
    assert [theme.title for theme in scheme.themes.all()] == [
        "Deskundigheid van medewerkers",
        "Methodieken en interventies",
        "Organisatie en processen",
        "Samenwerking",
    ]
    norms = NormFramework.objects.get(authority__code="igj")
    assert norms.themes.count() == len(NORMS_OF_THE_INSPECTORATE.themes) == 5
    assert not Requirement.objects.exists()
    assert [row.label for row in FindingCategory.objects.filter(authority__code="kmi")] == [
        "kritisch feit",
        "tekortkoming",
        "observatie",
    ]


@pytest.mark.django_db
def test_loading_what_ships_twice_changes_nothing_and_keeps_changed_words(cast: Cast) -> None:
    assert load_shipped(by=None) == 5
    word = FindingCategory.objects.get(code="observatie")
    word.label = "verbeterpunt"
    save_category(category=word, by=cast.adviser)
    assert load_shipped(by=None) == 0
    assert FindingCategory.objects.get(code="observatie").label == "verbeterpunt"
    assert word.history.first().history_user == cast.adviser


@pytest.mark.django_db
def test_a_fuller_file_adds_requirements_to_the_version_that_is_here() -> None:
    load_shipped(by=None)
    loaded = load_framework(file=fuller(), by=None)
    assert (loaded.is_new, loaded.themes, loaded.requirements) == (False, 0, 1)
    assert not load_framework(file=fuller(), by=None).changed


@pytest.mark.django_db
def test_other_words_under_the_same_version_are_refused_and_nothing_is_stored() -> None:
    load_shipped(by=None)
    first, *rest = SCHEME.themes
    changed = FrameworkFile(
        SCHEME.head,
        (ThemeRow("nieuw", "Nieuw thema"), replace(first, title="Anders"), *rest),
    )
    with pytest.raises(RefusedError):
        load_framework(file=changed, by=None)
    with pytest.raises(RefusedError):
        load_framework(file=fuller(valid_from=date(2019, 1, 1)), by=None)
    assert NormTheme.objects.filter(framework__code=SCHEME.head.code).count() == 4


@pytest.mark.django_db
def test_a_new_version_never_changes_an_old_one() -> None:
    load_shipped(by=None)
    old = NormFramework.objects.get(code=SCHEME.head.code)
    before = (old.history.count(), list(old.themes.values_list("pk", "title")))
    loaded = load_framework(file=fuller(version="3.0", valid_from=date(2027, 1, 1)), by=None)
    assert loaded.is_new
    assert (old.history.count(), list(old.themes.values_list("pk", "title"))) == before
    assert NormFramework.objects.filter(code=SCHEME.head.code).count() == 2


@pytest.mark.django_db
def test_an_authority_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(RefusedError, match="kmi"):
        load_framework(file=fuller(authority="elders"), by=None)


@pytest.mark.django_db
def test_the_database_holds_a_version_and_a_code_once() -> None:
    load_shipped(by=None)
    framework = NormFramework.objects.get(code=SCHEME.head.code)
    theme = framework.themes.all()[0]
    theme.pk = None
    with pytest.raises(IntegrityError, match="theme_code_once"), transaction.atomic():
        theme.save()
    framework.pk, framework.public_id = None, "x" * 22
    with pytest.raises(IntegrityError, match="framework_version_once"), transaction.atomic():
        framework.save()
    word = FindingCategory.objects.all()[0]
    word.pk = None
    with pytest.raises(IntegrityError, match="finding_category_once"), transaction.atomic():
        word.save()


@pytest.mark.django_db
def test_a_word_of_a_body_stands_once(cast: Cast) -> None:
    load_shipped(by=None)

    def word(label: str, code: str = "") -> FindingCategory:
        row = FindingCategory(authority=body(), label=label, code=code)
        return save_category(category=row, by=cast.adviser)

    with pytest.raises(RefusedError):
        word("iets anders", "observatie")
    with pytest.raises(RefusedError):
        word("Observatie", "anders")
    assert word("verbeterpunt").code == "verbeterpunt"


def test_a_table_and_toml_say_the_same() -> None:
    assert from_rows(ROWS) == from_toml(TOML.encode())
    assert from_rows(ROWS).themes[0].requirements[1].code == "3.2"


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (2, "kader", ""),
        (2, "kader", "Met Hoofdletters"),
        (2, "versie", ""),
        (2, "geldig_vanaf", "1 januari"),
        (2, "adres", "javascript:alert(1)"),
        (2, "titel", "x" * 201),
        (3, "versie", "2.0"),
        (3, "thema_code", ""),
        (3, "thema", ""),
        (3, "thema", "Andere titel"),
        (3, "eis", ""),
        (3, "eis_code", ""),
        (3, "eis_code", "3.1"),
        (3, "eis", "x" * 1001),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(row: int, column: str, value: str) -> None:
    with pytest.raises(WrongFileError) as error:
        from_rows(with_cell(row, column, value))
    assert (row, column) in [(each.row, each.column) for each in error.value.wrong]
    assert value == "" or not any(value in each.sentence for each in error.value.wrong)


@pytest.mark.parametrize(
    "text", ["", "kader = ", "thema = 3", '[[thema]]\neis = "x"', "\xff", "[[thema]]\ncode='a'"]
)
def test_what_is_no_framework_in_toml_is_refused(text: str) -> None:
    with pytest.raises(WrongFileError):
        from_toml(text.encode("latin-1"))


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(WrongFileError):
        from_rows([])
