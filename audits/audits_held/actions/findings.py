"""Record findings of an audit, their causes, and what re-audits made of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.act_kinds import AUDIT, FINDING
from audits.actions import held_with, tie
from audits.audits_held.rules.findings import Judged, WrongOrder, wrong_order
from audits.models.audits import Audit
from audits.models.findings import Cause, Finding, FindingReview
from audits.rules.audit_days import certainly_before, day_of, is_held, order_key
from certification.certificates.actions import save_by
from certification.models.certificates import CertificateCondition
from certification.models.documents import Passage
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.refusals import RefusedError, meanings_of, told_in_words

ORIGIN: Final = ("found_in", "inspected")
"""A finding stays where it was found."""


@transaction.atomic
def save_finding(
    *, finding: Finding, conditions: Collection[CertificateCondition], by: User
) -> Finding:
    """Record a finding of an audit, or change it; saving the same again changes nothing.

    ``conditions`` are those of certificates that it belongs to. Raises RefusedError for an
    orphan, and for words or norms of another body or framework.
    """
    check_finding(finding=finding, conditions=conditions)
    row, is_changed = held_with(finding, but=ORIGIN)
    is_new = row._state.adding
    with told_in_words(meanings_of(Finding)):
        if is_changed:
            save_by(row, by)
        is_tied = tie(row, {"conditions": conditions}, by)
    if is_changed or is_tied:
        _record(FINDING.saved(new=is_new), row, by)
    return row


@transaction.atomic
def remove_finding(*, finding: Finding, by: User) -> None:
    """Take back a finding that was recorded by mistake; it stays in the history.

    Raises RefusedError, which says what depends on it, where anything does.
    """
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if hanging := _hanging(row):
        raise RefusedError(
            _("This finding stays, because this hangs on it: %(what)s. Take that away first.")
            % {"what": ", ".join(hanging)}
        )
    _record(FINDING.removed, row, by)
    vars(row)["_history_user"] = by
    row.delete()


def _record(kind: KindOfAct, finding: Finding, by: User, detail: str = "") -> None:
    found = finding.found_in or finding.inspected
    institution = found.institution if found else None
    record_act(kind=kind, on=finding, detail=detail, institution=institution, by=by)


def _hanging(finding: Finding) -> list[str]:
    """In words what depends on a finding."""
    found = []
    if n := finding.reviews.count():
        words = ngettext("%(n)s judgement of a re-audit", "%(n)s judgements of re-audits", n)
        found.append(words % {"n": n})
    if n := finding.actions.count():
        found.append(ngettext("%(n)s action", "%(n)s actions", n) % {"n": n})
    if n := finding.causes.count():
        found.append(ngettext("%(n)s cause", "%(n)s causes", n) % {"n": n})
    if n := finding.conditions.count():
        found.append(ngettext("%(n)s condition", "%(n)s conditions", n) % {"n": n})
    if finding.passage_id is not None:
        found.append(_("a quoted passage"))
    return found


def check_finding(*, finding: Finding, conditions: Collection[CertificateCondition]) -> None:
    """Raises RefusedError where ``save_finding`` would refuse; changes nothing."""
    audit = finding.found_in
    if audit is None:
        raise RefusedError(_("A finding belongs to an audit. Open the audit and add it there."))
    if not finding.text.strip():
        raise RefusedError(_("Say what was found."), "text")
    if not is_held(audit):
        raise RefusedError(
            _("This audit was not held yet, as far as recorded. Record the day first.")
        )
    if finding.category is None or finding.category.authority_id != audit.authority_id:
        raise RefusedError(
            _("This word is of another authority. Choose a word of the body that audited."),
            "category",
        )
    if finding.theme is not None and finding.theme.framework_id != audit.framework_id:
        raise RefusedError(
            _("This requirement is of another framework than the audit was held against."), "norm"
        )
    if finding.deviation_accepted and not finding.deviation_rationale.strip():
        raise RefusedError(
            _("Say why the body accepted the deviation, in its own reasoning."),
            "deviation_rationale",
        )
    if finding.deviation_rationale and not finding.deviation_accepted:
        raise RefusedError(
            _("A reason stands here, but the deviation is not marked as accepted. Do both."),
            "deviation_accepted",
        )
    if finding.due and certainly_before(finding.due, day_of(audit)):
        raise RefusedError(_("The day to have it mended lies before the audit."), "due")
    _check_papers(audit, finding, conditions)


def _check_papers(
    audit: Audit, finding: Finding, conditions: Collection[CertificateCondition]
) -> None:
    """The passage stands in the paper that tells of it; conditions are of this institution."""
    passage = finding.passage
    if passage is not None and not _rests_on(finding, passage):
        document = passage.version.document
        if (document.source_id, document.institution_id) != (
            finding.source_id,
            audit.institution_id,
        ):
            raise RefusedError(
                _("This passage stands in another paper. Choose that paper as the source."),
                "passage",
            )
    if any(each.certificate.institution_id != audit.institution_id for each in conditions):
        raise RefusedError(
            _("This condition is of another institution. Choose another."), "conditions"
        )


def _rests_on(finding: Finding, passage: Passage) -> bool:
    """Whether it is recorded so already."""
    return Finding.objects.filter(pk=finding.pk, passage=passage).exists()


@dataclass(frozen=True, slots=True)
class ReviewJudgement:
    """What a re-audit made of one finding; ``judged`` None where it said nothing of it."""

    judged: Judged | None
    remark: str = ""


@transaction.atomic
def review_findings(
    *,
    re_audit: Audit,
    judgements: Mapping[Finding, ReviewJudgement],
    source: Source,
    by: User,
) -> int:
    """Record what a re-audit made of findings of earlier audits; how many judgements changed.

    All or none: raises RefusedError, whose ``field`` is the finding's public id, for the first
    that cannot be. What was judged before at this audit is changed, or taken back by None.
    """
    Audit.objects.select_for_update(of=("self",)).get(pk=re_audit.pk)
    if not is_held(re_audit) and any(each.judged for each in judgements.values()):
        raise RefusedError(
            _("This audit was not held yet, as far as recorded. Record the day first.")
        )
    changed = 0
    for finding, judgement in judgements.items():
        changed += _review(re_audit, finding, judgement, source, by)
    if changed:
        institution = re_audit.institution
        record_act(kind=AUDIT.changed, on=re_audit, detail="judged", institution=institution, by=by)
    return changed


def _review(
    re_audit: Audit, finding: Finding, judgement: ReviewJudgement, source: Source, by: User
) -> bool:
    _check_review(re_audit, finding)
    reviews = list(finding.reviews.select_related("re_audit"))
    mine = next((row for row in reviews if row.re_audit_id == re_audit.pk), None)
    others = [(order_key(row.re_audit), Judged(row.outcome)) for row in reviews if row is not mine]
    if judgement.judged:
        others.append((order_key(re_audit), judgement.judged))
    wrong = wrong_order(judged for _key, judged in sorted(others, key=lambda pair: pair[0]))
    if wrong is WrongOrder.NEVER_CLOSED:
        raise RefusedError(
            _("It was never closed before, so it cannot be opened again. Choose still open."),
            finding.public_id,
        )
    if wrong is WrongOrder.CLOSED_ALREADY:
        raise RefusedError(
            _("An audit closed it, and a later one says otherwise. Choose opened again or none."),
            finding.public_id,
        )
    if judgement.judged is None:
        if mine:
            vars(mine)["_history_user"] = by
            mine.delete()
        return mine is not None
    row = mine or FindingReview(finding=finding, re_audit=re_audit)
    if mine and (mine.outcome, mine.remark) == (judgement.judged, judgement.remark):
        return False
    row.outcome, row.remark, row.source = judgement.judged, judgement.remark, source
    save_by(row, by)
    return True


def _check_review(re_audit: Audit, finding: Finding) -> None:
    found_in = finding.found_in
    if found_in is None or (found_in.institution_id, found_in.authority_id) != (
        re_audit.institution_id,
        re_audit.authority_id,
    ):
        raise RefusedError(
            _("This finding is of another institution or body; it is not judged here."),
            finding.public_id,
        )
    if found_in.pk == re_audit.pk:
        raise RefusedError(
            _("An audit does not judge its own findings; a later one does."), finding.public_id
        )
    if certainly_before(day_of(re_audit), day_of(found_in)):
        raise RefusedError(
            _("The re-audit lies before the audit that found this. Change one of the days."),
            finding.public_id,
        )


@transaction.atomic
def save_cause(*, cause: Cause, by: User) -> Cause:
    """Say why it came to a finding, or change what was said.

    Raises RefusedError where the finding has that cause already.
    """
    row, _is_changed = held_with(cause)
    with told_in_words(meanings_of(Cause)):
        save_by(row, by)
    _record(FINDING.changed, row.finding, by, "cause")
    return row


@transaction.atomic
def remove_cause(*, cause: Cause, by: User) -> None:
    """Take back a cause that was recorded by mistake; it stays in the history.

    Raises RefusedError where an action is to take it away.
    """
    row = Cause.objects.select_for_update(of=("self",)).get(pk=cause.pk)
    if row.actions.exists():
        raise RefusedError(
            _("An action is to take this cause away. Change the action first; the cause stays.")
        )
    _record(FINDING.changed, row.finding, by, "cause removed")
    vars(row)["_history_user"] = by
    row.delete()
