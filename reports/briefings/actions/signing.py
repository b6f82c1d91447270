"""Submitting, approving, publishing and withdrawing: each by the person named for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from reports.briefings.actions.locking import locked
from reports.briefings.actions.rendering import nudge
from reports.briefings.content import fingerprint, freeze
from reports.briefings.documents import document_of_draft
from reports.briefings.errors import RefusedError
from reports.briefings.permissions import check, maker_of
from reports.briefings.policies import (
    check_can_approve,
    check_can_publish,
    check_can_submit,
    check_open,
    check_revision,
)
from reports.models import Briefing, BriefingVersion, VersionAttachment


@transaction.atomic
def submit(*, briefing: Briefing, revision: int, at: datetime, by: User) -> Briefing:
    """Ask the named approver. Raises PermissionDenied, or RefusedError where it is not ready."""
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_revision(briefing, revision)
    check_can_submit(briefing)
    briefing.submitted_at, briefing.submitted_by = at, by
    briefing.save()
    return briefing


@transaction.atomic
def send_back(*, briefing: Briefing, at: datetime, by: User) -> Briefing:
    """Give a submitted draft back to its writers. The approver, or a writer; twice is once."""
    briefing = locked(briefing)
    maker = maker_of(briefing, by, at)
    check(maker.approves or maker.writes)
    check_open(briefing)
    if briefing.submitted_at is not None:
        briefing.submitted_at = briefing.submitted_by = None
        briefing.save()
    return briefing


@transaction.atomic
def approve(*, briefing: Briefing, revision: int, at: datetime, by: User) -> BriefingVersion:
    """Sign off exactly what was seen: text, figures and files freeze as a version.

    ``revision`` is that of the draft on the approver's screen. Rendering follows and may fail
    without undoing this. Raises PermissionDenied or RefusedError.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).approves)
    check_can_approve(briefing, revision)
    latest = briefing.latest_version()
    number = latest.number + 1 if latest else 1
    document = document_of_draft(briefing, at, number=number)
    content = freeze(document)
    version = BriefingVersion.objects.create(
        briefing=briefing,
        number=number,
        draft_revision=briefing.draft_revision,
        content=content,
        content_sha256=fingerprint(content),
        reason=briefing.change_reason.strip() if latest else "",
        author=briefing.author,
        approved_at=at,
        approved_by=by,
    )
    files = briefing.attachments.filter(removed_at=None)
    for position, attachment in enumerate(files, start=1):
        VersionAttachment.objects.create(
            version=version,
            position=position,
            title=attachment.title,
            stored=attachment.stored,
        )
    if briefing.approved_at is None:
        briefing.approved_at, briefing.approved_by = at, by
        if briefing.window_opens_at is None and briefing.embargo_until is not None:
            briefing.window_opens_at = min(at, briefing.embargo_until)
    briefing.submitted_at = briefing.submitted_by = None
    briefing.change_reason = ""
    briefing.save()
    transaction.on_commit(lambda: nudge(version))
    return version


@transaction.atomic
def publish(*, briefing: Briefing, version: BriefingVersion, at: datetime, by: User) -> Briefing:
    """Record the publication of the version that the publisher saw. Twice does nothing.

    It opens the briefing to its audience when the hour has come too, never before. Raises
    PermissionDenied, or RefusedError where the version is not the latest or has no PDF.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).publishes)
    version = BriefingVersion.objects.get(pk=version.pk, briefing=briefing)
    check_can_publish(briefing, version)
    if briefing.published_version_id == version.pk:
        return briefing
    at = max(at, version.approved_at)
    version.published_at, version.published_by = at, by
    version.save(update_fields=["published_at", "published_by"])
    briefing.published_at, briefing.published_by = at, by
    briefing.published_version = version
    briefing.save()
    return briefing


@transaction.atomic
def withdraw(*, briefing: Briefing, reason: str, at: datetime, by: User) -> Briefing:
    """Close the briefing for every reader, at once and for good: one act of any one maker."""
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).stops)
    if briefing.withdrawn_at is not None:
        return briefing
    if not reason.strip():
        raise RefusedError(_("Say why this briefing is withdrawn."))
    briefing.withdrawn_at, briefing.withdrawn_by = max(at, briefing.published_at or at), by
    briefing.withdrawal_reason = reason.strip()
    briefing.save()
    return briefing
