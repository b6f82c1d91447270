"""Plans and studies of the public story in own words, and actions that are made up and say so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import transaction

from audits.models.findings import Cause, Finding
from audits.models.plans import Plan, PlanAction, PlanKind, PlanTheme
from audits.models.studies import Recommendation, RecommendationAnswer, Study
from audits.plans.actions.evidence import add_evidence
from audits.plans.actions.plan_actions import (
    drop,
    finish,
    report_progress,
    save_action,
)
from audits.plans.actions.plans import (
    answer,
    save_plan,
    save_recommendation,
    save_study,
)
from certification.certificates.actions import Said, said_columns
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from reports.demo.facts import day
from reports.demo.plan_texts import ACTIONS, ADVICE, EVIDENCE, STUDIES, MadeAction
from reports.demo.public_facts import FACTS
from reports.demo.recording import public_source

TODAY: Final = date(2025, 9, 30)
_RECOVERY: Final = "Herstelplan in het rapport van AEF"


def record_demo_plans(*, people: Mapping[str, User]) -> bool:
    """Everything, once the public facts are there; False where it was there already.

    ``people`` has at least ``adviseur.drenthe`` and ``instelling.jbn``.
    """
    institution = Institution.objects.get(code=FACTS.institution)
    if Plan.objects.filter(institution=institution).exists():
        return False
    adviser, owner = people["adviseur.drenthe"], people["instelling.jbn"]
    with transaction.atomic():
        studies = _studies(institution, adviser)
        plans = _plans(institution, studies["aef"], adviser)
        advice = _advice(studies["aef"], adviser)
        rows = {
            made.code: _action(institution, made, plans, advice, owner, adviser) for made in ACTIONS
        }
    for code, (title, lines, expires, added) in EVIDENCE.items():
        add_evidence(
            action=rows[code],
            title=title,
            data=lines.encode(),
            expires_on=expires,
            at=datetime.combine(added, datetime.min.time().replace(hour=9), UTC),
            by=owner,
        )
    return True


def _said(claim: tuple[str, str] | None) -> Said:
    return None if claim is None else (day(claim[0]), public_source(claim[1]))


def _studies(institution: Institution, adviser: User) -> dict[str, Study]:
    return {
        made.code: save_study(
            study=Study(
                institution=institution,
                researcher=made.researcher,
                title=made.title,
                **said_columns("ordered", _said(made.ordered)),
                **said_columns("delivered", _said(made.delivered)),
                **said_columns("public", _said(made.public)),
            ),
            commissioners=[
                (name, public_source(code)) for code, names in made.ordered_by for name in names
            ],
            today=TODAY,
            by=adviser,
        )
        for made in STUDIES
    }


def _plans(institution: Institution, study: Study, adviser: User) -> dict[str, Plan]:
    def made(
        presented: Said = None,
        based_on: Collection[Plan] = (),
        themes: Collection[PlanTheme] = (),
        **columns: Any,
    ) -> Plan:
        row = Plan(institution=institution, **columns, **said_columns("presented", presented))
        ties = {"based_on": based_on, "themes": themes}
        return save_plan(plan=row, ties=ties, today=TODAY, by=adviser)

    earlier = made(
        kind=PlanKind.ACTION_PLAN,
        title="Eerdere plannen van aanpak",
        made_by="Jeugdbescherming Noord",
        remark="De oplegger van maart 2025 noemt ze, zonder dag. Zij hielpen te weinig.",
    )
    recovery = made(
        kind=PlanKind.RECOVERY_PLAN,
        title=_RECOVERY,
        made_by="Andersson Elffers Felix",
        presented=_said(("2025-02 late", "oplegger-2025")),
        study=study,
        themes=tuple(PlanTheme.objects.all()),
    )
    improvement = made(
        kind=PlanKind.IMPROVEMENT_PLAN,
        title="Verbeterplan van de bestuurder",
        made_by="De bestuurder van Jeugdbescherming Noord",
        presented=_said(("2025-05 late", "raadsbrief-2025")),
        based_on=(recovery,),
        themes=tuple(PlanTheme.objects.all()),
        remark=(
            "OOG Groningen meldde al in maart 2025 een verbeterplan. "
            "De brief aan de raden noemt eind mei 2025."
        ),
    )
    return {"earlier": earlier, "recovery": recovery, "improvement": improvement}


def _advice(study: Study, adviser: User) -> dict[int, Recommendation]:
    rows = {}
    for number, (text, how, reason) in enumerate(ADVICE, start=1):
        row = save_recommendation(
            recommendation=Recommendation(study=study, number=number, text=text), by=adviser
        )
        if how is not RecommendationAnswer.OPEN:
            at = datetime(2025, 6, 3, 9, tzinfo=UTC)
            row = answer(recommendation=row, how=how, reason=reason, at=at, by=adviser)
        rows[number] = row
    return rows


def _action(
    institution: Institution,
    made: MadeAction,
    plans: Mapping[str, Plan],
    advice: Mapping[int, Recommendation],
    owner: User,
    adviser: User,
) -> PlanAction:
    findings = tuple(Finding.objects.of(institution).filter(reference__in=made.findings))
    row = save_action(
        action=PlanAction(
            institution=institution,
            title=made.title,
            owner_name=made.owner_name,
            owner=owner if made.own else None,
            due_on=made.due_on,
            plan=plans[made.plan] if made.plan else None,
            theme=PlanTheme.objects.get(code=made.theme) if made.theme else None,
            effort_hours=made.effort_hours,
            cost=made.cost,
            started_on=made.started_on,
            kpi=made.kpi,
            works_from=made.works_from,
        ),
        ties={
            "findings": findings,
            "causes": Cause.objects.filter(finding__in=findings),
            "recommendations": [advice[number] for number in made.advice],
        },
        today=TODAY,
        by=adviser,
    )
    if made.done_on is not None:
        return finish(
            action=row,
            done_on=made.done_on,
            started_on=None,
            note="Fictief: afgerond en besproken.",
            today=TODAY,
            by=owner,
        )
    if made.dropped:
        return drop(action=row, reason=made.dropped, today=TODAY, by=adviser)
    if made.progress:
        return report_progress(
            action=row,
            progress=made.progress,
            started_on=None,
            note="Fictief: stand van het kwartaal.",
            today=TODAY,
            by=owner,
        )
    return row
