"""What the database refuses, a form refuses first, in a sentence; and what it takes, it takes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CheckConstraint, Q
from django.db.models.constraints import BaseConstraint
from django.db.utils import IntegrityError
from django.utils import translation

from certification.models import Certificate, Norm, Source
from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.constraints import check_constraints, names_in, one_at_a_time
from jbn_oversight.history import OUR_APPS
from jbn_oversight.organisations.models import (
    Authority,
    AuthorityName,
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)
from tests.factories.people import person, region

pytestmark = pytest.mark.django_db

ALL: list[tuple[type[models.Model], BaseConstraint]] = [
    (model, constraint)
    for model in apps.get_models()
    if model.__module__.startswith(OUR_APPS)
    for constraint in model._meta.constraints
]
EXCLUSIONS = {
    constraint.name for _model, constraint in ALL if isinstance(constraint, ExclusionConstraint)
}


@dataclass(frozen=True)
class Rows:
    """A row that stands, one that may stand beside it, and one that may not."""

    standing: Callable[[], models.Model]
    beside: Callable[[], models.Model]
    against: Callable[[], models.Model]


def _belongs(code: str, slug: str, start: date, end: date | None) -> MunicipalityRegion:
    place = {"municipality": _new_municipality(code), "region": region(slug)}
    return MunicipalityRegion(**place, from_on=start, until_on=end)


def _new_municipality(code: str) -> Municipality:
    found, _made = Municipality.objects.get_or_create(
        cbs_code=code, defaults={"name": code, "sort_name": code, "valid_from": date(2015, 1, 1)}
    )
    return found


def _named(code: str, start: date, end: date | None) -> AuthorityName:
    authority, _made = Authority.objects.get_or_create(code=code)
    return AuthorityName(authority=authority, name="Naam", from_on=start, until_on=end)


def _tasked(slug: str, task: str, start: date, end: date | None) -> InstitutionTask:
    other, _made = Institution.objects.get_or_create(code="ander", defaults={"name": "Ander"})
    return InstitutionTask(
        institution=other, region=region(slug), task=task, from_on=start, until_on=end
    )


def _certified(code: str, start: date, end: date) -> Certificate:
    holder, _made = Institution.objects.get_or_create(code=code, defaults={"name": code})
    paper, _made = Source.objects.get_or_create(
        code="brief", defaults={"publisher": "Instantie", "title": "Brief"}
    )
    days: dict[str, Any] = {
        f"{stem}_{part}": value
        for stem, day in (("decided", start), ("starts", start), ("ends", end))
        for part, value in (("on", day), ("precision", "day"), ("source", paper))
    }
    return Certificate(
        institution=holder,
        authority=Authority.objects.get(code="kmi"),
        kind="certificate",
        status="granted",
        **days,
    )


def _norm(code: str | None, start: date, end: date | None) -> Norm:
    return Norm(
        kpi="turnover_12m",
        institution=Institution.objects.get(code=code) if code else None,
        is_judging=True,
        threshold=Decimal(20),
        bound="at_most",
        valid_from=start,
        valid_until=end,
        label="afspraak",
        source="Overleg",
    )


def _other_institution(rest: Callable[[], models.Model]) -> Callable[[], models.Model]:
    def make() -> models.Model:
        Institution.objects.get_or_create(code="ander", defaults={"name": "Ander"})
        return rest()

    return make


DAY_1, DAY_2, DAY_3 = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
CASES = {
    "municipality_in_one_region": (
        Rows(
            lambda: _belongs("GM9001", "drenthe", DAY_1, DAY_2),
            lambda: _belongs("GM9001", "groningen", DAY_2, None),
            lambda: _belongs("GM9001", "groningen", DAY_1, None),
        ),
        Rows(
            lambda: _belongs("GM9001", "drenthe", DAY_1, None),
            lambda: _belongs("GM9002", "drenthe", DAY_1, None),
            lambda: _belongs("GM9001", "drenthe", DAY_3, None),
        ),
    ),
    "authority_has_one_name": (
        Rows(
            lambda: _named("nieuw", DAY_1, DAY_2),
            lambda: _named("nieuw", DAY_2, None),
            lambda: _named("nieuw", DAY_1, DAY_3),
        ),
    ),
    "institution_task_one_at_a_time": (
        Rows(
            lambda: _tasked("drenthe", "certified_institution", DAY_1, None),
            lambda: _tasked("drenthe", "safe_home", DAY_1, None),
            lambda: _tasked("drenthe", "certified_institution", DAY_2, DAY_3),
        ),
        Rows(
            lambda: _tasked("drenthe", "certified_institution", DAY_1, DAY_2),
            lambda: _tasked("groningen", "certified_institution", DAY_1, DAY_2),
            lambda: _tasked("drenthe", "certified_institution", date(2019, 1, 1), DAY_3),
        ),
    ),
    "certificate_one_at_a_time": (
        Rows(
            lambda: _certified("jbn", DAY_1, DAY_2),
            lambda: _certified("jbn", date(2022, 1, 2), DAY_3),
            lambda: _certified("jbn", date(2021, 1, 1), DAY_3),
        ),
        Rows(
            lambda: _certified("jbn", DAY_1, DAY_2),
            lambda: _certified("ander", date(2021, 1, 1), DAY_3),
            lambda: _certified("jbn", date(2020, 6, 1), date(2020, 7, 1)),
        ),
    ),
    "norm_one_judges": (
        Rows(
            lambda: _norm("jbn", DAY_1, DAY_2),
            lambda: _norm("jbn", DAY_2, None),
            lambda: _norm(None, DAY_1, None),
        ),
        Rows(
            _other_institution(lambda: _norm("jbn", DAY_1, None)),
            lambda: _norm("ander", DAY_1, None),
            lambda: _norm("jbn", DAY_3, None),
        ),
    ),
}


def test_every_rule_against_two_rows_at_a_time_is_tried_here() -> None:
    assert set(CASES) == EXCLUSIONS


@pytest.mark.parametrize(
    ("name", "rows"), [(name, rows) for name, cases in CASES.items() for rows in cases]
)
def test_a_form_takes_and_refuses_what_the_database_does(name: str, rows: Rows) -> None:
    rows.standing().save()
    beside = rows.beside()
    beside.validate_constraints()
    beside.save()
    beside.validate_constraints()  # a row is not in its own way
    against = rows.against()
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        against.validate_constraints()
    assert all(name not in message for message in refused.value.messages)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        against.save()


def test_a_municipality_gets_its_region_while_another_has_one() -> None:
    assert MunicipalityRegion.objects.exists()
    _belongs("GM9001", "drenthe", DAY_1, None).full_clean()


def test_no_sentence_repeats_the_name_of_a_constraint() -> None:
    told = []
    for _model, constraint in ALL:
        with translation.override("nl"):
            dutch = constraint.get_violation_error_message()
        with translation.override("en"):
            english = constraint.get_violation_error_message()
        if constraint.name in dutch or dutch == english:
            told.append(constraint.name)
    assert not told


def test_every_constraint_names_the_fields_that_a_form_fills() -> None:
    unknown = {
        constraint.name: names
        for model, constraint in ALL
        if (
            names := names_in(constraint)
            - {"pk", *(field.name for field in model._meta.concrete_fields)}
        )
    }
    assert not unknown


def test_every_condition_can_be_tried_on_a_row_that_is_not_stored(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for model, constraint in ALL:
        if not isinstance(constraint, CheckConstraint):
            continue
        row = model()
        for field in model._meta.concrete_fields:
            # An empty day has no kind for the database to see: there Django asks nothing of it.
            if isinstance(field, models.DateField) and getattr(row, field.attname) is None:
                setattr(row, field.attname, datetime(2025, 1, 1, tzinfo=UTC))
        values = row._get_field_expression_map(meta=model._meta)  # type: ignore[attr-defined]
        with caplog.at_level(logging.WARNING, logger="django.db.models"):
            # Raises FieldError where a form would pass it over without a word.
            Q(constraint.condition).check(values)
        assert not caplog.records, f"{constraint.name}: a form would let everything pass"


def test_the_check_of_the_system_finds_a_column_where_a_field_belongs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not check_constraints()
    wrong = one_at_a_time("wrong", "municipality_id", says="Nee.")
    monkeypatch.setattr(MunicipalityRegion._meta, "constraints", [wrong])
    assert [error.id for error in check_constraints()] == ["jbn.E001"]


def test_a_role_in_the_wrong_kind_of_place_is_refused_in_words() -> None:
    row = Membership(
        user=person("Iemand"), role=Role.CLERK, region=region("drenthe"), from_on=DAY_1
    )
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "membership_role_in_municipality" not in str(refused.value)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (lambda: Region(slug="drenthe", name="Drenthe"), "slug"),
        (lambda: Institution(code="jbn", name="Nog een"), "code"),
        (
            lambda: Municipality(
                cbs_code="GM0106", name="Assen", sort_name="Assen", valid_from=DAY_1
            ),
            "cbs_code",
        ),
    ],
)
def test_a_code_that_is_taken_is_said_beside_its_field(
    row: Callable[[], models.Model], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        row().full_clean()
    assert set(refused.value.message_dict) == {field}
