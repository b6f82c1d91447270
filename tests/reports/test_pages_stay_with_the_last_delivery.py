"""Staffing that was typed ahead of a delivery moves no page to a month without the rest."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.returns.actions import approve_return, save_return, submit_return
from cases.returns.selectors import standing, standing_of
from certification.compliance.actions.runs import execute_run, request_run_after_change
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import FactSource
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import add_months
from reports.briefings.writing import selectors as offers
from reports.figure_pages.rules.months import last_month, spoken_month
from tests.factories.briefings import drafted, now
from tests.factories.people import Cast, institution, region
from tests.factories.results import DRENTHE, GRONINGEN, SEPTEMBER, WHOLE, result, run

OCTOBER = add_months(SEPTEMBER, 1)
ON = "?on=2025-11-15"
STAFFING = "absence"


def page(user: User, name: str, *args: str) -> str:
    client = Client()
    client.force_login(user)
    address = reverse(f"reports:{name}", args=["jbn", *args])
    answer = client.get(address + ON, headers={"accept-language": "nl"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def september(db: None) -> None:
    """What the delivery of September gave, in both regions."""
    by = run()
    for place, met in ((WHOLE, 33), (GRONINGEN, 30), (DRENTHE, 3)):
        result(by, "contact_5wd", place, met, 80, norm=100)
        result(by, STAFFING, place, 61, 976)


def approved_for(cast: Cast, slug: str, month: date = OCTOBER) -> None:
    """Typed by one, approved by another, and computed, as the pages do it."""
    figures = {"other": {"filled_fte": "5", "sick_days": "10", "available_days": "160"}}
    place: dict[str, Any] = {
        "institution": institution(),
        "region": region(slug),
        "month": month,
    }
    seen = standing(**place).key
    concept = save_return(**place, figures=figures, seen=seen, by=cast.contract_manager)
    seen = standing_of(concept).key
    submit_return(typed=concept, seen=seen, by=cast.contract_manager)
    seen = standing_of(concept).key
    approve_return(typed=concept, seen=seen, by=cast.second_contract_manager)
    with patch("jbn_oversight.celery.app.send_task"):
        asked = request_run_after_change(
            institution=institution(), period_from=month, period_until=month, by=None
        )
    assert execute_run(asked), asked.error


@pytest.mark.parametrize("slugs", [["drenthe"], ["drenthe", "groningen"]])
@pytest.mark.parametrize("name", ["overview", "figures"])
def test_the_figures_of_the_last_delivery_stay(
    cast: Cast, september: None, name: str, slugs: list[str]
) -> None:
    before = page(cast.adviser, name)
    assert "september 2025" in before
    for slug in slugs:
        approved_for(cast, slug)
    after = page(cast.adviser, name)
    assert "oktober 2025" not in after
    assert "41,3" in before
    assert "41,3" in after


def test_a_figure_of_staff_speaks_for_the_whole_until_all_regions_are_in(
    cast: Cast, september: None
) -> None:
    approved_for(cast, "drenthe")
    said = page(cast.adviser, "kpi", STAFFING)
    assert "september 2025" in said.split("<table")[0]
    assert "oktober 2025" in said  # in the table the region is ahead
    approved_for(cast, "groningen")
    assert "oktober 2025" in page(cast.adviser, "kpi", STAFFING).split("<table")[0]


def test_a_briefing_is_offered_figures_of_the_last_delivery(cast: Cast, september: None) -> None:
    briefing = drafted(cast, at=now(), until=None)
    for slug in ("drenthe", "groningen"):
        approved_for(cast, slug, OCTOBER)
    briefing.figures_as_of = OCTOBER
    found = [offer for group in offers._figures(briefing, now()) for offer in group.offers]
    assert found
    assert not any("oktober" in offer.stand or "October" in offer.stand for offer in found)


MONTHS = st.sampled_from([add_months(SEPTEMBER, number) for number in range(-3, 4)])
PLACES = st.sampled_from([WHOLE, DRENTHE, GRONINGEN])


CODES = st.sampled_from(["contact_5wd", "waiting_youths", STAFFING, "caseload"])


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(CODES, PLACES, MONTHS), max_size=8), MONTHS)
def test_a_month_without_a_delivery_is_spoken_for_only_where_there_never_was_one(
    known: list[tuple[str, object, date]], month: date
) -> None:
    of_delivery = [
        one for one in known if one[1] == WHOLE and KPIS[one[0]].source is not FactSource.STAFFING
    ]
    spoken = spoken_month(known, WHOLE)  # type: ignore[arg-type]
    staff = (STAFFING, DRENTHE, month)
    if of_delivery:
        assert spoken == max(one[2] for one in of_delivery)
        assert spoken_month([*known, staff], WHOLE) == spoken  # type: ignore[list-item]
    else:
        assert (spoken is None) == (not known)
    assert last_month([*known, staff], DRENTHE) >= month  # type: ignore[list-item, operator]


def test_without_any_delivery_staffing_is_spoken_for(cast: Cast) -> None:
    approved_for(cast, "drenthe")
    assert "oktober 2025" in page(cast.adviser, "figures")
