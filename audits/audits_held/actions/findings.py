"""Record findings of an audit, their causes, and what re-audits made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.audits_held.rules.findings import Judged, WrongOrder, wrong_order
from audits.models.audits import Audit
from audits.models.findings import Cause, CauseKind, Finding, FindingCategory, FindingReview
from audits.rules.audit_days import certainly_before, day_of, is_held, order_key
from certification.certificates.actions import Said, said_columns, save_by
from certification.models.certificates import CertificateCondition
from certification.models.documents import Passage
from certification.models.frameworks import NormTheme, Requirement
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class FindingFields:
    """All that is said of a finding, in the order of a report."""

    reference: str
    theme: NormTheme | None
    requirement: Requirement | None
    category: FindingCategory
    text: str
    source: Source
    due: Said = None
    deviation_accepted: bool = False
    deviation_rationale: str = ""
    passage: Passage | None = None
    conditions: tuple[CertificateCondition, ...] = ()
    """Conditions of certificates that it belongs to."""


@transaction.atomic
def save_finding(
    *, audit: Audit | None, finding: Finding | None, fields: FindingFields, by: User
) -> Finding:
    """Record a finding of an audit, or change it; saving the same again changes nothing.

    Raises RefusedError for an orphan, and for words or norms of another body or framework.
    """
    check_finding(audit=audit, finding=finding, fields=fields)
    row = Finding(found_in=audit) if finding is None else finding
    values: dict[str, object] = {
        "reference": fields.reference,
        "theme": fields.requirement.theme if fields.requirement else fields.theme,
        "requirement": fields.requirement,
        "category": fields.category,
        "text": fields.text,
        "source": fields.source,
        "deviation_accepted": fields.deviation_accepted,
        "deviation_rationale": fields.deviation_rationale,
        "passage": fields.passage,
        **said_columns("due", fields.due),
    }
    if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        save_by(row, by)
    if set(row.conditions.all()) != set(fields.conditions):
        vars(row)["_history_user"] = by
        row.conditions.set(fields.conditions)
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
    vars(row)["_history_user"] = by
    row.delete()


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


def check_finding(*, audit: Audit | None, finding: Finding | None, fields: FindingFields) -> None:
    """Raises RefusedError where ``save_finding`` would refuse; changes nothing."""
    if audit is None or (finding is not None and finding.found_in_id != audit.pk):
        raise RefusedError(_("A finding belongs to an audit. Open the audit and add it there."))
    if not fields.text.strip():
        raise RefusedError(_("Say what was found."), "text")
    if not is_held(audit):
        raise RefusedError(
            _("This audit was not held yet, as far as recorded. Record the day first.")
        )
    if fields.category.authority_id != audit.authority_id:
        raise RefusedError(
            _("This word is of another authority. Choose a word of the body that audited."),
            "category",
        )
    theme = fields.requirement.theme if fields.requirement else fields.theme
    if theme is not None and theme.framework_id != audit.framework_id:
        raise RefusedError(
            _("This requirement is of another framework than the audit was held against."), "norm"
        )
    if fields.deviation_accepted and not fields.deviation_rationale.strip():
        raise RefusedError(
            _("Say why the body accepted the deviation, in its own reasoning."),
            "deviation_rationale",
        )
    if fields.deviation_rationale and not fields.deviation_accepted:
        raise RefusedError(
            _("A reason stands here, but the deviation is not marked as accepted. Do both."),
            "deviation_accepted",
        )
    if fields.due and certainly_before(fields.due[0], day_of(audit)):
        raise RefusedError(_("The day to have it mended lies before the audit."), "due")
    _check_papers(audit, finding, fields)
    same = Finding.objects.filter(found_in=audit, reference=fields.reference)
    if finding is not None:
        same = same.exclude(pk=finding.pk)
    if fields.reference and same.exists():
        raise RefusedError(
            _("Another finding of this audit has this number. Give each its own."), "reference"
        )


def _check_papers(audit: Audit, finding: Finding | None, fields: FindingFields) -> None:
    """The passage stands in the paper that tells of it; conditions are of this institution."""
    passage = fields.passage
    if passage is not None and (finding is None or finding.passage_id != passage.pk):
        document = passage.version.document
        if (document.source_id, document.institution_id) != (
            fields.source.pk,
            audit.institution_id,
        ):
            raise RefusedError(
                _("This passage stands in another paper. Choose that paper as the source."),
                "passage",
            )
    if any(each.certificate.institution_id != audit.institution_id for each in fields.conditions):
        raise RefusedError(
            _("This condition is of another institution. Choose another."), "conditions"
        )


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
def save_cause(
    *,
    finding: Finding,
    cause: Cause | None,
    kind: CauseKind,
    text: str,
    source: Source | None,
    by: User,
) -> Cause:
    """Say why it came to a finding, or change what was said.

    Raises RefusedError where the finding has that cause already.
    """
    same = finding.causes.filter(text=text)
    if cause is not None:
        same = same.exclude(pk=cause.pk)
    if same.exists():
        raise RefusedError(_("This cause stands here already."), "text")
    row = cause or Cause(finding=finding)
    row.kind, row.text, row.source = kind, text, source
    save_by(row, by)
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
    vars(row)["_history_user"] = by
    row.delete()
