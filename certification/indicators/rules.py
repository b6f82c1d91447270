"""The portal's indicators: what each asks, counts and is held against. Pure.

One place for code, words, unit, direction, series, clock and article of law. Labels and
questions are English message ids; whoever shows them translates them. A figure is always two
sums added over scope and months first and divided last, or a stock, or a median per scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue; the screen translates it."""
    return message


class Unit(StrEnum):
    """What a value is expressed in."""

    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"
    PER_FTE = "per_fte"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Shape(StrEnum):
    """How a value comes from series."""

    RATIO = "ratio"
    """Sum over sum, both over the whole window."""
    STOCK = "stock"
    """One sum at month end."""
    MEAN_OF_STOCKS = "mean_of_stocks"
    """Sum over the window, over the mean of the first start and the last end."""
    MEDIAN = "median"
    """Computed per scope from spells, never added."""


class FactSource(StrEnum):
    """Which facts an indicator needs, and with that for which scopes it exists."""

    MEASURES = "measures"
    """measures.csv and waiting.csv: institution, regions, municipalities."""
    SAFE_HOME = "safe_home"
    """veilig_thuis.csv: institution, and the regions and municipalities of that task."""
    STAFFING = "staffing"
    """Staffing versions: institution and regions."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One indicator."""

    code: str
    label: str
    question: str
    unit: Unit
    direction: Direction
    shape: Shape
    source: FactSource
    numerator: tuple[str, ...]
    """Series, or staffing quantities, that are added."""
    denominator: tuple[str, ...] = ()
    clock: str = ""
    """What the term is and when it starts, where there is one."""
    law: str = ""
    """Article that sets the term or gives the definition."""
    window_months: int = 1
    """Over how many months, up to and including the month itself."""
    workers_only: bool = False
    """Staffing quantities of the two worker roles alone."""
    aside: str = ""
    """Series shown as a number beside the figure: measures that have no clock."""
    approximate: bool = False
    """Months before the reference month are approximate: only the last act is delivered."""


_FIVE_DAYS: Final = gettext_noop(
    "five working days, from the day after the institution was notified"
)
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
        denominator=("headcount_start", "headcount_end"),
        window_months=12,
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
    ),
)

KPIS: Final[Mapping[str, Kpi]] = MappingProxyType({kpi.code: kpi for kpi in _ALL})
"""By code, in the order in which they are shown and exported."""
