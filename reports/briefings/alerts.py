"""What stands above the pages of makers: overdue briefings, guessing, clocks that are wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.alerts import Alert
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.clock_check.actions import wrong_clocks
from jbn_oversight.clock_check.models import WrongClock
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.gate.permissions import APPROVE_RIGHT, DRAFT_RIGHT, PUBLISH_RIGHT
from reports.briefings.gate.selectors.prepared import is_any_overdue, was_any_raised
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy

MAKERS: Final = (DRAFT_RIGHT, APPROVE_RIGHT, PUBLISH_RIGHT)

TOLD_FOR: Final = timedelta(days=1)


def alerts(request: HttpRequest) -> list[Alert]:
    """The overdue briefings that the person works on, as alerts of the base page.

    Only makers see them: for anyone else the title, and that it exists, is a secret.
    """
    user, at = getattr(request, "user", None), getattr(request, "at", None)
    if at is None or not isinstance(user, User) or getattr(request, "is_rehearsal", False):
        # A rehearsal plays at another hour: what is overdue then is not overdue now.
        return []
    return [*_overdue(user, at), *_guessing(user, at), *_wrong_clocks(user, at)]


def _overdue(user: User, at: datetime) -> list[Alert]:
    if not is_any_overdue(at):
        return []
    late = Briefing.objects.worked_on_by(user, at).overdue(at).order_by("embargo_until")
    return [_alert(briefing) for briefing in late]


def _guessing(user: User, at: datetime) -> list[Alert]:
    """Told for a day to makers of something unpublished, and to who keeps watch. Names none."""
    if not was_any_raised(at - TOLD_FOR, at):
        return []
    watches = Actor.of(user, amsterdam_day(at)).may("reports.see_logs")
    secret = Secrecy.objects.running().filter(briefing=OuterRef("pk"))
    unpublished = Q(published_at__isnull=True) | Q(embargo_until__gt=at) | Exists(secret)
    mine = Briefing.objects.worked_on_by(user, at).filter(unpublished, withdrawn_at__isnull=True)
    if not (watches or mine.exists()):
        return []
    return [
        Alert(
            kind="attention",
            title=_("Something unusual about briefings"),
            text=_("Somebody guessed addresses or read in an unusual way in the last day."),
            url=reverse("reports:briefing_alarms"),
            link=_("Look at the alarms"),
        )
    ]


def _wrong_clocks(user: User, at: datetime) -> list[Alert]:
    """For makers, who can schedule nothing meanwhile, and administrators, who can fix it."""
    wrong = wrong_clocks()
    if not wrong:
        return []
    actor = Actor.of(user, amsterdam_day(at))
    mends = actor.may("accounts.manage")
    if not (mends or any(actor.may(right) for right in MAKERS)):
        return []
    if any(clock.is_apart for clock in wrong):
        kind, title = "bad", _("The clock of a server is wrong")
        follows = _("Nobody can plan or publish anything until it is set right.")
    else:
        kind, title = "attention", _("Nothing keeps the clock of a server right")
        follows = _("An hour may come too early or too late.")
    if mends:
        machines = {clock.machine: clock for clock in wrong}
        text = " ".join([*(_of_machine(clock) for clock in machines.values()), follows])
    else:
        known = _("The administrator sees this too.")
        text = f"{follows} {known}"
    return [Alert(kind=kind, title=title, text=text)]


def _of_machine(clock: WrongClock) -> str:
    words = {
        "machine": clock.machine,
        "seconds": formats.number_format(abs(clock.seconds_ahead), 1),
    }
    if not clock.is_apart:
        return (
            _("Nothing keeps the clock of %(machine)s right. Set up time synchronization.") % words
        )
    if clock.seconds_ahead > 0:
        return _("%(machine)s is %(seconds)s seconds ahead of the database.") % words
    return _("%(machine)s is %(seconds)s seconds behind the database.") % words


def _alert(briefing: Briefing) -> Alert:
    assert briefing.embargo_until is not None  # overdue() asks for it
    return Alert(
        kind="bad",
        title=_("A briefing is overdue"),
        text=_("“%(title)s” should have been published on %(moment)s. It is still closed.")
        % {"title": briefing.title, "moment": moment_in_words(briefing.embargo_until)},
        url=reverse("reports:briefing_work", args=[briefing.public_id]),
        link=_("Look at this briefing"),
    )
