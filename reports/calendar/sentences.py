"""Words of the calendar: kinds, days, how a thing stands, and the first sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification.dates.rules import DatedThing, DateKind
from certification.sentences import in_words
from jbn_oversight.moment_words import moment_in_words
from reports.calendar.rules import SOON, Agenda

KINDS: Final[Mapping[DateKind, str | Promise]] = MappingProxyType(
    {
        DateKind.ACTION: gettext_lazy("action"),
        DateKind.EVIDENCE: gettext_lazy("evidence"),
        DateKind.FINDING: gettext_lazy("finding"),
        DateKind.CERTIFICATE: gettext_lazy("certificate"),
        DateKind.AUDIT: gettext_lazy("audit"),
        DateKind.INSPECTION: gettext_lazy("inspection"),
        DateKind.DELIVERY: gettext_lazy("delivery"),
        DateKind.BRIEFING: gettext_lazy("briefing"),
        DateKind.ANNOUNCEMENT: gettext_lazy("announcement"),
        DateKind.EVENT: gettext_lazy("other"),
    }
)


def day_words(thing: DatedThing) -> str:
    """The day as precise as it is known, with the hour where there is one."""
    return moment_in_words(thing.at) if thing.at else in_words(thing.on)


def lead(agenda: Agenda) -> str:
    """How much is late, whose it is, and how much comes soon."""
    soon = len(agenda.soon())
    comes = ngettext(
        "%(n)s date comes in the next %(days)s days.",
        "%(n)s dates come in the next %(days)s days.",
        soon,
    ) % {"n": soon, "days": SOON}
    if not soon:
        comes = _("Nothing comes in the next %(days)s days.") % {"days": SOON}
    late = len(agenda.late)
    if not late:
        return _("Nothing is late.") + " " + comes
    words = ngettext("%(n)s date is past due.", "%(n)s dates are past due.", late) % {"n": late}
    mine = sum(one.is_mine for one in agenda.late)
    if mine:
        yours = ngettext("%(n)s of them is yours.", "%(n)s of them are yours.", mine)
        words = f"{words} {yours % {'n': mine}}"
    return f"{words} {comes}"
