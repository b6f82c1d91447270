"""What an earlier release hid stays hidden in the next, also after a correction."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from certification.models import KpiResult
from reports.figures.actions.releases import record_release
from reports.figures.models import ReleasedCell
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import Audience, FigureScope, FigureTable, figures
from tests.cases.disclosure_attack import Span, Sum, by_programme
from tests.factories.people import institution
from tests.factories.results import DRENTHE, GRONINGEN, RECORDED_AT, SEPTEMBER, WHOLE, result, run

pytestmark = pytest.mark.django_db
PLACES = (WHOLE, GRONINGEN, DRENTHE)
LATER = RECORDED_AT + timedelta(days=10)
KPI = "running_measures"


def counted(groningen: int, drenthe: int, at: datetime = RECORDED_AT) -> None:
    """Running measures of both regions and the whole, as of an instant."""
    KpiResult.objects.filter(superseded_at=None).update(superseded_at=at)
    by = run(at=at)
    for place, count in ((GRONINGEN, groningen), (DRENTHE, drenthe), (WHOLE, groningen + drenthe)):
        result(by, KPI, place, count)


def shown() -> FigureTable:
    """The figures that a council gets now."""
    return figures(
        institution=institution(),
        kpis=[KPI],
        scopes=PLACES,
        months=[SEPTEMBER],
        audience=Audience.COUNCIL,
    )


def quoted(table: FigureTable) -> list[QuotedFigure]:
    """As a document quotes them."""
    return [table.get(KPI, place, SEPTEMBER).quoted(KPI, place.code) for place in PLACES]


def release(key: str, at: datetime) -> dict[FigureScope, Decimal | None]:
    """Send out what a council gets now, and remember it."""
    table = shown()
    record_release(key=key, institution=institution(), quoted=quoted(table), at=at)
    return {place: table.get(KPI, place, SEPTEMBER).value for place in PLACES}


def test_a_release_is_remembered_once_with_what_it_showed_and_hid() -> None:
    counted(42, 3)
    table = shown()
    for expected in (3, 0):
        new = record_release(
            key="version-1", institution=institution(), quoted=quoted(table), at=RECORDED_AT
        )
        assert new == expected
    rows = {row.scope_code: row for row in ReleasedCell.objects.all()}
    assert rows["groningen"].shown == 40
    assert rows["groningen"].count == 42
    assert rows["drenthe"].shown is None
    assert rows["drenthe"].count == 3


@pytest.mark.parametrize("order", [1, -1], ids=["shown first", "hidden first"])
def test_a_count_that_one_figure_shows_and_another_hides_was_shown(order: int) -> None:
    """Youths stand in the count itself and in the caseload, which may be hidden for its workers."""
    by = run()
    result(by, "running_youths", WHOLE, 42)
    result(by, "caseload", WHOLE, 42, 3)
    seen = figures(
        institution=institution(),
        kpis=["running_youths", "caseload"],
        scopes=[WHOLE],
        months=[SEPTEMBER],
        audience=Audience.COUNCIL,
    )
    both = [
        seen.get(kpi, WHOLE, SEPTEMBER).quoted(kpi, "jbn") for kpi in ("running_youths", "caseload")
    ]
    assert [one.numerator is None for one in both] == [False, True]
    record_release(key="version-1", institution=institution(), quoted=both[::order], at=RECORDED_AT)
    assert ReleasedCell.objects.get(series="youths_running").shown == 40


def test_of_a_percentage_both_sums_and_the_number_beside_it_are_remembered() -> None:
    by = run()
    result(by, "plan_6w", WHOLE, 41, 62, aside=12)
    seen = figures(
        institution=institution(),
        kpis=["plan_6w"],
        scopes=[WHOLE],
        months=[SEPTEMBER],
        audience=Audience.COUNCIL,
    )
    quoted_now = [seen.get("plan_6w", WHOLE, SEPTEMBER).quoted("plan_6w", "jbn")]
    record_release(key="version-1", institution=institution(), quoted=quoted_now, at=RECORDED_AT)
    kept = {int(row.count): row.shown for row in ReleasedCell.objects.all()}
    assert kept == {12: 10, 41: 40, 62: 60}


def test_a_release_is_never_forgotten() -> None:
    counted(42, 3)
    release("version-1", RECORDED_AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleasedCell.objects.all().delete()


def test_the_same_figures_again_show_and_hide_the_same() -> None:
    counted(42, 3)
    first = release("version-1", RECORDED_AT)
    assert release("version-2", LATER) == first


def test_two_releases_with_a_correction_between_do_not_give_a_hidden_count() -> None:
    """The whole was 12 with 3 in Drenthe; then Groningen is corrected and Drenthe is not.

    ``old`` and ``new`` name the counts that were corrected, Drenthe is one and the same.
    """
    counted(9, 3)
    first = release("version-1", RECORDED_AT)
    counted(11, 3, at=LATER)
    second = release("version-2", LATER)
    spans: dict[str, Span] = {}
    for name, values in (("old", first), ("new", second)):
        for place, value in values.items():
            key = "drenthe" if place == DRENTHE else f"{name} {place.code}"
            low, high = (0.0, 1000.0) if value is None else (float(value) - 2, float(value) + 2)
            before = spans.get(key, (0.0, 1000.0))
            spans[key] = (max(low, before[0], 0.0), min(high, before[1]))
    sums: list[Sum] = [(f"{n} jbn", [f"{n} groningen", "drenthe"]) for n in ("old", "new")]
    assert first[DRENTHE] is None
    assert second[DRENTHE] is None
    low, high = by_programme(spans, sums, "drenthe")
    assert high - low >= 5


def test_what_was_shown_before_is_known_and_so_cannot_be_the_cover() -> None:
    """Drenthe was 8 and becomes 3 beside a Groningen that was shown and stays what it is."""
    counted(9, 8)
    first = release("version-1", RECORDED_AT)
    assert None not in first.values()
    counted(9, 3, at=LATER)
    table = shown()
    assert table.get(KPI, DRENTHE, SEPTEMBER).hidden
    low, high = 8, 12  # Groningen was printed as 10
    whole = table.get(KPI, WHOLE, SEPTEMBER).value
    if whole is not None:
        assert (float(whole) + 2 - low) - max(float(whole) - 2 - high, 0) >= 5


def test_an_old_hidden_count_stays_hidden_once_it_is_no_longer_small() -> None:
    """Three in the first release; seven now, but the first release still says the old sum."""
    counted(40, 3)
    release("version-1", RECORDED_AT)
    counted(40, 7, at=LATER)
    second = shown()
    values = {place: second.get(KPI, place, SEPTEMBER).value for place in PLACES}
    spans: dict[str, Span] = {"old jbn": (43, 47), "groningen": (38, 42), "old": (0, 1000)}
    assert values[GRONINGEN] in (None, 40)
    low, high = by_programme(spans, [("old jbn", ["groningen", "old"])], "old")
    assert high - low >= 5
