"""Municipalities in what councils get: all of them protected together, no matter who asks."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from reports.figures.rules.figures import FigureState
from reports.figures.selectors.figures import Audience, FigureScope, FigureTable, figures
from tests.cases.disclosure_attack import Span, Sum, by_programme
from tests.factories.people import institution
from tests.factories.results import ASSEN, DRENTHE, EMMEN, GRONINGEN, SEPTEMBER, WHOLE, result, run

pytestmark = pytest.mark.django_db

STAD = FigureScope("municipality", "GM0014")
WESTERKWARTIER = FigureScope("municipality", "GM1969")
HOOGEVEEN = FigureScope("municipality", "GM0118")
COUNTS = {STAD: 210, WESTERKWARTIER: 3, ASSEN: 61, EMMEN: 2, HOOGEVEEN: 48}
IN_REGION = {GRONINGEN: (STAD, WESTERKWARTIER), DRENTHE: (ASSEN, EMMEN, HOOGEVEEN)}


@pytest.fixture(autouse=True)
def running() -> None:
    """Running measures of five municipalities, two of them small."""
    by = run()
    for place, count in COUNTS.items():
        result(by, "running_measures", place, count)
    for region, places in IN_REGION.items():
        result(by, "running_measures", region, sum(COUNTS[place] for place in places))
    result(by, "running_measures", WHOLE, sum(COUNTS.values()))


def asked(
    scopes: Iterable[FigureScope], kpis: Iterable[str] = ("running_measures",)
) -> FigureTable:
    """The figures as a council gets them."""
    return figures(
        institution=institution(),
        kpis=kpis,
        scopes=scopes,
        months=[SEPTEMBER],
        audience=Audience.COUNCIL,
    )


def test_a_council_gets_its_municipality_in_fives_and_no_small_one() -> None:
    table = asked([ASSEN, EMMEN])
    assert table.get("running_measures", ASSEN, SEPTEMBER).value == 60
    emmen = table.get("running_measures", EMMEN, SEPTEMBER)
    assert emmen.state is FigureState.HIDDEN
    assert (emmen.value, emmen.numerator) == (None, None)


def test_every_variant_hides_the_same() -> None:
    everything = asked([*COUNTS, *IN_REGION, WHOLE])
    for places in ([ASSEN], [EMMEN, DRENTHE], [WHOLE, GRONINGEN], [STAD, WHOLE]):
        one = asked(places, ["running_measures", "plan_6w"])
        for place in places:
            assert one.get("running_measures", place, SEPTEMBER) == everything.get(
                "running_measures", place, SEPTEMBER
            )


def test_all_variants_together_do_not_give_a_small_municipality() -> None:
    table = asked([*COUNTS, *IN_REGION, WHOLE])
    spans: dict[str, Span] = {}
    for place in (*COUNTS, *IN_REGION, WHOLE):
        value = table.get("running_measures", place, SEPTEMBER).value
        shown = None if value is None else int(value)
        spans[place.code] = (0, 10_000) if shown is None else (max(shown - 2, 0), shown + 2)
    sums: list[Sum] = [
        (region.code, [place.code for place in places]) for region, places in IN_REGION.items()
    ]
    sums.append((WHOLE.code, [region.code for region in IN_REGION]))
    for place in (WESTERKWARTIER, EMMEN):
        assert spans[place.code] == (0, 10_000)
        low, high = by_programme(spans, sums, place.code)
        assert high - low >= 5


def test_a_total_is_the_total_and_not_the_sum_of_what_is_shown() -> None:
    shown = asked([WHOLE]).get("running_measures", WHOLE, SEPTEMBER)
    assert shown.value == Decimal(325)


def test_an_alderman_still_asks_in_vain() -> None:
    with pytest.raises(ValueError, match="municipality"):
        figures(
            institution=institution(),
            kpis=["running_measures"],
            scopes=[ASSEN],
            months=[SEPTEMBER],
            audience=Audience.PROTECTED,
        )
