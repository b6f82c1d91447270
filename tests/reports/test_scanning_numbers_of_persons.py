"""A number of a person is found however it is written; other numbers are let through."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from jbn_oversight.personal_numbers import (
    count_in,
    no_personal_numbers,
    refuse_personal_numbers,
)
from jbn_oversight.refusals import RefusedError

A_BSN = "111222333"


@pytest.mark.parametrize(
    "text",
    [
        A_BSN,
        f"BSN {A_BSN}.",
        f"kind ({A_BSN})",
        f"a;{A_BSN};b",
        f"1,{A_BSN},5",
        "111 222 333",
        "111.222.333",
        "111-222-333",
        "1112.22.333",
        "111\u00a0222\u00a0333",
        "111\u200b222333",
        "１１１２２２３３３",
        f"GM0106-{A_BSN}",
        "BSN: 12345678",
        "burgerservicenummer is 123456789",
        "cliëntnummer 20 4451",
        "geboortedatum: 12-03-2011",
        "geboren op 3 maart 2012",
    ],
)
def test_a_number_of_a_person_is_found(text: str) -> None:
    assert count_in(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789",  # nine digits that fail the eleven-test
        "050 000 00 00",
        "050 - 111 22 33 33",
        "+31 111 222 333",
        "€ 111.222.333",
        "111.222.333 euro",
        "111 222 333,00",
        "0,111222333",
        "1112223330",
        "27-03-2025, 10.00 uur",
        "000000000",
        "zaaknummer 2025-001122",
        "artikel 2.4, lid 2, Jeugdwet",
        "NL91 ABNA 0417 1643 00",
    ],
)
def test_another_number_is_let_through(text: str) -> None:
    assert count_in(text) == 0


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_each_nine_digits_are_found_if_and_only_if_they_pass_the_eleven_test(number: int) -> None:
    text = f"{number:09d}"
    assert count_in(f"nummer {text}, ja") == (1 if bsn.is_valid(text) else 0)


def test_each_place_counts_once() -> None:
    assert count_in(f"BSN {A_BSN} en nog eens {A_BSN}") == 2


def test_the_refusal_repeats_no_number() -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_personal_numbers("Goed.", f"Kind {A_BSN}")
    with pytest.raises(ValidationError) as invalid:
        no_personal_numbers(A_BSN)
    for words in (str(refused.value), str(invalid.value)):
        assert A_BSN not in words
        assert "BSN" in words


def test_text_without_numbers_passes() -> None:
    refuse_personal_numbers("Voor 350 jeugdigen.", "")
    no_personal_numbers("Voor 350 jeugdigen.")
