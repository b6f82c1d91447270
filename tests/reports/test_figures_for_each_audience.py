"""Figures: each audience gets its own, protected in one place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from certification.compliance.rules.judging import State, Verdict
from certification.models import KpiResult
from reports.figures.rules.disclosure import interval_of
from reports.figures.rules.figures import Figure, FigureState
from reports.figures.selectors.figures import Audience, FigureScope, FigureTable, figures
from tests.factories.people import institution
from tests.factories.results import (
    ASSEN,
    DRENTHE,
    GRONINGEN,
    RECORDED_AT,
    SEPTEMBER,
    WHOLE,
    result,
    run,
)

pytestmark = pytest.mark.django_db
PLACES = (WHOLE, GRONINGEN, DRENTHE)


def read(
    kpi: str = "contact_5wd",
    audience: Audience = Audience.PROTECTED,
    *,
    exact_for: frozenset[FigureScope] = frozenset(),
    known_at: datetime | None = None,
    months: tuple[date, ...] = (SEPTEMBER,),
) -> FigureTable:
    """The figures of the three places."""
    return figures(
        institution=institution(),
        kpis=[kpi],
        scopes=PLACES,
        months=months,
        audience=audience,
        exact_for=exact_for,
        known_at=known_at,
    )


def sums(figure: Figure) -> list[Decimal | int | None]:
    """Both sums of a figure."""
    return [figure.numerator, figure.denominator]


def contact(drenthe: tuple[int, int], groningen: tuple[int, int]) -> None:
    """First contact in both regions and the whole."""
    by = run()
    result(by, "contact_5wd", DRENTHE, *drenthe, norm=100)
    result(by, "contact_5wd", GRONINGEN, *groningen, norm=100)
    both = (drenthe[0] + groningen[0], drenthe[1] + groningen[1])
    result(by, "contact_5wd", WHOLE, *both, norm=100)


def test_a_figure_over_enough_cases_is_shown_with_both_its_sums() -> None:
    contact((20, 30), (30, 50))
    figure = read().get("contact_5wd", WHOLE, SEPTEMBER)
    assert sums(figure) == [50, 80]
    assert figure.value == Decimal("62.5")
    assert figure.verdict is Verdict.NOT_MET


def test_a_small_region_takes_the_other_region_with_it_but_not_the_whole() -> None:
    contact((3, 30), (30, 50))
    table = read()
    for place in (DRENTHE, GRONINGEN):
        figure = table.get("contact_5wd", place, SEPTEMBER)
        assert figure.hidden
        assert (figure.numerator, figure.denominator, figure.value) == (None, None, None)
        assert not figure.judged
    assert table.get("contact_5wd", WHOLE, SEPTEMBER).value is not None


def test_fewer_than_ten_cases_give_no_percentage_to_anybody() -> None:
    contact((5, 8), (30, 50))
    protected = read().get("contact_5wd", DRENTHE, SEPTEMBER)
    exact = read(audience=Audience.EXACT).get("contact_5wd", DRENTHE, SEPTEMBER)
    assert protected.state is exact.state is FigureState.FEW_CASES
    assert protected.value is exact.value is None
    assert (protected.numerator, protected.denominator) == (None, None)
    assert sums(exact) == [5, 8]


def test_a_contract_manager_of_one_region_cannot_work_out_the_other() -> None:
    contact((20, 30), (3, 50))
    table = read(exact_for=frozenset({DRENTHE}))
    assert table.get("contact_5wd", DRENTHE, SEPTEMBER).value is not None
    assert table.get("contact_5wd", GRONINGEN, SEPTEMBER).hidden
    assert table.get("contact_5wd", WHOLE, SEPTEMBER).hidden


def test_a_council_gets_fives_and_the_percentage_that_they_make() -> None:
    contact((21, 32), (33, 51))
    figure = read(audience=Audience.COUNCIL).get("contact_5wd", WHOLE, SEPTEMBER)
    assert sums(figure) == [55, 85]
    assert figure.value == Decimal(55) / Decimal(85) * 100


def test_hiding_comes_before_rounding() -> None:
    contact((3, 30), (30, 50))
    assert read(audience=Audience.COUNCIL).get("contact_5wd", DRENTHE, SEPTEMBER).hidden


def test_no_cases_is_neither_nought_nor_a_hundred_percent() -> None:
    contact((0, 0), (30, 50))
    figure = read().get("contact_5wd", DRENTHE, SEPTEMBER)
    assert figure.state is FigureState.NO_CASES
    assert figure.value is None


def test_a_number_beside_a_figure_is_protected_like_the_figure() -> None:
    by = run()
    for place, aside in ((WHOLE, 12), (GRONINGEN, 10), (DRENTHE, 2)):
        result(by, "contact_5wd", place, 20, 40, norm=100, aside=aside)
    table = read()
    assert table.get("contact_5wd", WHOLE, SEPTEMBER).aside == 12
    assert table.get("contact_5wd", DRENTHE, SEPTEMBER).aside is None
    assert table.get("contact_5wd", GRONINGEN, SEPTEMBER).aside is None


def test_a_month_that_was_never_computed_is_not_delivered() -> None:
    figure = read().get("contact_5wd", WHOLE, SEPTEMBER)
    assert figure.state is FigureState.NOT_DELIVERED


def test_a_median_that_is_not_reached_says_so() -> None:
    by = run()
    result(by, "waiting_median_days", WHOLE, None, 40, state=State.NOT_REACHED)
    figure = read("waiting_median_days").get("waiting_median_days", WHOLE, SEPTEMBER)
    assert figure.state is FigureState.NOT_REACHED
    assert figure.denominator == 40


def test_a_municipality_is_exact_or_not_there() -> None:
    with pytest.raises(ValueError, match="municipality"):
        figures(
            institution=institution(),
            kpis=["contact_5wd"],
            scopes=[ASSEN],
            months=[SEPTEMBER],
            audience=Audience.PROTECTED,
        )


def test_what_was_known_on_a_day_stays_readable_after_a_correction() -> None:
    by = run()
    old = result(by, "running_youths", WHOLE, 900)
    later = RECORDED_AT + timedelta(days=10)
    KpiResult.objects.filter(pk=old.pk).update(superseded_at=later)
    result(run(at=later), "running_youths", WHOLE, 905)

    def value(at: datetime | None) -> Decimal | None:
        table = read("running_youths", known_at=at)
        return table.get("running_youths", WHOLE, SEPTEMBER).value

    assert value(None) == 905
    assert value(RECORDED_AT + timedelta(days=1)) == 900
    assert value(datetime(2025, 1, 1, tzinfo=UTC)) is None


def test_an_interval_stands_beside_fewer_than_thirty_cases_only() -> None:
    contact((12, 20), (30, 50))
    table = read()
    assert interval_of(table.get("contact_5wd", DRENTHE, SEPTEMBER)) is not None
    assert interval_of(table.get("contact_5wd", WHOLE, SEPTEMBER)) is None
