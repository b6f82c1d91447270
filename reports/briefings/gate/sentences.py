"""How a briefing stands, in words for its makers: phase, next step, embargo, readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from jbn_oversight.moment_words import moment_in_words
from reports.briefings.gate.policies import has_new_draft
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.kinds import Phase
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.signing import SignOff
from reports.briefings.models.versions import BriefingVersion

KINDS = {
    Phase.DRAFT: "none",
    Phase.SUBMITTED: "attention",
    Phase.APPROVED: "info",
    Phase.OVERDUE: "bad",
    Phase.SCHEDULED: "info",
    Phase.PUBLISHED: "good",
    Phase.SECRET: "bad",
    Phase.CLOSED: "bad",
    Phase.WITHDRAWN: "bad",
}

SHUT = {
    Phase.WITHDRAWN: gettext_noop("Nobody may read it any more."),
    Phase.CLOSED: gettext_noop("Nobody may read it now."),
}


@dataclass(frozen=True, slots=True)
class BriefingStanding:
    """What stands at the top of each page of a maker."""

    word: str
    kind: str
    """Kind of the status component: good, bad, attention, info, none."""
    next_step: str
    embargo: str
    may_read: str
    did_read: str


def standing(briefing: Briefing, at: datetime) -> BriefingStanding:
    """How the briefing stands at an aware instant, in the language that is active."""
    phase = briefing.phase(at)
    latest = briefing.latest_version()
    read = ReadingLog.objects.of(briefing.public_id).readers()
    return BriefingStanding(
        word=str(phase.label),
        kind=KINDS[phase],
        next_step=_next_step(briefing, phase, latest, at),
        embargo=_embargo(briefing, phase),
        may_read=_may_read(briefing, phase, at),
        did_read=(
            ngettext("One person has read it.", "%(n)s people have read it.", read) % {"n": read}
            if read
            else _("Nobody has read it.")
        ),
    )


def _next_step(
    briefing: Briefing, phase: Phase, latest: BriefingVersion | None, at: datetime
) -> str:
    if phase is Phase.WITHDRAWN:
        return _("It is closed for everybody, for good.")
    if phase is Phase.CLOSED:
        return _("It is closed in an emergency. Two makers can open it again.")
    if phase is Phase.SECRET and briefing.published_at is not None:
        return _("Secrecy runs on it. It is open again when two makers record the lifting.")
    if briefing.submitted_at is not None:
        return _("Waits for approval by %(name)s.") % {"name": _still_to_sign(briefing)}
    if latest is None or (phase is Phase.PUBLISHED and has_new_draft(briefing, latest)):
        return _("The writers finish the draft and submit it.")
    return _after_approval(briefing, latest, at)


def _still_to_sign(briefing: Briefing) -> str:
    """Who was asked and did not sign yet, by name."""
    signed = SignOff.objects.standing(briefing).values("signed_by")
    rows = briefing.signatories.exclude(user__in=signed).select_related("user")
    names = [row.user.name for row in rows]
    if len(names) < 2:
        return "".join(names) or _("nobody")
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _after_approval(briefing: Briefing, latest: BriefingVersion, at: datetime) -> str:
    if briefing.published_version_id == latest.pk:
        return _("Nothing: it is published.")
    if briefing.is_secret:
        return _("Secrecy runs on it: it cannot be published before that is lifted.")
    if latest.printed() is None:
        return _being_printed(latest, at)
    name = briefing.publisher.name if briefing.publisher else _("nobody")
    return _("Waits for publication by %(name)s.") % {"name": name}


def _being_printed(latest: BriefingVersion, at: datetime) -> str:
    """Why there is no PDF yet."""
    if failure := latest.last_failure():
        return _("The PDF of version %(n)s failed (%(why)s). It is tried again by itself.") % {
            "n": latest.number,
            "why": failure,
        }
    if latest.attempts().stands_still(at):
        return _(
            "The PDF of version %(n)s stands still. It goes on by itself, mostly within two "
            "minutes."
        ) % {"n": latest.number}
    if latest.names_another_hour():
        return _(
            "The hour was moved: the PDF of version %(n)s is being printed with the new one. "
            "It cannot be published before that is there."
        ) % {"n": latest.number}
    return _("The PDF of version %(n)s is being made.") % {"n": latest.number}


def _embargo(briefing: Briefing, phase: Phase) -> str:
    if briefing.embargo_until is None:
        return _("No hour yet: the embargo does not end.")
    words = {"moment": moment_in_words(briefing.embargo_until)}
    if phase is Phase.PUBLISHED:
        return _("The embargo ended on %(moment)s.") % words
    if phase is Phase.SECRET and briefing.published_at is not None:
        return _("It was published; while secrecy runs it is shut.")
    if phase is Phase.SECRET:
        return _("The hour passed on %(moment)s; while secrecy runs nobody publishes it.") % words
    if phase is Phase.OVERDUE:
        return _("The hour passed on %(moment)s without publication: it is still shut.") % words
    return _("Under embargo until %(moment)s.") % words


def _may_read(briefing: Briefing, phase: Phase, at: datetime) -> str:
    if phase in SHUT:
        return _(SHUT[phase])
    named = briefing.early_readers.remaining(at)
    invited, accepted = named.count(), named.filter(accepted_at__isnull=False).count()
    if phase is Phase.PUBLISHED:
        rows = briefing.audience.select_related("municipality", "region")
        places = [str(row.place) for row in rows]
        if not places:
            return _("Only its early readers may read it: no organisation was chosen.")
        names = get_text_list(places, _("and"))
        return _("The people of %(places)s may read it.") % {"places": names}
    opens = briefing.window_opens_at
    if not invited:
        return _("Nobody may read it: there are no early readers.")
    if briefing.approved_at is None or opens is None or opens > at:
        return ngettext(
            "Nobody may read it yet; one early reader is named.",
            "Nobody may read it yet; %(n)s early readers are named.",
            invited,
        ) % {"n": invited}
    return _("%(accepted)s of %(invited)s early readers accepted the terms and may read now.") % {
        "accepted": accepted,
        "invited": invited,
    }


@dataclass(frozen=True, slots=True)
class Signature:
    """Who is asked to sign, on whose behalf, and since when that is done for this draft."""

    name: str
    place: str
    signed_at: datetime | None


def signatures_of(briefing: Briefing) -> list[Signature]:
    """Everybody who is asked to sign, in the order in which they were asked."""
    done = {one.signed_by_id: one.signed_at for one in SignOff.objects.standing(briefing)}
    rows = briefing.signatories.select_related("user", "region", "municipality")
    return [Signature(row.user.name, str(row.place), done.get(row.user_id)) for row in rows]


def secrecy_line(briefing: Briefing) -> str:
    """What readers and makers see while secrecy runs; empty without. Independent of embargo."""
    running = briefing.secrecies.running().first()
    if running is None:
        return ""
    return _(
        "Secret: imposed by %(organ)s on %(day)s (Gemeentewet, articles 87 to 89; Woo, article "
        "%(ground)s). Whoever reads this keeps it secret until it is lifted."
    ) % {
        "organ": running.get_organ_display(),
        "day": date_format(running.imposed_on, "j F Y"),
        "ground": running.get_ground_display(),
    }
