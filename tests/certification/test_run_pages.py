"""The pages about runs: who sees them, asking for one, how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import ComplianceRun
from certification.models.runs import RunReason, RunState
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.rules import LEASE
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db

SEEING = {
    "contract_manager",
    "second_contract_manager",
    "municipal_contract_manager",
    "groningen_contract_manager",
    "institution",
    "administrator",
}
ASKING = SEEING - {"municipal_contract_manager", "institution"}


@pytest.fixture(autouse=True)
def _no_broker() -> Iterator[object]:
    with patch("jbn_oversight.celery.app.send_task") as sent:
        yield sent


def people(cast: Cast) -> dict[str, User]:
    everybody = {field.name: getattr(cast, field.name) for field in fields(cast)}
    return {name: user for name, user in everybody.items() if isinstance(user, User)}


def a_run(**changes: object) -> ComplianceRun:
    return ComplianceRun.objects.create(
        institution=institution(),
        period_from=date(2025, 1, 1),
        period_until=date(2025, 3, 1),
        reason=RunReason.DELIVERY,
        **{
            "requested_at": utc_now() - timedelta(minutes=1),
            "next_try_at": utc_now(),
            **changes,
        },
    )


def test_only_those_with_the_right_see_that_there_are_runs(client: Client, cast: Cast) -> None:
    run = a_run()
    for name, user in people(cast).items():
        client.force_login(user)
        status = 200 if name in SEEING else 404
        assert client.get(reverse("certification:runs")).status_code == status, name
        address = reverse("certification:run", args=[run.public_id])
        assert client.get(address).status_code == status, name


def test_only_those_with_the_right_can_ask_for_one(client: Client, cast: Cast) -> None:
    given = {"institution": "jbn", "period_from": "2025-01", "period_until": "2025-02"}
    for name, user in people(cast).items():
        client.force_login(user)
        before = ComplianceRun.objects.count()
        answer = client.post(reverse("certification:runs"), given)
        if name in ASKING:
            run = ComplianceRun.objects.latest("pk")
            assert answer.headers["Location"] == reverse("certification:run", args=[run.public_id])
            assert (run.requested_by, run.reason) == (user, RunReason.PERSON), name
        else:
            assert answer.status_code == (403 if name in SEEING else 404), name
            assert ComplianceRun.objects.count() == before


@pytest.mark.parametrize(
    ("first", "last"),
    [("2025-02", "2025-01"), ("2025-13", "2025-12"), ("2025-01", "2999-01"), ("", "2025-01")],
)
def test_months_that_cannot_be_computed_are_refused(
    client: Client, cast: Cast, first: str, last: str
) -> None:
    client.force_login(cast.contract_manager)
    given = {"institution": "jbn", "period_from": first, "period_until": last}
    answer = client.post(reverse("certification:runs"), given)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ComplianceRun.objects.exists()


def test_a_running_run_shows_how_far_it_is_without_script(client: Client, cast: Cast) -> None:
    run = a_run(state=RunState.RUNNING, step="counting", progress=40, next_try_at=utc_now() + LEASE)
    client.force_login(cast.contract_manager)
    page = client.get(reverse("certification:run", args=[run.public_id])).content.decode()
    assert 'value="40"' in page
    assert "telt en beoordeelt" in page
    assert f'href="{reverse("certification:run", args=[run.public_id])}"' in page


def test_a_run_that_lost_its_worker_says_that_it_stands_still(client: Client, cast: Cast) -> None:
    run = a_run(state=RunState.RUNNING, step="counting", next_try_at=utc_now())
    client.force_login(cast.contract_manager)
    page = client.get(reverse("certification:run", args=[run.public_id])).content.decode()
    assert "Dit staat stil" in page
    assert "binnen twee minuten" in page
    assert ">bezig<" not in page
    assert "telt en beoordeelt" not in page
    assert "data-live" in page
    rows = client.get(reverse("certification:runs")).content.decode()
    assert "staat stil" in rows
    assert "bezig" not in rows
    ComplianceRun.objects.update(next_try_at=utc_now() + LEASE)
    page = client.get(reverse("certification:run", args=[run.public_id])).content.decode()
    assert "staat stil" not in page
    assert "bezig" in page


def test_a_finished_run_is_not_asked_after_any_more(client: Client, cast: Cast) -> None:
    run = a_run(
        state=RunState.SUCCEEDED,
        finished_at=utc_now(),
        changed={"observations": [1, 2], "results": [3, 4]},
    )
    client.force_login(cast.administrator)
    page = client.get(reverse("certification:run", args=[run.public_id])).content.decode()
    assert "data-live" not in page
    assert "Nieuwe cijfers: 4" in page
