"""The agenda as a file (iCalendar, RFC 5545) for somebody's own calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from certification.dates.rules import DatedThing
from certification.imprecise_days import Precision
from certification.sentences import in_words
from reports.calendar.rules import Agenda
from reports.calendar.sentences import KINDS


def calendar_file(
    agenda: Agenda,
    *,
    name: str,
    at: datetime,
    absolute: Callable[[str], str],
    host: str,
    briefings: bool = False,
) -> bytes:
    """What is late and what comes. Of briefings nothing, or if asked their hours without a title.

    A calendar is copied to telephones and seen by colleagues: there an hour gives a briefing
    away. ``absolute`` makes an address of a path; ``at`` is the aware instant of the request.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//JBN Oversight//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Amsterdam")
    for late, things in ((True, agenda.late), (False, agenda.coming)):
        for thing in _told(things, briefings=briefings):
            calendar.add_component(_event(thing, late, at, absolute(thing.url), host))
    data: bytes = calendar.to_ical()
    return data


def _told(things: Iterable[DatedThing], *, briefings: bool) -> Iterable[DatedThing]:
    return (thing for thing in things if briefings or not thing.is_secret)


def _event(thing: DatedThing, late: bool, at: datetime, url: str, host: str) -> Event:
    event = Event()
    about = f"{thing.kind}|{thing.url}|{thing.key or thing.title}"
    event.add("uid", f"{sha256(about.encode()).hexdigest()[:32]}@{host}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", _summary(thing, late))
    if thing.at is not None:
        event.add("dtstart", thing.at.astimezone(UTC))
    else:
        # A day that is known to the month only lies somewhere in it: the event is the month.
        event.add("dtstart", thing.on.first)
        event.add("dtend", thing.on.last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if thing.is_certain else "TENTATIVE")
    event.add("url", url)
    event.add("categories", [vText(str(KINDS[thing.kind]))])
    if thing.is_secret:
        event.add("class", "PRIVATE")
    elif thing.owner:
        event.add("description", _("It is up to %(owner)s.") % {"owner": thing.owner})
    return event


def _summary(thing: DatedThing, late: bool) -> str:
    if thing.is_secret:
        return _("A moment of a briefing")
    words = thing.title
    if thing.on.precision is not Precision.DAY:
        words = f"{words} ({in_words(thing.on)})"
    return capfirst(_("late: %(what)s") % {"what": words}) if late else words
