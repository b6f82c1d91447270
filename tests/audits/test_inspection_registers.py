"""The registers of inspections and verdicts hold what their page shows, no more."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from audits.inspections.exports import register_of_inspections, register_of_verdicts
from audits.models.inspections import InspectedInstitution, MeasureClaim, NormVerdict
from audits.selectors.visibility import SourceVisibility
from jbn_oversight.organisations.models import Institution
from reports.demo.public_facts import FACTS
from reports.demo.recording import record_oversight
from tests.factories.people import person
from tests.factories.supervision import TODAY, record_public_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution(db: None) -> Institution:
    record_public_facts()
    found: Institution = Institution.objects.get(code="jbn")
    return found


def test_an_inspection_stands_with_its_days_and_their_sources(institution: Institution) -> None:
    with translation.override("nl"):
        register = register_of_inspections(institution, date(2025, 9, 30), SourceVisibility({}))
    assert len(register.rows) == 1
    text = " | ".join(str(cell) for cell in register.rows[0])
    assert "27 februari 2025 (Arts en Apotheker" in text
    assert "ongeveer 31 januari 2026 (Nationale Zorggids" in text
    assert "Westerwolde Actueel" in text
    assert "zegt iets anders" in text


def test_before_the_report_the_register_holds_no_verdict(institution: Institution) -> None:
    register = register_of_inspections(institution, date(2025, 7, 1), SourceVisibility({}))
    assert register.rows[0][6:] == ("",) * 7
    verdicts = register_of_verdicts(institution, date(2025, 7, 1), SourceVisibility({}))
    assert all(row[1] != institution.name for row in verdicts.rows)


def test_unknown_verdicts_of_other_institutions_stay_blank(institution: Institution) -> None:
    register = register_of_verdicts(institution, date(2025, 9, 30), SourceVisibility({}))
    own = [row for row in register.rows if row[1] == institution.name]
    others = [row for row in register.rows if row[1] != institution.name]
    assert len(own) == len(others) == 5
    assert all(row[3] for row in own)
    assert not any(row[3] for row in others)


def test_recording_the_public_facts_twice_changes_nothing(institution: Institution) -> None:
    def histories() -> tuple[int, ...]:
        models = (InspectedInstitution, NormVerdict, MeasureClaim)
        return tuple(model.history.count() for model in models)

    before = histories()
    assert not record_oversight(facts=FACTS, today=TODAY, by=person("Iemand Anders"))
    assert histories() == before
    assert NormVerdict.objects.count() == 5
