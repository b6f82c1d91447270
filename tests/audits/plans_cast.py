"""Actions, plans and studies to start from; all of them are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from audits.audits_held.actions.findings import ReviewJudgement, review_findings
from audits.audits_held.rules.findings import Judged
from audits.models.plans import Plan, PlanAction, PlanKind
from audits.models.studies import Study
from audits.plans.actions.plan_actions import ActionFields, save_action
from audits.plans.actions.plans import PlanFields, StudyFields, save_plan, save_study
from jbn_oversight.accounts.models import Role, User
from tests.audits.audits_cast import TODAY, make_audit, make_finding, source
from tests.factories.people import Cast, institution


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


MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}
MAY_RECORD = {Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}
CSV = b"week;rooster\n1;vol\n"
AT = datetime(2025, 7, 1, 9, tzinfo=UTC)


def client_of(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def url(name: str, *keys: str) -> str:
    """An address of the institution."""
    return reverse(f"audits:{name}", args=["jbn", *keys])


def read(user: User, address: str) -> str:
    """The page."""
    response = client_of(user).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def roles(user: User) -> set[str]:
    """All roles of somebody."""
    return {membership.role for membership in user.memberships.all()}


def post(user: User, address: str, **data: object) -> HttpResponse:
    """What the portal answers to a form."""
    response: HttpResponse = client_of(user).post(address, data)  # type: ignore[assignment]
    return response


def make_chain(cast: Cast) -> dict[str, PlanAction]:
    """Two findings of an audit, one judged; an action for one, late, and one of no finding."""
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    one = make_finding(first, cast.adviser, text="Verzonnen: niemand aangewezen.")
    make_finding(first, cast.adviser, "3.2", text="Verzonnen: geen plan.")
    one.causes.create(kind="staff", text="Te weinig mensen.")
    late = make_action(
        cast.adviser,
        findings=(one,),
        due_on=date(2025, 9, 1),
        kpi="contact_5wd",
        owner=cast.institution,
    )
    loose = make_action(cast.adviser, title="Een losse actie", owner_name="De bestuurder")
    review_findings(
        re_audit=second,
        judgements={one: ReviewJudgement(Judged.CLOSED)},
        source=source(),
        by=cast.adviser,
    )
    return {"late": late, "loose": loose}
