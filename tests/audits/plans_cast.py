"""Actions, plans and studies to start from; all of them are made up."""

from __future__ import annotations

from datetime import date

from audits.models import Plan, PlanAction, PlanKind, Study
from audits.plans.recording_actions import ActionFields, save_action
from audits.plans.recording_plans import PlanFields, StudyFields, save_plan, save_study
from jbn_oversight.accounts.models import User
from tests.audits.audits_cast import TODAY
from tests.factories.people import institution


def action_fields(**changes: object) -> ActionFields:
    """What is agreed about an action; valid as it is."""
    fields: dict[str, object] = {
        "title": "Een planbord per team",
        "owner_name": "Teamleider instroom",
        "due_on": date(2026, 6, 1),
        "started_on": date(2025, 7, 1),
        **changes,
    }
    return ActionFields(**fields)  # type: ignore[arg-type]


def make_action(by: User, **changes: object) -> PlanAction:
    """Recorded at once."""
    return save_action(
        institution=institution(),
        action=None,
        fields=action_fields(**changes),
        today=TODAY,
        by=by,
    )


def make_plan(by: User, title: str = "Verzonnen plan", **changes: object) -> Plan:
    """Recorded at once."""
    fields: dict[str, object] = {
        "kind": PlanKind.ACTION_PLAN,
        "title": title,
        "made_by": "De bestuurder",
        **changes,
    }
    return save_plan(
        institution=institution(),
        plan=None,
        fields=PlanFields(**fields),  # type: ignore[arg-type]
        today=TODAY,
        by=by,
    )


def make_study(by: User, title: str = "Verzonnen onderzoek", **changes: object) -> Study:
    """Recorded at once."""
    fields: dict[str, object] = {"researcher": "Bureau Bedacht", "title": title, **changes}
    return save_study(
        institution=institution(),
        study=None,
        fields=StudyFields(**fields),  # type: ignore[arg-type]
        today=TODAY,
        by=by,
    )
