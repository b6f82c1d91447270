"""In words exactly what each indicator counts: what is added above the line, and below it. Pure.

The words follow the delivery's contract; they are English message ids that whoever shows them
translates. A stock has one sum, a median none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from certification.indicators.rules import gettext_noop as _


@dataclass(frozen=True, slots=True)
class CountedSums:
    """What is counted, and out of what."""

    counted: str
    out_of: str = ""
    why: str = ""
    """Why it is measured, in one sentence."""


_SAFE: Final = _("A child that is in danger must be seen soon by someone who stays.")
_HELP: Final = _("Without a plan or help the court's measure changes nothing for the child.")
_SIZE: Final = _("It says for how many children the institution is responsible.")
_WAIT: Final = _("The law knows no waiting list: each child has a right to a worker at once.")
_STAFF: Final = _("Without enough people at work no term can be kept.")
_HOME: Final = _("Violence at home stops sooner when a notification is looked into soon.")
_DUE: Final = _("new measures whose deadline falls in the month")

DEFINITIONS: Final[Mapping[str, CountedSums]] = MappingProxyType(
    {
        "contact_5wd": CountedSums(
            _("measures with both a permanent worker and a first contact by the deadline"),
            _DUE,
            _SAFE,
        ),
        "assigned_5wd": CountedSums(
            _("measures with a permanent worker by the deadline"), _DUE, _SAFE
        ),
        "contacted_5wd": CountedSums(
            _("measures in which youth and parents had both been seen by the deadline"),
            _DUE,
            _SAFE,
        ),
        "plan_6w": CountedSums(
            _("measures with a plan of approach adopted by the deadline"),
            _("new measures whose deadline falls in the month, without those with a family plan"),
            _HELP,
        ),
        "plan_current": CountedSums(
            _("measures whose plan was adopted or reviewed in the last 365 days"),
            _("running measures that were ordered more than 365 days ago"),
            _HELP,
        ),
        "help_3m": CountedSums(_("measures with suitable help by the deadline"), _DUE, _HELP),
        "running_measures": CountedSums(
            _("measures that run at the end of the month's last day"), why=_SIZE
        ),
        "running_youths": CountedSums(
            _("youths with a running measure at the end of the month's last day, each once"),
            why=_SIZE,
        ),
        "waiting_youths": CountedSums(
            _("youths who wait for a first permanent worker at the end of the month"), why=_WAIT
        ),
        "flow_waiting_youths": CountedSums(
            _("youths who wait for another permanent worker at the end of the month"), why=_WAIT
        ),
        "waiting_median_days": CountedSums(
            _("days until half of those on the waiting list had been helped"),
            _("spells on the waiting list in twelve months, also those that go on"),
            _WAIT,
        ),
        "safety_overdue": CountedSums(
            _("open spells whose next safety check is past or not planned"),
            _("open spells on both lists at the end of the month"),
            _WAIT,
        ),
        "caseload": CountedSums(
            _("youths with a running measure"),
            _("full-time jobs of workers, on the pay-roll and hired"),
            _STAFF,
        ),
        "absence": CountedSums(
            _("sick days of the month"),
            _("available days of the month, without maternity leave"),
            _STAFF,
        ),
        "absence_12m": CountedSums(
            _("sick days of twelve months"),
            _("available days of twelve months, without maternity leave"),
            _STAFF,
        ),
        "turnover_12m": CountedSums(
            _("people who left in twelve months"),
            _("the mean number of people at the start and at the end"),
            _STAFF,
        ),
        "occupancy": CountedSums(
            _("full-time jobs filled, supernumerary staff included"),
            _("full-time jobs of the establishment"),
            _STAFF,
        ),
        "vt_triage_5wd": CountedSums(
            _("notifications assessed by the deadline"),
            _("notifications whose deadline falls in the month"),
            _HOME,
        ),
        "vt_study_10w": CountedSums(
            _("studies concluded by the deadline"),
            _("studies whose deadline falls in the month"),
            _HOME,
        ),
    }
)
"""By KPI code; every KPI is here."""
