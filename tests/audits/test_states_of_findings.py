"""The state of a finding, against a second method that was thought up apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.audits_held.rules.findings import (
    FindingState,
    Judged,
    WrongOrder,
    choices_in,
    state_after,
    wrong_order,
)

JUDGEMENTS = st.lists(st.sampled_from(list(Judged)), max_size=12)


def naive_state(judgements: list[Judged]) -> FindingState:
    """Look back from the end for the last word that moved it."""
    text = "".join({"closed": "c", "still_open": "s", "reopened": "r"}[each] for each in judgements)
    last_closed, last_reopened = text.rfind("c"), text.rfind("r")
    if last_closed == last_reopened == -1:
        return FindingState.OPEN
    return FindingState.CLOSED if last_closed > last_reopened else FindingState.REOPENED


def naive_is_allowed(judgements: list[Judged]) -> bool:
    """Each one is judged by the whole of what came before it."""
    for place, judged in enumerate(judgements):
        closed_now = naive_state(judgements[:place]) is FindingState.CLOSED
        if (judged is Judged.REOPENED) != closed_now:
            return False
    return True


@given(JUDGEMENTS)
def test_the_state_is_what_the_last_word_that_moved_it_says(judgements: list[Judged]) -> None:
    assert state_after(judgements) is naive_state(judgements)


@given(JUDGEMENTS)
def test_an_order_is_refused_just_where_one_judgement_does_not_fit_what_came_before(
    judgements: list[Judged],
) -> None:
    assert (wrong_order(judgements) is None) == naive_is_allowed(judgements)


@given(JUDGEMENTS)
def test_what_can_be_chosen_is_just_what_is_not_refused(judgements: list[Judged]) -> None:
    if wrong_order(judgements) is not None:
        return
    allowed = {each for each in Judged if wrong_order([*judgements, each]) is None}
    assert allowed == set(choices_in(state_after(judgements)))


@pytest.mark.parametrize(
    ("judgements", "state"),
    [
        ([], FindingState.OPEN),
        ([Judged.STILL_OPEN], FindingState.OPEN),
        ([Judged.CLOSED], FindingState.CLOSED),
        ([Judged.CLOSED, Judged.REOPENED], FindingState.REOPENED),
        ([Judged.CLOSED, Judged.REOPENED, Judged.STILL_OPEN], FindingState.REOPENED),
        ([Judged.CLOSED, Judged.REOPENED, Judged.CLOSED], FindingState.CLOSED),
    ],
)
def test_a_finding_stands_as_its_story_says(judgements: list[Judged], state: FindingState) -> None:
    assert state_after(judgements) is state


@pytest.mark.parametrize(
    ("judgements", "why"),
    [
        ([Judged.REOPENED], WrongOrder.NEVER_CLOSED),
        ([Judged.STILL_OPEN, Judged.REOPENED], WrongOrder.NEVER_CLOSED),
        ([Judged.CLOSED, Judged.CLOSED], WrongOrder.CLOSED_ALREADY),
        ([Judged.CLOSED, Judged.STILL_OPEN], WrongOrder.CLOSED_ALREADY),
        ([Judged.CLOSED, Judged.REOPENED, Judged.REOPENED], WrongOrder.NEVER_CLOSED),
    ],
)
def test_a_story_that_cannot_be_says_why(judgements: list[Judged], why: WrongOrder) -> None:
    assert wrong_order(judgements) is why


def test_open_means_that_something_is_still_to_be_mended() -> None:
    assert [state for state in FindingState if state.is_open] == [
        FindingState.OPEN,
        FindingState.REOPENED,
    ]
