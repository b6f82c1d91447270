"""Regions add up to the institution in every month, also before a merger."""

from __future__ import annotations

from datetime import date

import pytest

from jbn_oversight.organisations.models import Municipality
from jbn_oversight.organisations.selectors.scope import oversight_scope
from tests.factories.people import institution

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2015, 2018, 2020, 2025])
def test_all_twenty_two_municipalities_are_in_a_region_in_every_month(year: int) -> None:
    scope = oversight_scope(institution(), date(year, 1, 1), date(year, 12, 1))
    assert len(scope.municipalities) == 22
    for month in range(1, 13):
        regions = {scope.region_of(code, date(year, month, 1)) for code in scope.municipalities}
        assert regions == {"groningen", "drenthe"}


def test_a_municipality_is_not_said_to_exist_before_its_merger() -> None:
    assert not Municipality.objects.valid(date(2020, 12, 31)).filter(cbs_code="GM1979").exists()
    assert Municipality.objects.valid(date(2021, 1, 1)).filter(cbs_code="GM1979").exists()
