"""What was changed about an audit: itself, its findings with causes, and its judgements."""

from __future__ import annotations

from dataclasses import replace

from django.db import models

from audits.changes import Change, changes_of
from audits.models import Audit, Cause, Finding, FindingReview

_HIDDEN = frozenset({"document", "found_in", "inspected", "finding", "re_audit", "passage"})
"""What says where a row belongs, and papers that this reader may not read yet."""


def changes_of_audit(audit: Audit) -> tuple[Change, ...]:
    """The newest first; each finding by its number in the report."""
    changes = list(changes_of(audit, leave_out=_HIDDEN))
    for finding in Finding.objects.filter(found_in=audit).prefetch_related("causes"):
        changes += _named(finding, finding.reference)
        for cause in finding.causes.all():
            changes += _named(cause, finding.reference)
    # A judgement that was taken back is only in the history.
    removed = FindingReview.history.filter(re_audit=audit, history_type="-")
    gone = [record.instance for record in removed]
    for review in (*FindingReview.objects.filter(re_audit=audit), *gone):
        changes += _named(review, _reference_of(review))
    return tuple(sorted(changes, key=lambda change: change.at, reverse=True))


def _reference_of(review: FindingReview) -> str:
    finding = Finding.objects.filter(pk=review.finding_id).first()
    return finding.reference if finding else ""


def changes_of_finding(finding: Finding) -> tuple[Change, ...]:
    """The newest first, with its causes."""
    causes: list[Cause] = list(finding.causes.all())
    return changes_of(finding, *causes, leave_out=_HIDDEN)


def _named(row: models.Model, reference: str) -> list[Change]:
    return [
        replace(change, about=f"{change.about} {reference}".strip())
        for change in changes_of(row, leave_out=_HIDDEN)
    ]
