"""When something may be done to a briefing. Who may is for ``permissions``.

Each ``check_`` raises ``RefusedError`` with words for the person who asked.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant


def check_open(briefing: Briefing) -> None:
    """A withdrawn briefing stays as it is, and so does one that an emergency closed."""
    if briefing.withdrawn_at is not None:
        raise RefusedError(_("This briefing was withdrawn. Nothing about it can change any more."))
    if briefing.closed_at is not None:
        raise RefusedError(
            _("This briefing is closed in an emergency. Two people can open it again.")
        )


def check_not_secret(briefing: Briefing) -> None:
    """While secrecy runs nobody new gets to know of it: not named, not passed on, not announced."""
    if briefing.is_secret:
        raise RefusedError(
            _("Secrecy runs on this briefing. Nobody else may know of it before it is lifted.")
        )


def check_revision(briefing: Briefing, revision: int) -> None:
    """What somebody saw on the screen must be what is there now."""
    if briefing.draft_revision != revision:
        raise ChangedMeanwhileError(
            _("Somebody changed this briefing after you opened it. Look at it again first.")
        )


def has_new_draft(briefing: Briefing, latest: BriefingVersion | None) -> bool:
    """Whether the draft is something that nobody signed off."""
    return latest is None or latest.draft_revision != briefing.draft_revision


def check_can_submit(briefing: Briefing) -> None:
    """A draft that is something new, with its reason; what is wrong in it, the checklist says."""
    check_open(briefing)
    if briefing.submitted_at is not None:
        raise RefusedError(_("This briefing already waits for approval."))
    latest = briefing.latest_version()
    if not has_new_draft(briefing, latest):
        raise RefusedError(_("Nothing changed since the last approval."))
    if latest is not None and not briefing.change_reason.strip():
        raise RefusedError(_("Say what changed since the previous version, and why."))


def check_can_approve(briefing: Briefing, revision: int) -> None:
    """Only what was submitted, and exactly what the approver saw."""
    check_open(briefing)
    check_revision(briefing, revision)
    if briefing.submitted_at is None:
        raise RefusedError(_("This briefing was not submitted for approval."))


def check_can_set_aside(briefing: Briefing, variant: VersionVariant, reason: str) -> None:
    """A place's own text that failed to print, of the latest version, with a reason."""
    check_open(briefing)
    if variant.printed() is not None or not variant.last_failure():
        raise RefusedError(_("Only a text that cannot be printed is set aside."))
    latest = briefing.latest_version()
    if latest is None or latest.pk != variant.version_id:
        raise ChangedMeanwhileError(_("There is a newer approved version. Look at that one."))
    if not reason.strip():
        raise RefusedError(_("Say why this text is set aside."))


def check_can_publish(briefing: Briefing, version: BriefingVersion) -> None:
    """The latest approved version, printed and through the PDF gate."""
    check_open(briefing)
    if briefing.is_secret:
        raise RefusedError(
            _("Secrecy runs on this briefing. It cannot be published before it is lifted.")
        )
    latest = briefing.latest_version()
    if latest is None or latest.pk != version.pk:
        raise ChangedMeanwhileError(
            _("There is a newer approved version. Look at that one before you publish.")
        )
    texts: list[BriefingVersion | VersionVariant] = [version]
    texts += version.variants.filter(set_aside_at=None).select_related("version")
    if any(one.names_another_hour() for one in texts):
        raise RefusedError(
            _(
                "The hour was moved, and the PDF that names the new one is not there yet. It is "
                "being printed. Try again later."
            )
        )
    if version.printed() is None:
        raise RefusedError(_("There is no finished PDF of this version yet. Try again later."))
    waiting = [one for one in version.variants.filter(set_aside_at=None) if one.printed() is None]
    if waiting:
        raise RefusedError(
            _("There is no finished PDF for: %(places)s. Wait, or set these texts aside.")
            % {"places": ", ".join(str(one.place) for one in waiting)}
        )
