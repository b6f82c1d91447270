"""Record and change what depends on a certificate: weighing, conditions, later decisions.

Each function is one transaction, leaves history, and refuses in a sentence (RefusedError).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import CERTIFICATE
from audits.actions import held_with
from audits.certificates.actions.refusals import refused_in_words
from audits.models.findings import Finding
from certification.certificates.actions import save_by
from certification.indicators.rules.kpis import KPIS
from certification.models.certificates import Certificate, CertificateCondition, CertificateStatus
from certification.models.decisions import (
    WORKS_FIRST,
    CertificateDecision,
    DecisionKind,
    WeighingPoint,
)
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.refusals import RefusedError

Part: TypeAlias = WeighingPoint | CertificateCondition | CertificateDecision
WITH_A_GROUND: Final = (DecisionKind.SUSPENDED, DecisionKind.WITHDRAWN)
"""Besluit Jeugdwet 3.2.2 gives grounds for these two."""
PARTS: Final[Mapping[type[Part], str]] = {
    WeighingPoint: "weighing",
    CertificateCondition: "condition",
    CertificateDecision: "decision",
}


def save_weighing_point(*, point: WeighingPoint, by: User) -> WeighingPoint:
    """A shortcoming despite which the certificate was granted, and why. Raises RefusedError."""
    with refused_in_words():
        why = _("A weighing belongs to a certificate that was granted.")
        _granted(_locked(point.certificate), why)
        row, _is_changed = held_with(point)
        row.shortcoming, row.rationale = row.shortcoming.strip(), row.rationale.strip()
        save_by(row, by)
        _record(row.certificate, "weighing", by)
    return row


def save_condition(
    *,
    condition: CertificateCondition,
    findings: Collection[Finding] = (),
    today: date,
    by: User,
) -> CertificateCondition:
    """A condition, the figure or the findings it is about, and since when it is met.

    ``today`` is the Amsterdam day. Raises RefusedError.
    """
    if condition.kpi and condition.kpi not in KPIS:
        raise RefusedError(_("The portal knows no such figure. Choose one of the list."), "kpi")
    institution = condition.certificate.institution_id
    if any(_institution_of(finding) != institution for finding in findings):
        raise RefusedError(
            _("A finding is about another institution. Choose findings of this one."), "findings"
        )
    with refused_in_words():
        decided = _locked(condition.certificate).decided
        row, _is_changed = held_with(condition)
        row.text = row.text.strip()
        if row.due and row.due.last < decided.first:
            raise RefusedError(
                _("A condition cannot end before the decision (%(decided)s). Change the day.")
                % {"decided": in_words(decided)},
                "due",
            )
        if row.met and row.met.last < decided.first:
            raise RefusedError(
                _(
                    "A condition cannot be met before the decision that laid it down "
                    "(%(decided)s). Change the day."
                )
                % {"decided": in_words(decided)},
                "met",
            )
        if row.met and row.met.first > today:
            raise RefusedError(_("This day is yet to come. Say that it is met once it is."), "met")
        save_by(row, by)
        _tie_findings(row, findings, by)
        _record(row.certificate, "condition", by)
    return row


def _institution_of(finding: Finding) -> int | None:
    found = finding.found_in or finding.inspected
    return found.institution_id if found else None


def _tie_findings(condition: CertificateCondition, findings: Collection[Finding], by: User) -> None:
    """Tie and untie from the finding's side: there the history sees it."""
    before = {finding.pk: finding for finding in condition.findings.all()}
    after = {finding.pk: finding for finding in findings}
    for key in before.keys() ^ after.keys():
        finding = after.get(key) or before[key]
        vars(finding)["_history_user"] = by
        if key in after:
            finding.conditions.add(condition)
        else:
            finding.conditions.remove(condition)


def save_decision(*, decision: CertificateDecision, today: date, by: User) -> CertificateDecision:
    """A later decision about a certificate. ``today`` is the Amsterdam day. Raises RefusedError."""
    decided = decision.decided
    assert decided is not None  # each has a day
    if decided.first > today:
        raise RefusedError(
            _("The day of the decision is yet to come. Fill in the day that the letter names."),
            "decided",
        )
    if decision.ground and decision.kind not in WITH_A_GROUND:
        raise RefusedError(
            _("The law gives grounds for suspending and withdrawing only. Leave the ground out."),
            "ground",
        )
    with refused_in_words():
        locked = _locked(decision.certificate)
        _granted(locked, _("A later decision belongs to a certificate that was granted."))
        row, _is_changed = held_with(decision)
        row.reason = row.reason.strip()
        _check_order(locked, row)
        save_by(row, by)
        _record(locked, "decision", by)
    return row


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """Take away what was recorded by mistake; history keeps it. Raises RefusedError."""
    certificate = _locked(part.certificate)
    if isinstance(part, CertificateDecision):
        rest = [row for row in certificate.decisions.all() if row.pk != part.pk]
        _check_chain(rest)
    elif isinstance(part, CertificateCondition):
        _tie_findings(part, (), by)
    vars(part)["_history_user"] = by
    part.delete()
    _record(certificate, f"{PARTS[type(part)]} removed", by)


def _record(certificate: Certificate, part: str, by: User) -> None:
    """Write down that a part of it was kept or taken back."""
    institution = certificate.institution
    record_act(
        kind=CERTIFICATE.changed, on=certificate, detail=part, institution=institution, by=by
    )


def _locked(certificate: Certificate) -> Certificate:
    """The row as it is now; two people at once take turns."""
    return Certificate.objects.select_for_update().get(pk=certificate.pk)


def _granted(certificate: Certificate, why: str) -> None:
    if certificate.status != CertificateStatus.GRANTED:
        raise RefusedError(_("%(why)s This one was not: change its status first.") % {"why": why})


def _check_order(certificate: Certificate, row: CertificateDecision) -> None:
    decided, effective = row.decided, row.effective
    assert decided is not None
    if decided.last < certificate.decided.first:
        raise RefusedError(
            _("This decision lies before the certificate itself (%(decided)s). Change the day.")
            % {"decided": in_words(certificate.decided)},
            "decided",
        )
    if effective and effective.last < decided.first:
        raise RefusedError(WORKS_FIRST, "effective")
    if certificate.ends is not None and decided.first > certificate.ends.last:
        raise RefusedError(
            _(
                "On this day the certificate had ended (%(ends)s). Change the day, or the last "
                "day of the certificate."
            )
            % {"ends": in_words(certificate.ends)},
            "decided",
        )
    others = [other for other in certificate.decisions.all() if other.pk != row.pk]
    _check_chain([*others, row])


def _check_chain(decisions: list[CertificateDecision]) -> None:
    """In order of their days: nothing after a withdrawal, and only what is suspended is resumed."""
    suspended = False
    withdrawn: CertificateDecision | None = None
    for row in sorted(decisions, key=lambda each: (each.decided_on, each.pk or float("inf"))):
        if withdrawn is not None:
            raise RefusedError(
                _(
                    "The certificate was withdrawn (%(day)s). After that nothing more is decided "
                    "about it. Change the day, or remove the withdrawal."
                )
                % {"day": in_words(withdrawn.decided)},
                "decided",
            )
        if row.kind == DecisionKind.SUSPENDED and suspended:
            raise RefusedError(
                _(
                    "The certificate is suspended already on that day. First record that the "
                    "suspension was lifted, or change the kind."
                ),
                "kind",
            )
        if row.kind == DecisionKind.RESUMED and not suspended:
            raise RefusedError(
                _(
                    "There is no suspension to lift on that day. First record the suspension, "
                    "or change the kind or the day."
                ),
                "kind",
            )
        if row.kind in (DecisionKind.SUSPENDED, DecisionKind.RESUMED):
            suspended = row.kind == DecisionKind.SUSPENDED
        if row.kind == DecisionKind.WITHDRAWN:
            withdrawn = row
