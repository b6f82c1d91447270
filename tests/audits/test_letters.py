from __future__ import annotations

from datetime import date

import pytest

from audits.letters.rules import (
    CERTIFICATE_KINDS,
    DECISIONS,
    MEASURES,
    NUMBERS,
    TermUnit,
    Word,
    day_of,
    read,
)
from certification.imprecise_days import ImpreciseDay, Precision

GRANTED = """
Geachte directie,

Op 12 februari 2031 ontvingen wij uw aanvraag. Wij besluiten u een voorlopig certificaat te
verlenen. Het gaat in op 1 maart 2031 en geldt negen (9) maanden. Van 3 tot en met 7 november
2031 houden wij een nieuwe audit; de uitkomst volgt eind december 2031. Binnen zes weken na de
dag van verzending kunt u bezwaar maken.
"""
SUPERVISED = """
De inspecties stellen u met ingang van 05-06-2032 onder verscherpt toezicht, voor de duur van
een half jaar. In het eerste kwartaal van 2033 komen wij opnieuw. Wij zien af van een bevel.
"""


def day(year: int, month: int, on: int, precision: Precision = Precision.DAY) -> ImpreciseDay:
    return ImpreciseDay(date(year, month, on), precision)


def test_a_decision_gives_its_days_in_the_order_of_the_letter() -> None:
    assert [found.day for found in read(GRANTED).days] == [
        day(2031, 2, 12),
        day(2031, 3, 1),
        day(2031, 11, 3),
        day(2031, 11, 7),
        day(2031, 12, 21, Precision.PART_OF_MONTH),
    ]


def test_each_day_comes_with_the_words_of_its_own_sentence_only() -> None:
    asked, starts, *_rest = read(GRANTED).days
    assert asked.words == "12 februari 2031"
    assert asked.around == "Op 12 februari 2031 ontvingen wij uw aanvraag"
    assert "gaat in op 1 maart 2031" in starts.around
    assert "certificaat" not in starts.around


def test_a_day_is_found_by_the_words_beside_it() -> None:
    letter = read(GRANTED)
    assert letter.day_near("gaat in") == day(2031, 3, 1)
    assert letter.day_near("uitkomst") == day(2031, 12, 21, Precision.PART_OF_MONTH)
    assert letter.day_near("vervalt") is None


def test_terms_in_words_are_counted() -> None:
    assert [(term.count, term.unit) for term in read(GRANTED).terms] == [
        (9, TermUnit.MONTHS),
        (6, TermUnit.WEEKS),
    ]
    assert read(GRANTED).months() == 9
    assert read(SUPERVISED).months() == 6


@pytest.mark.parametrize(
    ("words", "count", "unit"),
    [
        ("binnen anderhalf jaar", 18, TermUnit.MONTHS),
        ("voor twee jaar", 24, TermUnit.MONTHS),
        ("een termijn van achttien maanden", 18, TermUnit.MONTHS),
        ("vierentwintig maanden", 24, TermUnit.MONTHS),
        ("9 (negen) maanden", 9, TermUnit.MONTHS),
        ("binnen vijf werkdagen", 5, TermUnit.WORKING_DAYS),
        ("zes weken", 6, TermUnit.WEEKS),
        ("één week", 1, TermUnit.WEEKS),
        ("14 kalenderdagen", 14, TermUnit.DAYS),
        ("tweeënveertig dagen", 42, TermUnit.DAYS),
    ],
)
def test_a_term_is_read_however_it_is_written(words: str, count: int, unit: TermUnit) -> None:
    assert [(term.count, term.unit) for term in read(words).terms] == [(count, unit)]


@pytest.mark.parametrize("words", ["nul maanden", "half weken", "3,5 maanden", "de maanden"])
def test_what_is_no_term_is_left_aside(words: str) -> None:
    assert not read(words).terms


def test_number_words_run_without_a_gap_to_sixty() -> None:
    assert set(range(61)) <= set(NUMBERS.values())


def test_a_provisional_certificate_is_not_also_a_certificate_without_more() -> None:
    letter = read(GRANTED)
    assert [found.word for found in letter.words] == [Word.PROVISIONAL]
    assert letter.first_word(CERTIFICATE_KINDS) == "provisional"
    assert letter.first_word(DECISIONS) == ""


@pytest.mark.parametrize(
    ("words", "among", "value"),
    [
        ("Wij verlenen een overbruggingscertificaat.", CERTIFICATE_KINDS, "bridging"),
        ("U krijgt het certificaat voor drie jaar.", CERTIFICATE_KINDS, "certificate"),
        ("Wij trekken het certificaat per direct in.", DECISIONS, "withdrawn"),
        ("Uw certificaat wordt geschorst.", DECISIONS, "suspended"),
        ("Het besluit om niet te verlengen staat vast.", DECISIONS, "not_renewed"),
        ("De minister geeft een schriftelijke aanwijzing.", MEASURES, "instruction"),
        ("Er komt geïntensiveerd toezicht.", MEASURES, "intensified"),
        ("Het verscherpte toezicht duurt voort.", MEASURES, "heightened"),
    ],
)
def test_the_word_for_a_decision_fills_the_choice(
    words: str, among: tuple[Word, ...], value: str
) -> None:
    assert read(words).first_word(among) == value


def test_days_with_hyphens_and_quarters_are_read() -> None:
    days = [found.day for found in read(SUPERVISED).days]
    assert days == [day(2032, 6, 5), day(2033, 1, 1, Precision.QUARTER)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("27 maart 2025", day(2025, 3, 27)),
        ("27 mrt. 2025", day(2025, 3, 27)),
        ("27-3-2025", day(2025, 3, 27)),
        ("27.03.2025", day(2025, 3, 27)),
        ("2025-03-27", day(2025, 3, 27)),
        ("maart 2025", day(2025, 3, 1, Precision.MONTH)),
        ("Eind februari 2025", day(2025, 2, 21, Precision.PART_OF_MONTH)),
        ("begin van de maand mei 2025", day(2025, 5, 1, Precision.PART_OF_MONTH)),
        ("medio juni 2025", day(2025, 6, 11, Precision.PART_OF_MONTH)),
        ("derde kwartaal 2025", day(2025, 7, 1, Precision.QUARTER)),
        ("kwartaal 3 van 2025", day(2025, 7, 1, Precision.QUARTER)),
        ("Q4 2025", day(2025, 10, 1, Precision.QUARTER)),
        ("2025", day(2025, 1, 1, Precision.YEAR)),
        (" 1 januari  2025 ", day(2025, 1, 1)),
    ],
)
def test_a_typed_day_is_as_precise_as_it_is_written(words: str, expected: ImpreciseDay) -> None:
    assert day_of(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        *("", "31 februari 2025", "27 maart", "vrijdag", "32-01-2025", "27-13-2025", "1825"),
        *("27 maart 2025 of later", "3 tot en met 7 maart 2025", "27-03-25", "20250327"),
    ],
)
def test_what_is_not_one_whole_day_is_not_taken_for_one(words: str) -> None:
    assert day_of(words) is None


def test_a_day_that_does_not_exist_and_one_without_a_year_are_left_aside() -> None:
    assert not read("Op 31 april 2031 en op 27 maart aanstaande.").days


def test_a_number_of_a_dossier_is_no_day() -> None:
    assert not read("Ons kenmerk 2025-12-31-778 en 12-2025-03 en 0512.03.2025.1").days


def test_a_span_over_new_year_starts_in_the_year_before() -> None:
    days = [found.day for found in read("van 15 december tot en met 9 januari 2032").days]
    assert days == [day(2031, 12, 15), day(2032, 1, 9)]


def test_a_letter_without_anything_gives_nothing() -> None:
    assert not read("Met vriendelijke groet, de secretaris.")
    assert not read("")


def test_the_last_word_of_a_letter_stands_beside_its_last_day() -> None:
    text = f"{'Lang geleden begonnen wij. ' * 20}Uiterlijk 3 mei 2031 antwoordt u schriftelijk"
    assert read(text).days[-1].around.endswith("antwoordt u schriftelijk")
