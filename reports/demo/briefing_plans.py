"""What becomes of each fictional oplegger: one for each state and answer of the embargo.

Days count from the first start of the portal. The embargo never uses the day that the
dashboards speak of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

from jbn_oversight.organisations.reference import MUNICIPALITIES
from reports.briefings.models.kinds import DocumentType
from reports.demo import texts
from reports.demo.texts import DemoText

KPIS: Final = (
    "contact_5wd",
    "plan_6w",
    "help_3m",
    "waiting_youths",
    "waiting_median_days",
    "absence_12m",
    "turnover_12m",
)
CHARTS: Final = ("contact_5wd", "waiting_youths")
KPIS_SAFE_HOME: Final = ("vt_triage_5wd", "vt_study_10w")


@dataclass(frozen=True, slots=True)
class TextPlan:
    """What becomes of one text: by whom, for whom and when. Days count from the first start."""

    text: DemoText
    owner: str
    """Region or CBS code."""
    author: str
    approver: str
    publisher: str
    audience: tuple[str, ...] = ()
    started: int = -14
    """On which day it was begun; before the days below."""
    window_opens: int | None = None
    embargo_until: int | None = None
    embargo_clock: time = time(10)
    submitted: bool = True
    approved: int | None = None
    published: int | None = None
    invited: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    kpis: tuple[str, ...] = KPIS
    charts: tuple[str, ...] = CHARTS
    charts_of: str = ""
    attached: bool = False
    document_type: str = DocumentType.OPLEGGER
    also_signs: tuple[str, ...] = ()
    """Who signs beside the approver, before."""
    public: bool = False
    """Whether publication opens a page for everybody."""


def _region_and_councils(region: str) -> tuple[str, ...]:
    return (region, *(code for code, row in MUNICIPALITIES.items() if row[0] == region))


_DRENTHE: Final = _region_and_councils("drenthe")
PLANS: Final = (
    # after: published, and the hour has come
    TextPlan(
        texts.PROGRESS,
        owner="drenthe",
        author="adviseur.drenthe",
        approver="wethouder.assen",
        publisher="adviseur2.drenthe",
        audience=_DRENTHE,
        started=-21,
        window_opens=-10,
        embargo_until=-2,
        approved=-11,
        published=-3,
        invited=("raadslid.assen", "raadslid.emmen"),
        accepted=("raadslid.assen",),
        attached=True,
        public=True,
    ),
    # within for who accepted the terms, before for who did not, none for others
    TextPlan(
        texts.RESEARCH,
        owner="drenthe",
        author="adviseur.drenthe",
        approver="wethouder.assen",
        publisher="adviseur2.drenthe",
        audience=_DRENTHE,
        window_opens=-4,
        embargo_until=12,
        approved=-5,
        invited=("raadslid.assen", "raadslid.emmen", "griffier.assen"),
        accepted=("raadslid.assen", "griffier.assen"),
        attached=True,
        also_signs=("wethouder.groningen",),
    ),
    # before for everybody: approved, the window is not open yet
    TextPlan(
        texts.AUTUMN,
        owner="drenthe",
        author="adviseur2.drenthe",
        approver="wethouder.drenthe",
        publisher="adviseur.drenthe",
        audience=_DRENTHE,
        started=-9,
        window_opens=3,
        embargo_until=17,
        approved=-2,
        invited=("raadslid.assen", "raadslid.emmen"),
        kpis=("waiting_youths", "occupancy", "caseload"),
        charts=("waiting_youths", "occupancy"),
    ),
    # overdue: the hour has passed and nobody published
    TextPlan(
        texts.ALTERNATIVES,
        owner="drenthe",
        author="adviseur.drenthe",
        approver="wethouder.assen",
        publisher="adviseur2.drenthe",
        audience=_DRENTHE,
        started=-16,
        window_opens=-7,
        embargo_until=-1,
        approved=-8,
        invited=("raadslid.assen",),
        accepted=("raadslid.assen",),
        kpis=("running_youths", "waiting_youths"),
        charts=("running_youths", "waiting_youths"),
    ),
    # none for everybody in Drenthe
    TextPlan(
        texts.GRONINGEN,
        owner="groningen",
        author="adviseur.groningen",
        approver="wethouder.groningen",
        publisher="adviseur2.groningen",
        audience=_region_and_councils("groningen"),
        window_opens=-3,
        embargo_until=9,
        approved=-4,
        invited=("raadslid.groningen",),
        accepted=("raadslid.groningen",),
        kpis=KPIS_SAFE_HOME,
        charts=KPIS_SAFE_HOME,
        charts_of="groningen",
    ),
    # waits for the alderman of Assen
    TextPlan(
        texts.ASSEN,
        owner="GM0106",
        author="adviseur.drenthe",
        approver="wethouder.assen",
        publisher="adviseur2.drenthe",
        audience=("GM0106",),
        started=-3,
        embargo_until=20,
        charts_of="drenthe",
        document_type=DocumentType.RAADSINFORMATIEBRIEF,
    ),
    # a draft without sender and date, which the portal warns of
    TextPlan(
        texts.SKETCH,
        owner="drenthe",
        author="adviseur.drenthe",
        approver="",
        publisher="",
        audience=("drenthe",),
        started=-1,
        submitted=False,
        kpis=("caseload",),
        charts=(),
        document_type=DocumentType.ANSWER,
    ),
)
