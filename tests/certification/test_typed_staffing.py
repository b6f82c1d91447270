"""Typing staffing figures: two persons, the checks of staffing.csv, one version a month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cases.counting.selectors import staffing_for
from cases.deliveries.actions.receiving import receive_delivery
from cases.models import Delivery, StaffingReturn, StaffingVersion
from cases.returns.actions import (
    ReturnStateError,
    approve_return,
    save_return,
    send_back_return,
    submit_return,
)
from cases.returns.rules import WrongFiguresError
from cases.returns.selectors import standing
from certification.models import ComplianceRun
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_today, month_of, utc_now
from tests.factories.deliveries import FIRST, LAST, valid_delivery
from tests.factories.people import Cast, institution, region

pytestmark = pytest.mark.django_db

FIGURES = {"other": {"filled_fte": "5,5", "sick_days": "10", "available_days": "160"}}


def key() -> str:
    """What a page knows that is opened now, for Drenthe in January 2025."""
    return standing(institution(), region("drenthe"), FIRST).key


def typed(by: User, figures: dict[str, dict[str, str]] | None = None) -> StaffingReturn:
    """A concept for Drenthe, January 2025."""
    return save_return(
        institution=institution(),
        region=region("drenthe"),
        month=FIRST,
        figures=figures or FIGURES,
        seen=key(),
        by=by,
    )


def approved(cast: Cast) -> StaffingReturn:
    """Typed and submitted by one, approved by the other."""
    concept = submit_return(
        typed=typed(cast.contract_manager), seen=key(), by=cast.contract_manager
    )
    return approve_return(typed=concept, seen=key(), by=cast.second_contract_manager)


def drenthe() -> Decimal | None:
    """The filled FTE that counts now for Drenthe, January 2025."""
    rows = [row for row in staffing_for(institution(), [FIRST]).rows if row.region == "drenthe"]
    return rows[0].quantities["filled_fte"] if rows else None


def deliver(path: Path, *, with_rows: bool) -> Delivery:
    """A delivery of January to March 2025, with or without staffing."""
    delivery = valid_delivery()
    if not with_rows:
        delivery.rows["staffing.csv"] = []
    return receive_delivery(
        path=delivery.folder(path),
        institution=institution(),
        period_from=FIRST,
        period_until=LAST,
        accept_changes="What holds a delivery is told elsewhere.",
        by=None,
    ).delivery


def test_typed_figures_count_once_a_second_person_approves(cast: Cast) -> None:
    concept = typed(cast.contract_manager)
    assert drenthe() is None
    submit_return(typed=concept, seen=key(), by=cast.contract_manager)
    assert drenthe() is None
    approve_return(typed=concept, seen=key(), by=cast.second_contract_manager)
    assert drenthe() == Decimal("5.5")


def test_who_typed_or_submitted_does_not_approve(cast: Cast) -> None:
    concept = typed(cast.contract_manager)
    submit_return(typed=concept, seen=key(), by=cast.second_contract_manager)
    for person in (cast.contract_manager, cast.second_contract_manager):
        with pytest.raises(PermissionDenied):
            approve_return(typed=concept, seen=key(), by=person)


def test_the_database_refuses_one_person_for_both(cast: Cast) -> None:
    concept = submit_return(
        typed=typed(cast.contract_manager), seen=key(), by=cast.second_contract_manager
    )
    concept.approved_at = utc_now()
    concept.approved_by = cast.second_contract_manager
    with pytest.raises(IntegrityError, match="return_second_person"), transaction.atomic():
        concept.save()


def test_a_concept_that_is_not_submitted_is_not_approved(cast: Cast) -> None:
    concept = typed(cast.contract_manager)
    with pytest.raises(ReturnStateError):
        approve_return(typed=concept, seen=key(), by=cast.second_contract_manager)


def test_what_waits_for_approval_is_not_typed_over(cast: Cast) -> None:
    concept = submit_return(
        typed=typed(cast.contract_manager), seen=key(), by=cast.contract_manager
    )
    with pytest.raises(ReturnStateError):
        typed(cast.second_contract_manager)
    send_back_return(typed=concept, seen=key(), by=cast.second_contract_manager)
    assert typed(cast.second_contract_manager).pk == concept.pk


def test_a_month_that_has_not_ended_is_not_typed(cast: Cast) -> None:
    with pytest.raises(ReturnStateError):
        save_return(
            institution=institution(),
            region=region("drenthe"),
            month=month_of(amsterdam_today(utc_now())),
            figures=FIGURES,
            seen=standing(
                institution(), region("drenthe"), month_of(amsterdam_today(utc_now()))
            ).key,
            by=cast.contract_manager,
        )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"sick_days": "11", "available_days": "10"}, "sick_days"),
        ({"supernumerary_fte": "2", "filled_fte": "1,9"}, "supernumerary_fte"),
        (
            {"headcount_start": "5", "joiners": "1", "leavers": "0", "headcount_end": "5"},
            "headcount_end",
        ),
    ],
)
def test_what_contradicts_itself_is_not_submitted(
    cast: Cast, row: dict[str, str], column: str
) -> None:
    concept = typed(cast.contract_manager, {"other": row})
    with pytest.raises(WrongFiguresError) as refusal:
        submit_return(typed=concept, seen=key(), by=cast.contract_manager)
    assert [(wrong.role, wrong.quantity) for wrong in refusal.value.wrong] == [("other", column)]


@pytest.mark.parametrize("text", ["111222333", "ziek", "-1", "1.000,5"])
def test_not_even_a_concept_keeps_what_is_no_number(cast: Cast, text: str) -> None:
    with pytest.raises(WrongFiguresError):
        typed(cast.contract_manager, {"other": {"sick_days": text}})
    assert not StaffingReturn.objects.exists()


def test_a_delivery_with_rows_replaces_what_was_typed_and_says_so(
    cast: Cast, tmp_path: Path
) -> None:
    approved(cast)
    delivery = deliver(tmp_path / "d", with_rows=True)
    assert drenthe() == Decimal("4.4")
    assert [(w["file"], w["column"]) for w in delivery.warnings] == [("staffing.csv", "period")]
    assert delivery.warnings[0]["params"] == {"month": "2025-01", "region": "Drenthe"}


def test_a_delivery_without_rows_leaves_what_was_typed_standing(cast: Cast, tmp_path: Path) -> None:
    approved(cast)
    delivery = deliver(tmp_path / "d", with_rows=False)
    assert drenthe() == Decimal("5.5")
    assert delivery.warnings == []


def test_approval_replaces_what_was_delivered(cast: Cast, tmp_path: Path) -> None:
    deliver(tmp_path / "d", with_rows=True)
    approved(cast)
    assert drenthe() == Decimal("5.5")
    assert StaffingVersion.objects.current().filter(region__slug="drenthe").count() == 1


def test_typed_figures_count_again_when_the_delivered_ones_fall_away(
    cast: Cast, tmp_path: Path
) -> None:
    approved(cast)
    deliver(tmp_path / "one", with_rows=True)
    last = deliver(tmp_path / "two", with_rows=False)
    assert drenthe() == Decimal("5.5")
    assert len(last.warnings) == 1


def address(slug: str = "drenthe", month: date = FIRST) -> str:
    """The page of a month."""
    return reverse("certification:staffing_return", args=["jbn", slug, f"{month:%Y-%m}"])


def signed_in(user: User) -> Client:
    """A client of somebody."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def test_the_page_is_for_the_region_alone(cast: Cast) -> None:
    expected = {"contract_manager": 200, "second_contract_manager": 200, "institution": 200}
    for name, user in cast.everyone().items():
        assert signed_in(user).get(address()).status_code == expected.get(name, 404), name
    assert signed_in(cast.institution).post(address(), {"act": "save"}).status_code == 403
    assert signed_in(cast.groningen_contract_manager).get(address("groningen")).status_code == 200


def test_two_people_bring_a_month_from_concept_to_approved(cast: Cast) -> None:
    first, second = signed_in(cast.contract_manager), signed_in(cast.second_contract_manager)
    data = {"other-filled_fte": "5,5", "other-sick_days": "20", "other-available_days": "10"}
    refused = first.post(address(), {**data, "act": "submit"})
    assert refused.status_code == 200
    assert "other-sick_days" in refused.context["form"].errors
    data["other-sick_days"] = "2"
    assert first.post(address(), {**data, "act": "submit", "seen": key()}).status_code == 302
    assert first.post(address(), {"act": "approve", "seen": key()}).status_code == 403
    assert first.get(address()).status_code == 200
    with patch("jbn_oversight.celery.app.send_task"):
        assert second.post(address(), {"act": "approve", "seen": key()}).status_code == 302
    assert drenthe() == Decimal("5.5")
    assert ComplianceRun.objects.filter(requested_by=cast.second_contract_manager).exists()
    overview = second.get(reverse("certification:staffing") + "?on=2025-04-01")
    assert overview.status_code == 200
