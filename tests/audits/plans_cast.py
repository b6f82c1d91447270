"""Actions, plans and studies to start from; all of them are made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from audits.audits_held.actions.findings import ReviewJudgement, review_findings
from audits.audits_held.rules.findings import Judged
from audits.models.plans import Plan, PlanAction, PlanKind
from audits.models.studies import Study
from audits.plans.actions.plan_actions import save_action
from audits.plans.actions.plans import save_plan, save_study
from certification.certificates.actions import Said, said_columns
from certification.models.sources import Source
from jbn_oversight.accounts.models import Role, User
from tests.audits.audits_cast import TODAY, make_audit, make_finding, source
from tests.factories.people import Cast, institution


def action_to_save(**changes: Any) -> dict[str, Any]:
    """An action as ``save_action`` takes it, without who; valid as it is."""
    ties = {
        name: changes.pop(name)
        for name in ("findings", "causes", "recommendations")
        if name in changes
    }
    columns = {
        "institution": institution(),
        "title": "Een planbord per team",
        "owner_name": "Teamleider instroom",
        "due_on": date(2026, 6, 1),
        "started_on": date(2025, 7, 1),
        **changes,
    }
    return {"action": PlanAction(**columns), "ties": ties, "today": TODAY}


def make_action(by: User, **changes: Any) -> PlanAction:
    """Recorded at once."""
    return save_action(**action_to_save(**changes), by=by)


def make_plan(
    by: User, title: str = "Verzonnen plan", presented: Said = None, **changes: Any
) -> Plan:
    """Recorded at once."""
    ties: dict[str, Any] = {
        name: changes.pop(name) for name in ("based_on", "themes") if name in changes
    }
    columns = {
        "institution": institution(),
        "kind": PlanKind.ACTION_PLAN,
        "title": title,
        "made_by": "De bestuurder",
        **said_columns("presented", presented),
        **changes,
    }
    return save_plan(plan=Plan(**columns), ties=ties, today=TODAY, by=by)


def make_study(
    by: User,
    title: str = "Verzonnen onderzoek",
    commissioners: Iterable[tuple[str, Source]] = (),
    cost: tuple[Decimal, Source] | None = None,
    **days: Said,
) -> Study:
    """Recorded at once."""
    columns: dict[str, Any] = {"institution": institution(), "researcher": "Bureau Bedacht"}
    for stem, said in days.items():
        columns |= said_columns(stem, said)
    if cost is not None:
        columns |= {"cost": cost[0], "cost_source": cost[1]}
    study = Study(title=title, **columns)
    return save_study(study=study, commissioners=commissioners, today=TODAY, by=by)


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
