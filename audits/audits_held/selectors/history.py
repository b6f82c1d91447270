"""What was changed about an audit: itself, its findings with causes, and its judgements."""

from __future__ import annotations

from dataclasses import replace

from django.db import models

from audits.models.audits import Audit
from audits.models.findings import Cause, Finding, FindingReview
from audits.selectors.history import Change, changes_of, with_removed
from audits.selectors.visibility import SourceVisibility

_HIDDEN = frozenset({"document", "found_in", "inspected", "finding", "re_audit", "passage"})
"""What says where a row belongs, and papers that this reader may not read yet."""


def changes_of_audit(audit: Audit, sight: SourceVisibility) -> tuple[Change, ...]:
    """The newest first; each finding by its number in the report."""
    changes = list(changes_of(audit, sight=sight, leave_out=_HIDDEN))
    references: dict[int, str] = {}
    for finding in with_removed(Finding, found_in=audit):
        references[finding.pk] = finding.reference
        changes += _named(finding, finding.reference, sight)
    for cause in with_removed(Cause, finding_id__in=list(references)):
        changes += _named(cause, references[cause.finding_id], sight)
    for review in with_removed(FindingReview, re_audit=audit):
        # It judges a finding of another audit.
        judged = Finding.objects.filter(pk=review.finding_id).first()
        changes += _named(review, judged.reference if judged else "", sight)
    return tuple(sorted(changes, key=lambda change: change.at, reverse=True))


def changes_of_finding(finding: Finding, sight: SourceVisibility) -> tuple[Change, ...]:
    """The newest first, with its causes."""
    causes = with_removed(Cause, finding_id=finding.pk)
    return changes_of(finding, *causes, sight=sight, leave_out=_HIDDEN)


def _named(row: models.Model, reference: str, sight: SourceVisibility) -> list[Change]:
    return [
        replace(change, about=f"{change.about} {reference}".strip())
        for change in changes_of(row, sight=sight, leave_out=_HIDDEN)
    ]
