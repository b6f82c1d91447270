"""The portal's indicators: what each asks, counts and is held against. Pure.

One place for code, words, unit, direction, series, clock and article of law. Labels and
questions are English message ids; anyone who shows them translates them. A figure is always two
sums added over scope and months first and divided last, or a stock, or a median per scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from certification.indicators.rules.shapes import (
    Direction,
    FactSource,
    Kpi,
    Shape,
    Unit,
    gettext_noop,
)

_FIVE_DAYS: Final = gettext_noop(
    "five working days, from the day after the institution was notified"
)
_SAFE: Final = gettext_noop("A child that is in danger must be seen soon by someone who stays.")
_HELP: Final = gettext_noop(
    "Without a plan or help the court's measure changes nothing for the child."
)
_SIZE: Final = gettext_noop("It says for how many children the institution is responsible.")
_WAIT: Final = gettext_noop(
    "The law knows no waiting list: each child has a right to a worker at once."
)
_STAFF: Final = gettext_noop("Without enough people at work no term can be kept.")
_HOME: Final = gettext_noop(
    "Violence at home stops sooner when a notification is looked into soon."
)
_DUE: Final = gettext_noop("new measures whose deadline falls in the month")
_BESLUIT_CONTACT: Final = "Besluit Jeugdwet art. 4.2.1, 4.2.2, 4.2.3"

_ALL: Final = (
    Kpi(
        code="contact_5wd",
        label=gettext_noop("Worker and first contact within five working days"),
        question=gettext_noop(
            "Does every youth have a permanent worker and a first contact in time?"
        ),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("contact_met",),
        denominator=("contact_due",),
        clock=_FIVE_DAYS,
        law=_BESLUIT_CONTACT,
        aside="clock_missing",
        counted=gettext_noop(
            "measures with both a permanent worker and a first contact by the deadline"
        ),
        out_of=_DUE,
        why=_SAFE,
        theme="op-tijd",
    ),
    Kpi(
        code="assigned_5wd",
        label=gettext_noop("Permanent worker within five working days"),
        question=gettext_noop("Does every youth have a permanent worker in time?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("assigned_met",),
        denominator=("contact_due",),
        clock=_FIVE_DAYS,
        law=_BESLUIT_CONTACT,
        aside="clock_missing",
        counted=gettext_noop("measures with a permanent worker by the deadline"),
        out_of=_DUE,
        why=_SAFE,
    ),
    Kpi(
        code="contacted_5wd",
        label=gettext_noop("First contact within five working days"),
        question=gettext_noop("Have youth and parents been seen in time?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("contacted_met",),
        denominator=("contact_due",),
        clock=_FIVE_DAYS,
        law=_BESLUIT_CONTACT,
        aside="clock_missing",
        counted=gettext_noop(
            "measures in which youth and parents had both been seen by the deadline"
        ),
        out_of=_DUE,
        why=_SAFE,
    ),
    Kpi(
        code="plan_6w",
        label=gettext_noop("Plan of approach within six weeks"),
        question=gettext_noop("Is there a plan of approach in time?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("plan_met",),
        denominator=("plan_due",),
        clock=gettext_noop("six weeks, from the day that the setting names"),
        law="Jeugdwet art. 4.1.3, lid 5",
        aside="clock_missing",
        counted=gettext_noop("measures with a plan of approach adopted by the deadline"),
        out_of=gettext_noop(
            "new measures whose deadline falls in the month, without those with a family plan"
        ),
        why=_HELP,
        theme="zicht",
    ),
    Kpi(
        code="plan_current",
        label=gettext_noop("Plan of approach reviewed in the last year"),
        question=gettext_noop("Is the plan of approach reviewed every year?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("review_current",),
        denominator=("review_due",),
        clock=gettext_noop("365 days, back from the last day of the month"),
        law="Besluit Jeugdwet art. 4.2.4",
        approximate=True,
        counted=gettext_noop("measures whose plan was adopted or reviewed in the last 365 days"),
        out_of=gettext_noop("running measures that were ordered more than 365 days ago"),
        why=_HELP,
        theme="zicht",
    ),
    Kpi(
        code="help_3m",
        label=gettext_noop("Suitable help within three months"),
        question=gettext_noop("Does suitable help start in time?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("help_met",),
        denominator=("help_due",),
        clock=gettext_noop("three months, from the day the institution was notified"),
        law=gettext_noop("norm of the inspectorates, not of the law"),
        aside="clock_missing",
        counted=gettext_noop("measures with suitable help by the deadline"),
        out_of=_DUE,
        why=_HELP,
        theme="samenwerking",
    ),
    Kpi(
        code="running_measures",
        label=gettext_noop("Running measures"),
        question=gettext_noop("How many court measures are running?"),
        unit=Unit.COUNT,
        direction=Direction.NONE,
        shape=Shape.STOCK,
        source=FactSource.MEASURES,
        numerator=("measures_running",),
        counted=gettext_noop("measures that run at the end of the month's last day"),
        why=_SIZE,
    ),
    Kpi(
        code="running_youths",
        label=gettext_noop("Youths with a running measure"),
        question=gettext_noop("How many youths have a court measure?"),
        unit=Unit.COUNT,
        direction=Direction.NONE,
        shape=Shape.STOCK,
        source=FactSource.MEASURES,
        numerator=("youths_running",),
        counted=gettext_noop(
            "youths with a running measure at the end of the month's last day, each once"
        ),
        why=_SIZE,
    ),
    Kpi(
        code="waiting_youths",
        label=gettext_noop("Youths on the waiting list"),
        question=gettext_noop("How many youths wait for their first permanent worker?"),
        unit=Unit.COUNT,
        direction=Direction.LOWER,
        shape=Shape.STOCK,
        source=FactSource.MEASURES,
        numerator=("youths_waiting",),
        counted=gettext_noop(
            "youths who wait for a first permanent worker at the end of the month"
        ),
        why=_WAIT,
        theme="op-tijd",
    ),
    Kpi(
        code="flow_waiting_youths",
        label=gettext_noop("Youths on the flow-through list"),
        question=gettext_noop("How many youths wait for another permanent worker?"),
        unit=Unit.COUNT,
        direction=Direction.LOWER,
        shape=Shape.STOCK,
        source=FactSource.MEASURES,
        numerator=("youths_flow_waiting",),
        counted=gettext_noop(
            "youths who wait for another permanent worker at the end of the month"
        ),
        why=_WAIT,
    ),
    Kpi(
        code="waiting_median_days",
        label=gettext_noop("Median wait for a permanent worker"),
        question=gettext_noop("After how many days has half of the youths been helped?"),
        unit=Unit.DAYS,
        direction=Direction.LOWER,
        shape=Shape.MEDIAN,
        source=FactSource.MEASURES,
        numerator=(),
        clock=gettext_noop("days from entry on the list, spells of twelve months"),
        window_months=12,
        counted=gettext_noop("days until half of those on the waiting list had been helped"),
        out_of=gettext_noop("spells on the waiting list in twelve months, also those that go on"),
        why=_WAIT,
        theme="op-tijd",
    ),
    Kpi(
        code="unallocated_youths",
        label=gettext_noop("Youths without a permanent worker"),
        question=gettext_noop("How many youths have no permanent worker yet?"),
        unit=Unit.COUNT,
        direction=Direction.LOWER,
        shape=Shape.STOCK,
        source=FactSource.MEASURES,
        numerator=("youths_unallocated",),
        counted=gettext_noop(
            "youths with a running measure that has had no permanent worker, on a list or not"
        ),
        why=_WAIT,
    ),
    Kpi(
        code="worker_changes_3",
        label=gettext_noop("Three or more permanent workers"),
        question=gettext_noop("How many youths keep getting another worker?"),
        unit=Unit.PERCENT,
        direction=Direction.LOWER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("measures_workers_3",),
        denominator=("measures_workers_known",),
        known_of="measures_running",
        approximate=True,
        counted=gettext_noop("running measures that have had three or more permanent workers"),
        out_of=gettext_noop("running measures of which the number of workers was delivered"),
        why=_STAFF,
    ),
    Kpi(
        code="safety_overdue",
        label=gettext_noop("Waiting without a safety check in time"),
        question=gettext_noop("Is someone watching over the safety of those who wait?"),
        unit=Unit.PERCENT,
        direction=Direction.LOWER,
        shape=Shape.RATIO,
        source=FactSource.MEASURES,
        numerator=("spells_overdue",),
        denominator=("spells_open",),
        approximate=True,
        counted=gettext_noop("open spells whose next safety check is past or not planned"),
        out_of=gettext_noop("open spells on both lists at the end of the month"),
        why=_WAIT,
        theme="zicht",
    ),
    Kpi(
        code="caseload",
        label=gettext_noop("Youths per full-time worker"),
        question=gettext_noop("How many youths does a full-time worker have?"),
        unit=Unit.PER_FTE,
        direction=Direction.LOWER,
        shape=Shape.RATIO,
        source=FactSource.STAFFING,
        numerator=("youths_running",),
        denominator=("filled_fte", "hired_fte"),
        workers_only=True,
        counted=gettext_noop("youths with a running measure"),
        out_of=gettext_noop("full-time jobs of workers, on the pay-roll and hired"),
        why=_STAFF,
        theme="medewerkers",
    ),
    Kpi(
        code="absence",
        label=gettext_noop("Sickness absence"),
        question=gettext_noop("How much of the working time is lost to sickness?"),
        unit=Unit.PERCENT,
        direction=Direction.LOWER,
        shape=Shape.RATIO,
        source=FactSource.STAFFING,
        numerator=("sick_days",),
        denominator=("available_days",),
        counted=gettext_noop("sick days of the month"),
        out_of=gettext_noop("available days of the month, without maternity leave"),
        why=_STAFF,
    ),
    Kpi(
        code="absence_12m",
        label=gettext_noop("Sickness absence over twelve months"),
        question=gettext_noop("How much working time was lost to sickness in a year?"),
        unit=Unit.PERCENT,
        direction=Direction.LOWER,
        shape=Shape.RATIO,
        source=FactSource.STAFFING,
        numerator=("sick_days",),
        denominator=("available_days",),
        window_months=12,
        counted=gettext_noop("sick days of twelve months"),
        out_of=gettext_noop("available days of twelve months, without maternity leave"),
        why=_STAFF,
        theme="medewerkers",
    ),
    Kpi(
        code="turnover_12m",
        label=gettext_noop("Staff turnover over twelve months"),
        question=gettext_noop("How many of the staff left in a year?"),
        unit=Unit.PERCENT,
        direction=Direction.LOWER,
        shape=Shape.MEAN_OF_STOCKS,
        source=FactSource.STAFFING,
        numerator=("leavers",),
        less=("internal_leavers",),
        denominator=("headcount_start", "headcount_end"),
        window_months=12,
        counted=gettext_noop(
            "people who left in twelve months, without those who went to another role or region"
        ),
        out_of=gettext_noop("the mean number of people at the start and at the end"),
        why=_STAFF,
        theme="medewerkers",
        may_exceed_whole=True,
    ),
    Kpi(
        code="occupancy",
        label=gettext_noop("Occupancy of the establishment"),
        question=gettext_noop("How much of the establishment is filled?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.STAFFING,
        numerator=("filled_fte",),
        denominator=("establishment_fte",),
        counted=gettext_noop("full-time jobs filled, supernumerary staff included"),
        out_of=gettext_noop("full-time jobs of the establishment"),
        why=_STAFF,
        theme="medewerkers",
        may_exceed_whole=True,
    ),
    Kpi(
        code="vt_triage_5wd",
        label=gettext_noop("Triage at Veilig Thuis within five working days"),
        question=gettext_noop("Is each notification of violence assessed in time?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.SAFE_HOME,
        numerator=("triage_met",),
        denominator=("triage_due",),
        clock=gettext_noop("five working days, from the day after receipt"),
        law=gettext_noop("protocol of the sector"),
        counted=gettext_noop("notifications assessed by the deadline"),
        out_of=gettext_noop("notifications whose deadline falls in the month"),
        why=_HOME,
    ),
    Kpi(
        code="vt_study_10w",
        label=gettext_noop("Study by Veilig Thuis within ten weeks"),
        question=gettext_noop("Is each study of violence concluded in time?"),
        unit=Unit.PERCENT,
        direction=Direction.HIGHER,
        shape=Shape.RATIO,
        source=FactSource.SAFE_HOME,
        numerator=("study_met",),
        denominator=("study_due",),
        clock=gettext_noop("ten weeks, from the day a study was found to be needed"),
        law="Uitvoeringsbesluit Wmo 2015 art. 4.1.7, lid 2",
        counted=gettext_noop("studies concluded by the deadline"),
        out_of=gettext_noop("studies whose deadline falls in the month"),
        why=_HOME,
    ),
)

KPIS: Final[Mapping[str, Kpi]] = MappingProxyType({kpi.code: kpi for kpi in _ALL})
"""By code, in the order in which they are shown and exported."""


def kpi_codes() -> list[tuple[str, str]]:
    """For fields that name an indicator: asked each time, so that a new one needs no migration."""
    return [(code, code) for code in KPIS]
