"""A form of one row says what its model says, and an action keeps what others told meanwhile."""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.text import capfirst

from audits.certificates.forms.records import CertificateForm
from audits.forms.imprecise_days import RoughDayField
from audits.forms.records import RecordForm
from audits.models.plans import Plan, PlanAction
from audits.plans.actions.plan_actions import report_progress, save_action
from audits.plans.forms.plan_actions import ActionForm
from audits.plans.forms.plans import PlanForm
from certification.models import Certificate, Source
from jbn_oversight.clock import utc_now
from tests.audits.audits_cast import TODAY
from tests.audits.certificate_cast import make_certificate
from tests.audits.certificate_cast import source as letter
from tests.audits.plans_cast import make_action, make_plan, post, read, url
from tests.factories.people import Cast, institution

ROOMS = (
    "audits.audits_held.forms.audits",
    "audits.audits_held.forms.findings",
    "audits.certificates.forms.records",
    "audits.comparison.forms",
    "audits.documents.forms",
    "audits.events.forms",
    "audits.frameworks.forms",
    "audits.inspections.forms.inspections",
    "audits.inspections.forms.measures",
    "audits.plans.forms.plan_actions",
    "audits.plans.forms.plans",
)


def forms_of_rows() -> list[type[RecordForm[Any]]]:
    """Every form of one row."""
    for room in ROOMS:
        importlib.import_module(room)
    found: list[type[RecordForm[Any]]] = []
    waiting: list[type[RecordForm[Any]]] = [RecordForm]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one._meta.model is not None:
            found.append(one)
    return sorted(found, key=lambda form: form.__name__)


@pytest.mark.parametrize("form", forms_of_rows(), ids=lambda form: form.__name__)
def test_a_form_of_a_row_says_what_its_model_says(form: type[RecordForm[Any]]) -> None:
    columns = {column.name: column for column in form._meta.model._meta.get_fields()}
    labels = form._meta.labels or {}
    for name, field in form.base_fields.items():
        stored = form.column_of(name)
        column: Any = columns.get(f"{stored}_on" if isinstance(field, RoughDayField) else stored)
        if name in labels or not hasattr(column, "verbose_name"):
            continue
        if column.get_internal_type() == "JSONField":
            continue
        with translation.override("nl"):
            assert field.label == capfirst(column.verbose_name), name
        if getattr(field, "max_length", None) and column.max_length:
            assert vars(field)["max_length"] <= max(column.max_length, 60), name


def said(**changes: str) -> dict[str, str]:
    """An action as its form sends it; valid as it is."""
    return {"title": "Een planbord", "owner_name": "Teamleider", "due_on": "2026-06-01", **changes}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("cost", {"cost": "-1"}),
        ("due_on", {"started_on": "2026-01-02", "due_on": "2026-01-01"}),
        ("works_from", {"works_from": "2025-09"}),
        ("effort_hours", {"effort_hours": "-1"}),
        ("title", {"title": "a" * 301}),
    ],
)
def test_what_the_model_refuses_stands_beside_its_field(
    cast: Cast, field: str, wrong: dict[str, str]
) -> None:
    row = PlanAction(institution=institution())
    assert ActionForm(said(), instance=row, today=TODAY).is_valid()
    form = ActionForm(said(**wrong), instance=row, today=TODAY)
    assert list(form.errors) == [field]


@pytest.mark.django_db
def test_a_plan_that_is_here_already_is_refused_by_its_form(cast: Cast) -> None:
    make_plan(cast.adviser, "Herstelplan")
    data = {"kind": "action_plan", "title": "Herstelplan", "made_by": "De bestuurder"}
    form = PlanForm(data, instance=Plan(institution=institution()), at=utc_now())
    assert form.errors == {"title": ["Er is al een plan met deze titel."]}


@pytest.mark.django_db
def test_a_certificate_beside_another_is_refused_by_its_form(cast: Cast) -> None:
    make_certificate(cast.adviser)
    code = letter().code
    data = {
        "authority": "kmi",
        "kind": "certificate",
        "status": "granted",
        "decided": "16-09-2025",
        "starts": "20-09-2025",
        "months": "36",
        "ends": "20-09-2028",
        "all_days_source": code,
        "improvement_plausible": "unknown",
        "no_fundamental_shortcomings": "unknown",
    }
    given: dict[str, Any] = {
        "instance": Certificate(institution=institution()),
        "suggested": {},
        "at": utc_now(),
    }
    assert list(CertificateForm(data, **given).errors) == ["starts"]
    later = {**data, "starts": "21-09-2025", "ends": "21-09-2028"}
    assert CertificateForm(later, **given).errors == {}


@pytest.mark.django_db
def test_what_was_reported_meanwhile_stays_when_something_else_is_agreed(cast: Cast) -> None:
    opened = make_action(cast.adviser)
    report_progress(
        action=opened, progress=40, started_on=None, note="", today=TODAY, by=cast.institution
    )
    opened.due_on = date(2026, 7, 1)
    saved = save_action(action=opened, ties={}, today=TODAY, by=cast.adviser)
    saved.refresh_from_db()
    assert (saved.progress, saved.due_on) == (40, date(2026, 7, 1))


@pytest.mark.django_db
def test_a_form_that_is_refused_leaves_the_page_speaking_of_what_is_kept(cast: Cast) -> None:
    row = make_action(cast.adviser, title="Zo heet zij")
    wrong = said(title="Zo zou zij heten", due_on="")
    page = post(cast.adviser, url("action_edit", row.public_id), **wrong).content.decode()
    crumbs = page.partition("<h1>")[0]
    assert "Zo heet zij" in crumbs
    assert "Zo zou zij heten" not in crumbs
    assert "Zo heet zij" in read(cast.adviser, url("action", row.public_id))


@pytest.mark.django_db
def test_a_source_that_is_typed_is_kept_with_the_row_or_not_at_all(cast: Cast) -> None:
    data = {
        "kind": "action_plan",
        "title": "Herstelplan",
        "made_by": "De bestuurder",
        "presented": "1 maart 2025",
        "presented_source": "new",
        "new_source_publisher": "Test",
        "new_source_title": "Een brief",
    }
    form = PlanForm(data, instance=Plan(institution=institution()), at=utc_now())
    assert form.is_valid(), form.errors
    assert not Source.objects.filter(title="Een brief").exists()
    assert (
        post(cast.adviser, url("plan_new"), **{**data, "presented": "1 maart 2099"}).status_code
        == 200
    )
    assert not Source.objects.filter(title="Een brief").exists()
    assert post(cast.adviser, url("plan_new"), **data).status_code == 302
    row = Plan.objects.get()
    assert row.presented_source == Source.objects.get(title="Een brief")
