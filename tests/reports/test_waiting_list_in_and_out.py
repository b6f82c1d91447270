"""Who came onto and left the waiting list: protected, and on the dashboard."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Observation
from jbn_oversight.accounts.models import User
from reports.figures.rules.disclosure import protected_flow
from reports.figures.selectors.figures import Audience
from reports.figures.selectors.waiting import LEFT, Flow, waiting_flow
from tests.factories.people import Cast, institution, municipality
from tests.factories.results import RECORDED_AT, SEPTEMBER, WHOLE, result, run

numbers = st.integers(0, 12)
UNHURRIED = settings(deadline=None, max_examples=50)
ways_out = st.fixed_dictionaries(dict.fromkeys(LEFT, numbers))
PAGE = reverse("reports:overview", args=["jbn"]) + "?on=2025-09-30"
CAPTION = "Op en van de wachtlijst in september 2025, in plaatsingen"


def out(**small: int) -> dict[str, int]:
    """Twenty for each reason, but for those named."""
    return {reason: small.get(reason, 20) for reason in LEFT}


def hidden(came: int, went: dict[str, int]) -> set[str]:
    """What an alderman does not get."""
    entered, left = protected_flow(came, went, Audience.PROTECTED)
    gone = {reason for reason, number in left.items() if number is None}
    return gone | ({"entered"} if entered is None else set())


@pytest.mark.parametrize(("number", "hides"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_hidden_in_and_out(number: int, hides: bool) -> None:
    assert ("entered" in hidden(number, out())) is hides
    assert ("helped" in hidden(30, out(helped=number))) is hides


def test_one_small_way_out_takes_another_with_it() -> None:
    assert hidden(30, out(helped=3)) == {"helped", "withdrawn"}
    assert hidden(30, out(withdrawn=3)) == {"withdrawn", "transferred"}


def test_two_small_ways_out_that_are_small_together_take_a_third() -> None:
    assert hidden(30, out(helped=3, unknown=1)) == {"helped", "unknown", "withdrawn"}
    assert hidden(30, out(helped=4, unknown=4)) == {"helped", "unknown"}


def test_who_entered_cannot_be_taken_from_who_left() -> None:
    assert hidden(2, out()) == {"entered", "withdrawn", "transferred"}


@pytest.mark.parametrize(("later", "hides"), [(None, 0), (0, 0), (1, 1), (4, 1), (5, 0)])
def test_who_came_a_year_later_cannot_be_taken_from_who_left_and_two_bases(
    later: int | None, hides: int
) -> None:
    _entered, left = protected_flow(30, out(), Audience.PROTECTED, came_a_year_later=later)
    assert [reason for reason, number in left.items() if number is None] == ["withdrawn"][:hides]


@UNHURRIED
@given(numbers, ways_out, st.integers(1, 4))
def test_with_a_small_number_a_year_later_no_sum_of_the_ways_out_is_known(
    came: int, went: dict[str, int], later: int
) -> None:
    _entered, left = protected_flow(came, went, Audience.PROTECTED, came_a_year_later=later)
    assert None in left.values()
    assert all(left[reason] is None for reason, number in went.items() if 0 < number < 5)


@UNHURRIED
@given(numbers, ways_out)
def test_never_is_one_way_out_hidden_alone(came: int, went: dict[str, int]) -> None:
    gone = hidden(came, went)
    assert len(gone - {"entered"}) != 1
    assert gone != {"entered"}
    assert gone >= {reason for reason, number in went.items() if 0 < number < 5}


@UNHURRIED
@given(numbers, ways_out)
def test_what_is_shown_is_exact_or_to_fives_for_councils(came: int, went: dict[str, int]) -> None:
    entered, left = protected_flow(came, went, Audience.PROTECTED)
    for shown, number in [(entered, came), *((left[reason], went[reason]) for reason in went)]:
        assert shown in (None, number)
    rough, fives = protected_flow(came, went, Audience.COUNCIL)
    assert (rough is None) == (entered is None)
    for reason, five in fives.items():
        assert (five is None) == (left[reason] is None)
        assert five is None or (five % 5 == 0 and abs(five - went[reason]) <= 2)


def observed(
    series: str, value: int, place: str = "GM0106", month: date = SEPTEMBER, measure: int = 11
) -> Observation:
    """One cell of a series as a run leaves it."""
    return Observation.objects.create(
        institution=institution(),
        series=series,
        municipality=municipality(place),
        measure=measure,
        month=month,
        value=Decimal(value),
        run_public_id="made-by-hand",
        recorded_at=RECORDED_AT,
    )


@pytest.fixture
def moves(db: None) -> None:
    """September: 1,030 in; out 24 helped, 3 withdrawn, 6 transferred, and 5 for no known reason."""
    observed("spells_entered", 1000)
    observed("spells_entered", 30, "GM0014")
    observed("spells_helped", 20)
    observed("spells_helped", 4, measure=21)
    observed("spells_withdrawn", 3)
    observed("spells_transferred", 6)
    observed("spells_left_unknown", 5)
    observed("spells_helped", 70, month=date(2025, 8, 1))
    observed("spells_open", 400)
    result(run(), "waiting_youths", WHOLE, 320)


def flow(audience: Audience, known_at: datetime | None = None) -> Flow | None:
    """September's."""
    return waiting_flow(
        institution=institution(), month=SEPTEMBER, audience=audience, known_at=known_at
    )


@pytest.mark.usefixtures("moves")
def test_cells_are_added_over_municipalities_and_measures() -> None:
    assert flow(Audience.EXACT) == Flow(
        SEPTEMBER,
        1030,
        {"withdrawn": 3, "transferred": 6, "list_cleaned": 0, "unknown": 5, "helped": 24},
    )


@pytest.mark.django_db
def test_a_few_that_came_a_year_later_hide_a_way_out_of_this_month() -> None:
    observed("spells_entered", 30)
    for series in LEFT.values():
        observed(series, 20)
    observed("spells_entered", 30, month=date(2026, 9, 1))
    before = flow(Audience.PROTECTED)
    assert before is not None
    assert None not in before.left.values()
    observed("spells_entered", 3, month=date(2026, 9, 1), place="GM0014")
    Observation.objects.filter(month=date(2026, 9, 1), value=30).update(superseded_at=RECORDED_AT)
    after = flow(Audience.PROTECTED)
    assert after is not None
    assert after.left["withdrawn"] is None
    assert after.entered == 30


@pytest.mark.usefixtures("moves")
def test_what_was_not_yet_known_is_not_there() -> None:
    assert flow(Audience.EXACT, RECORDED_AT - timedelta(seconds=1)) is None
    assert flow(Audience.EXACT, RECORDED_AT) == flow(Audience.EXACT)


@pytest.mark.django_db
def test_a_month_that_was_never_counted_has_no_noughts() -> None:
    observed("spells_open", 400)
    assert flow(Audience.EXACT) is None


def page(user: User) -> str:
    """The dashboard as somebody gets it."""
    client = Client()
    client.force_login(user)
    return client.get(PAGE).content.decode()


def cells(text: str) -> list[str]:
    """The numbers of the table, from the top."""
    _before, _caption, table = text.partition(CAPTION)
    return re.findall(r"<td[^>]*>([^<]*)</td>", table.partition("</tbody>")[0])


@pytest.mark.usefixtures("moves")
def test_an_alderman_sees_in_and_out_without_small_numbers(cast: Cast) -> None:
    closed = "afgeschermd, klein aantal"
    expected = ["1.030", "24", closed, "0", closed, "5"]
    assert cells(page(cast.alderman)) == expected
    # Exact in one region is not exact in the whole.
    assert cells(page(cast.contract_manager)) == expected


@pytest.mark.usefixtures("moves")
def test_the_institution_sees_its_own_exactly(cast: Cast) -> None:
    text = page(cast.institution)
    assert cells(text) == ["1.030", "24", "3", "0", "6", "5"]
    for label in ("In", "Uit: geholpen", "Uit: lijst opgeschoond", "Uit: reden niet bekend"):
        assert f'<th scope="row">{label}</th>' in text


@pytest.mark.django_db
def test_without_counted_moves_there_is_no_table(cast: Cast) -> None:
    result(run(), "waiting_youths", WHOLE, 320)
    text = page(cast.institution)
    assert 'id="waiting"' in text
    assert CAPTION not in text
