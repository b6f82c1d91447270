"""All dates that one person may see of one institution: each room is asked for its own."""

from __future__ import annotations

from datetime import date, datetime

from audits.certificates.selectors.dates import dates_of as of_certificates
from audits.inspections.selectors.dates import dates_of as of_inspections
from audits.oversight.selectors import dates_of as of_the_time_line
from audits.plans.selectors.dates import dates_of as of_plans
from certification.dates.rules import DatedThing
from certification.deliveries.selectors import dates_of as of_deliveries
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.organisations.models import Institution
from reports.briefings.chronology.selectors.dates import dates_of as of_announcements
from reports.briefings.planning.selectors import dates_of as of_briefings
from reports.calendar.rules import Agenda, agenda

OF_A_DAY = (of_plans, of_certificates, of_the_time_line, of_inspections, of_deliveries)
"""Rooms that know what was known on a day."""
OF_NOW = (of_briefings, of_announcements)
"""Rooms behind the gates of an embargo, which answer for the instant of the request alone."""


def agenda_of(
    actor: Actor, institution: Institution, day: date, at: datetime, *, is_now: bool = True
) -> Agenda:
    """What is late and what comes as known on the (Amsterdam) day, for this person.

    ``at`` is the aware instant of the request. Where the day is not the one of which pages speak
    by themselves (``is_now``), nothing of briefings is told: what was so then is not known.
    """
    found: list[DatedThing] = []
    for of_day in OF_A_DAY:
        found += of_day(actor, institution, day)
    if is_now and actor.user is not None:
        for of_now in OF_NOW:
            found += of_now(actor.user, institution, at)
    return agenda(found, day, at)
