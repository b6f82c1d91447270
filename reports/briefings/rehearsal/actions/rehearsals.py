"""Playing the release with a moved clock, before it is real.

Publication, readers and readings of the play happen in a transaction that is always undone, so
nothing opens, nobody is told and nothing is logged; only the outcome is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    REHEARSED,
)
from reports.briefings.decisions.models import Rehearsal
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_open, has_new_draft
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.rehearsal.actions.stage import AwaitedError, Play, perform
from reports.briefings.signing.actions import freeze_version
from reports.briefings.signing.selectors.checklist import SOONEST
from reports.briefings.signing.selectors.signed_texts import texts_of

TURNS: Final = 3
"""How often it begins again for somebody who waits, such as a maker whose text is kept."""


def rehearse(*, briefing: Briefing, host: str, at: datetime, by: User) -> Rehearsal:
    """Play the release of the latest version, or of the draft, and keep the outcome.

    Of any maker, before the briefing is out. ``host`` is the name under which the portal is
    called. Raises PermissionDenied, or RefusedError while there is no hour or nobody to publish.
    """
    for turns_left in reversed(range(TURNS)):
        try:
            rows, version, hour, revision = _played(briefing, host, at, by)
            break
        except AwaitedError:  # anyone who waited goes first
            if not turns_left:
                raise
    with transaction.atomic():
        rehearsal = Rehearsal.objects.create(
            briefing=briefing,
            version=version,
            draft_revision=revision,
            embargo_until=hour,
            played_at=at,
            played_by=by,
            rows=rows,
            passed=all(row["good"] for row in rows),
        )
        outcome = "passed" if rehearsal.passed else "failed"
        record_on(briefing, REHEARSED, at=at, by=by, detail=outcome)
    return rehearsal


def _played(
    briefing: Briefing, host: str, at: datetime, by: User
) -> tuple[list[dict[str, Any]], BriefingVersion | None, datetime, int]:
    """What each kind of reader met, of which version, hour and revision; all of it undone."""
    with transaction.atomic():
        try:
            play, version = _stage(briefing, host, at, by)
            hour, revision = play.hour, play.briefing.draft_revision
            if version is not None:
                revision = version.draft_revision
            return perform(play, at), version, hour, revision
        finally:
            transaction.set_rollback(True)


def _stage(
    briefing: Briefing, host: str, at: datetime, by: User
) -> tuple[Play, BriefingVersion | None]:
    """The briefing as it will be: signed, and published unless it is secret. To be undone."""
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    signatory = briefing.signatories.select_related("user").first()
    if signatory is None or briefing.publisher is None:
        raise RefusedError(
            _("Name who is asked to approve and who is asked to publish, two other people.")
        )
    if briefing.embargo_until is None or briefing.embargo_until < at + SOONEST:
        raise RefusedError(_("A rehearsal needs an hour that is still to come."))
    version = briefing.latest_version()
    played = version
    if played is None or has_new_draft(briefing, played):
        briefing.change_reason = briefing.change_reason.strip() or "-"
        played = freeze_version(briefing, texts_of(briefing, at), at, signatory.user)
        version = None
    secret = briefing.is_secret
    if not secret:
        briefing.published_at = max(at, played.approved_at)
        briefing.published_by, briefing.published_version = briefing.publisher, played
        briefing.save()
    assert briefing.window_opens_at is not None  # briefing_hour_from_approval_on
    play = Play(
        briefing=briefing,
        version=played,
        window=briefing.window_opens_at,
        hour=briefing.embargo_until,
        comes_out=not secret,
        host=host,
    )
    return play, version
