"""Days on the way to the end of a certificate; its last day itself is told by the time line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from audits.certificates.rules.states import HOLDING, CertificateStanding, Stand, standing
from audits.certificates.rules.terms import decided_by
from audits.certificates.selectors.pages import (
    certificates_of,
    stands_decisions,
    steps_to_the_end,
)
from audits.certificates.sentences import laws
from audits.rights import SEE_TIMELINE
from certification.certificates.selectors import view_on
from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import Certificate
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.organisations.models import Institution

BINDING = (*HOLDING, Stand.TO_COME, Stand.SUSPENDED)
"""While a certificate stands so, its conditions and its end count."""


def dates_of(actor: Actor, institution: Institution, day: date) -> list[DatedThing]:
    """What is asked of the institution and of the certifying body, as known on the day."""
    if institution.code not in actor.places(SEE_TIMELINE).institutions:
        return []
    rows = [row for row in certificates_of(institution) if row.decided.first <= day]
    known = [view_on(row, day) for row in rows]
    return [
        thing
        for row in rows
        for thing in _of_one(institution, row, standing(row, day, known), newest=row is rows[0])
    ]


def _of_one(
    institution: Institution, row: Certificate, stands: CertificateStanding, *, newest: bool
) -> Iterator[DatedThing]:
    url = reverse("audits:certificate", args=[institution.code, row.public_id])

    def thing(title: str, on: ImpreciseDay, owner: str = "", *, passes: bool) -> DatedThing:
        return DatedThing(
            kind=DateKind.CERTIFICATE,
            title=title,
            on=on,
            url=url,
            owner=owner,
            is_certain=True,
            just_passes=passes,
        )

    body = stands.view.authority
    if stands.stand is Stand.REQUESTED and newest:
        words = _("Decision at the latest: six months after the application")
        yield thing(words, decided_by(row.applied or row.decided), body, passes=False)
    if stands.stand not in BINDING:
        return
    for condition in stands.view.conditions:
        if condition.due is not None and condition.met is None:
            words = _("Condition: %(text)s") % {"text": condition.text}
            yield thing(words, condition.due, institution.name, passes=False)
    for decision in stands_decisions(row, stands.day):
        if decision.effective is not None and decision.effective.last >= stands.day:
            words = decision.get_kind_display().capitalize()
            yield thing(words, decision.effective, body, passes=True)
    if row.ends is None:
        return
    for step in steps_to_the_end(row, row.ends, stands):
        if step.law is laws.YEARLY_CHECK:
            yield thing(step.words, step.on, body, passes=True)
        elif step.law is laws.ONLY_WITH_A_CERTIFICATE:
            yield thing(step.words, step.on, passes=True)
        elif step.law is laws.DECISION_TIME and newest and not stands.not_renewed:
            yield thing(step.words, step.on, institution.name, passes=True)
