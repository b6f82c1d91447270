"""A pasted letter gives suggestions for the fields; what it does not say stays empty."""

from __future__ import annotations

import pytest

from audits.certificates.rules.letters import (
    certificate_suggested,
    condition_suggested,
    decision_suggested,
)
from audits.letters.rules import read
from reports.demo.facts import day


@pytest.mark.parametrize(
    ("letter", "suggested"),
    [
        (
            "Datum: 19 december 2024. Uw aanvraag van 1 juli 2024. Wij verlenen een "
            "overbruggingscertificaat voor negen maanden, vanaf 20 december 2024.",
            {
                "kind": "bridging",
                "months": 9,
                "applied": day("2024-07-01"),
                "decided": day("2024-12-19"),
                "starts": day("2024-12-20"),
            },
        ),
        (
            "Het certificaat geldt drie jaar, van 21-09-2025 tot en met 21-09-2028.",
            {
                "kind": "certificate",
                "months": 36,
                "starts": day("2025-09-21"),
                "ends": day("2028-09-21"),
            },
        ),
        (
            "Het voorlopig certificaat loopt af eind mei 2026.",
            {
                "kind": "provisional",
                "ends": day("2026-05 late"),
            },
        ),
        ("Geachte heer, mevrouw, dank voor het gesprek.", {}),
    ],
)
def test_a_letter_with_a_certificate(letter: str, suggested: dict[str, object]) -> None:
    assert certificate_suggested(read(letter)) == suggested


def test_a_letter_with_a_later_decision() -> None:
    letter = (
        "Bij besluit van 3 maart 2025 is het certificaat ingetrokken met ingang van 1 mei 2025."
    )
    assert decision_suggested(read(letter)) == {
        "kind": "withdrawn",
        "decided": day("2025-03-03"),
        "effective": day("2025-05-01"),
    }


def test_a_letter_with_a_condition() -> None:
    assert condition_suggested(read("U levert het plan aan vóór 1 juni 2025.")) == {
        "due": day("2025-06-01")
    }


def test_the_day_of_the_decision_may_stand_before_the_word() -> None:
    text = (
        "Op 3 februari 2026 hebben wij besloten u een certificaat te verlenen. "
        "Het geldt met ingang van 1 maart 2026 voor drie jaar."
    )
    said = certificate_suggested(read(text))
    assert (said["decided"], said["starts"], said["months"]) == (
        day("2026-02-03"),
        day("2026-03-01"),
        36,
    )


def test_a_day_on_which_it_begins_is_not_that_of_the_decision() -> None:
    said = certificate_suggested(read("Met ingang van 1 maart 2026 verlenen wij het certificaat."))
    assert "decided" not in said
    assert said["starts"] == day("2026-03-01")
