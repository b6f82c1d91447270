"""Record and change audits. Every refusal is a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import AUDIT
from audits.actions import held_with
from audits.audits_held.rules.findings import Judged, wrong_order
from audits.models.audits import AUDIT_NUMBER_TAKEN, Audit
from audits.models.findings import Finding, FindingReview
from audits.rules.audit_days import certainly_before, day_of, is_held, order_key
from certification.certificates.actions import save_by
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.refusals import RefusedError


@transaction.atomic
def save_audit(*, audit: Audit, today: date, by: User) -> Audit:
    """Record an audit, or change it; ``today`` is the Amsterdam day.

    Raises RefusedError where the facts contradict each other or other audits.
    """
    columns = ("authority_id", "framework_id")
    before = Audit.objects.filter(pk=audit.pk).values_list(*columns).first()
    row, _is_changed = held_with(audit)
    _check_itself(row, today)
    _check_others(row)
    if before and before != (row.authority_id, row.framework_id):
        _check_findings_stay(row)
    if before:
        _check_reviews_stay(row)
    is_new = row._state.adding
    save_by(row, by)
    record_act(kind=AUDIT.saved(new=is_new), on=row, institution=row.institution, by=by)
    return row


def _check_itself(row: Audit, today: date) -> None:
    """What the audit says of itself."""
    if row.planned_until_on and row.planned_precision != "day":
        raise RefusedError(
            _("Give the first day of the planned period too, as a day; or leave its end empty."),
            "planned_until",
        )
    if row.planned_until_on and row.planned_on and row.planned_until_on < row.planned_on:
        raise RefusedError(
            _("The planned period ends before it begins. Change one of the two."), "planned_until"
        )
    if row.held and row.held.first > today:
        raise RefusedError(
            _("The day on which it was held is yet to come. Write it as planned."), "held"
        )
    if row.outcome_known and row.outcome_known.first > today:
        raise RefusedError(
            _("The day of the outcome is yet to come. Leave the outcome empty for now."),
            "outcome_known",
        )
    if certainly_before(row.outcome_known, row.held):
        raise RefusedError(
            _("The outcome lies before the day on which the audit was held. Change one of them."),
            "outcome_known",
        )
    if row.outcome and row.outcome_known is None:
        raise RefusedError(
            _("Say since when the outcome is known, as precisely as the source does."),
            "outcome_known",
        )
    if row.framework and row.framework.authority_id != row.authority_id:
        raise RefusedError(
            _("This framework belongs to another authority. Choose one of this body."),
            "framework",
        )
    if row.document and row.document.institution_id != row.institution_id:
        raise RefusedError(
            _("This document is about another institution. Choose another."), "document"
        )


def _check_others(row: Audit) -> None:
    """What the audit says beside other audits."""
    same = Audit.objects.filter(
        institution=row.institution,
        authority=row.authority,
        kind=row.kind,
        sequence_no=row.sequence_no,
    ).exclude(pk=row.pk)
    if same.exists():
        raise RefusedError(AUDIT_NUMBER_TAKEN, "sequence_no")
    followed = row.follow_up_of
    if followed is None:
        return
    if followed.pk == row.pk:
        raise RefusedError(_("An audit does not follow itself. Choose another."), "follow_up_of")
    if (followed.institution_id, followed.authority_id) != (row.institution_id, row.authority_id):
        raise RefusedError(
            _("A re-audit is of the same institution by the same body. Choose another audit."),
            "follow_up_of",
        )
    if certainly_before(day_of(row), day_of(followed)):
        raise RefusedError(
            _("The re-audit lies before the audit that it follows. Change a day or the audit."),
            "follow_up_of",
        )
    seen = {row.pk}
    while followed is not None:
        if followed.pk in seen and followed.pk is not None:
            raise RefusedError(
                _("These audits would follow each other in a circle. Choose another audit."),
                "follow_up_of",
            )
        seen.add(followed.pk)
        followed = followed.follow_up_of


def _check_findings_stay(row: Audit) -> None:
    """Its findings keep their words and requirements when body or framework change."""
    findings = Finding.objects.filter(found_in=row)
    if findings.exclude(category__authority=row.authority).exists():
        raise RefusedError(
            _("Findings of this audit carry words of the other body. Change those first."),
            "authority",
        )
    themed = findings.filter(theme__isnull=False)
    if row.framework_id:
        themed = themed.exclude(theme__framework_id=row.framework_id)
    if themed.exists():
        raise RefusedError(
            _("Findings of this audit refer to the other framework. Change those first."),
            "framework",
        )


def _check_reviews_stay(row: Audit) -> None:
    """Judgements made at this audit, and on its findings, still come after what they judge."""
    made = FindingReview.objects.filter(re_audit=row).select_related("finding__found_in")
    judged = FindingReview.objects.filter(finding__found_in=row).select_related("re_audit")
    if made and not is_held(row):
        raise RefusedError(
            _("Findings were judged at this audit, so it was held. Give the day or the outcome."),
            "held",
        )
    if _turned_around(row, made):
        raise RefusedError(
            _("With this day a finding would be opened again before it was closed."), "held"
        )
    early = any(
        certainly_before(day_of(row), day_of(review.finding.found_in))
        for review in made
        if review.finding.found_in
    )
    late = any(certainly_before(day_of(review.re_audit), day_of(row)) for review in judged)
    if early or late:
        raise RefusedError(
            _("With this day the audit would lie on the wrong side of a re-audit that judged."),
            "held",
        )


def _turned_around(row: Audit, made: Iterable[FindingReview]) -> bool:
    """Whether judgements on one finding would come in an order that cannot be."""
    for review in made:
        judgements = []
        for each in review.finding.reviews.select_related("re_audit"):
            at = row if each.re_audit_id == row.pk else each.re_audit
            judgements.append((order_key(at), Judged(each.outcome)))
        if wrong_order(judged for _key, judged in sorted(judgements, key=lambda pair: pair[0])):
            return True
    return False
