"""Norms: what is shipped, and that the database holds one judging norm at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from certification.models import Norm
from jbn_oversight.organisations.models import Institution

pytestmark = pytest.mark.django_db


def norm(**changes: Any) -> Norm:
    """A judging norm for an indicator that has none."""
    given: dict[str, Any] = {
        "kpi": "help_3m",
        "scope": "",
        "is_judging": True,
        "threshold": Decimal(90),
        "bound": "at_least",
        "valid_from": date(2025, 1, 1),
        "label": "afspraak",
        "source": "contract",
    }
    return Norm(**given | changes)


def refused(row: Norm, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_the_law_judges_its_clocks_and_the_ambitions_stand_beside() -> None:
    shipped = Norm.objects.values_list("kpi", "is_judging", "threshold")
    assert sorted((kpi, judging, int(threshold)) for kpi, judging, threshold in shipped) == [
        ("assigned_5wd", True, 100),
        ("contact_5wd", True, 100),
        ("contacted_5wd", True, 100),
        ("plan_6w", True, 100),
        ("plan_current", True, 100),
        ("vt_study_10w", False, 80),
        ("vt_study_10w", True, 100),
        ("vt_triage_5wd", False, 90),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"scope": "region"},
        {"valid_from": date(2026, 1, 1)},
        {"valid_from": date(2024, 1, 1), "valid_until": date(2025, 2, 1)},
    ],
)
def test_a_second_norm_that_judges_the_same_month_is_refused(changes: dict[str, Any]) -> None:
    norm().save()
    refused(norm(**changes), "norm_one_judges")


def test_a_norm_for_one_institution_is_refused_beside_one_for_all() -> None:
    norm().save()
    refused(norm(institution=Institution.objects.get(code="jbn")), "norm_one_judges")


@pytest.mark.parametrize(
    "changes",
    [
        {"kpi": "waiting_youths"},
        {"is_judging": False},
        {"valid_from": date(2024, 1, 1), "valid_until": date(2025, 1, 1)},
    ],
)
def test_a_norm_for_something_else_is_welcome(changes: dict[str, Any]) -> None:
    norm().save()
    norm(**changes).save()


def test_norms_for_different_kinds_of_place_stand_side_by_side() -> None:
    norm(scope="region").save()
    norm(scope="municipality").save()
    refused(norm(), "norm_one_judges")


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
def test_a_norm_holds_for_whole_months(field: str) -> None:
    refused(norm(**{field: date(2025, 3, 15)}), "norm_whole_months")
