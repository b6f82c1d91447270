"""The words of the demonstration: what is public in own words, what is made up saying so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from audits.models.studies import RecommendationAnswer


@dataclass(frozen=True, slots=True)
class MadeStudy:
    """A study; days and who ordered it with the code of the source that says so."""

    code: str
    researcher: str
    title: str
    ordered: tuple[str, str] | None = None
    delivered: tuple[str, str] | None = None
    public: tuple[str, str] | None = None
    ordered_by: tuple[tuple[str, tuple[str, ...]], ...] = ()


STUDIES: Final = (
    MadeStudy(
        "aef",
        "Andersson Elffers Felix",
        "Duurzaam herstel van Jeugdbescherming Noord en Veilig Thuis Groningen",
        ordered=("2024-10", "oplegger-2025"),
        delivered=("2025-02 late", "oplegger-2025"),
        public=("2025-03-27", "oplegger-2025"),
        ordered_by=(
            ("oplegger-2025", ("Jeugdbescherming Noord", "Regio Drenthe", "Regio Groningen")),
            ("raadsbrief-2025", ("Gemeenten in Drenthe", "Gemeenten in Groningen")),
        ),
    ),
    MadeStudy(
        "alternatieven",
        "Nog niet bekend",
        "Wat te doen als Jeugdbescherming Noord geen certificaat krijgt",
        ordered_by=(("raadsbrief-2025", ("Bestuurlijk opdrachtgevers uit Drenthe",)),),
    ),
)

ADVICE: Final = (
    (
        "Fictief: laat iedere teamleider wekelijks zien wie er wacht.",
        RecommendationAnswer.ADOPTED,
        "",
    ),
    (
        "Fictief: werf dertig jeugdbeschermers boven de formatie.",
        RecommendationAnswer.ADAPTED,
        "Fictief: het worden er twintig, meer is op de arbeidsmarkt niet te vinden.",
    ),
    (
        "Fictief: breng Veilig Thuis onder in een eigen organisatie.",
        RecommendationAnswer.REJECTED,
        "Fictief: een splitsing kost nu tijd die het herstel nodig heeft.",
    ),
    ("Fictief: spreek met aanbieders af wie wanneer hulp start.", RecommendationAnswer.OPEN, ""),
)
"""The recommendations of the report are not public; these are made up."""


@dataclass(frozen=True, slots=True)
class MadeAction:
    """A made-up action."""

    code: str
    title: str
    owner_name: str
    due_on: date
    plan: str = ""
    theme: str = ""
    findings: tuple[str, ...] = ()
    advice: tuple[int, ...] = ()
    own: bool = True
    effort_hours: int | None = None
    cost: Decimal | None = None
    started_on: date | None = None
    kpi: str = ""
    works_from: date | None = None
    progress: int = 0
    done_on: date | None = None
    dropped: str = ""


ACTIONS: Final = (
    MadeAction(
        "planbord",
        "Fictief: een planbord per team dat toont welke zaak nog op iemand wacht",
        "Manager instroom",
        date(2025, 4, 30),
        plan="recovery",
        theme="sturingsinformatie",
        findings=("3.1",),
        advice=(1,),
        effort_hours=320,
        cost=Decimal("18500.00"),
        started_on=date(2025, 2, 3),
        kpi="contact_5wd",
        works_from=date(2025, 3, 1),
        done_on=date(2025, 4, 24),
    ),
    MadeAction(
        "werving",
        "Fictief: twintig jeugdbeschermers tijdelijk boven de formatie",
        "Manager personeel",
        date(2025, 12, 31),
        plan="recovery",
        theme="bedrijfsvoering",
        advice=(2,),
        cost=Decimal("1450000.00"),
        started_on=date(2025, 3, 10),
        kpi="caseload",
        works_from=date(2025, 5, 1),
        progress=70,
    ),
    MadeAction(
        "begeleiding",
        "Fictief: iedere nieuwe jeugdbeschermer een vaste praktijkbegeleider",
        "Manager personeel",
        date(2025, 8, 31),
        plan="improvement",
        theme="leiderschap",
        findings=("1.1",),
        effort_hours=480,
        started_on=date(2025, 6, 16),
        progress=85,
    ),
    MadeAction(
        "plannen",
        "Fictief: plannen van aanpak in vaste weken afronden",
        "Manager methodiek",
        date(2025, 9, 15),
        plan="improvement",
        theme="sturingskader",
        findings=("3.2",),
        effort_hours=240,
        started_on=date(2025, 6, 2),
        kpi="plan_6w",
        works_from=date(2025, 6, 1),
        progress=55,
    ),
    MadeAction(
        "overdracht",
        "Fictief: afspraken over overdracht met alle gemeenten op papier",
        "Contractmanagers van beide regio's",
        date(2025, 8, 1),
        findings=("4.1",),
        own=False,
        started_on=date(2025, 6, 20),
        done_on=date(2025, 7, 30),
    ),
    MadeAction(
        "sfeer",
        "Fictief: ieder kwartaal een gesprek per team over de werksfeer",
        "De bestuurder",
        date(2025, 12, 1),
        plan="improvement",
        theme="werksfeer",
    ),
    MadeAction(
        "splitsing",
        "Fictief: verkennen of Veilig Thuis een eigen organisatie wordt",
        "De bestuurder",
        date(2025, 10, 1),
        plan="recovery",
        theme="organisatiecultuur",
        advice=(3,),
        dropped="Fictief: de aanbeveling is niet overgenomen.",
    ),
)

EVIDENCE: Final = {
    "planbord": (
        "Fictief: werkwijze planbord",
        "stap;wie\nzaak op het bord;instroom\nvaste werker kiezen;teamleider\n",
        None,
        date(2025, 4, 24),
    ),
    "begeleiding": (
        "Fictief: rooster praktijkbegeleiding",
        "team;begeleider\nnoord;ja\nzuid;ja\n",
        date(2025, 8, 31),
        date(2025, 6, 30),
    ),
}
"""By action: title, what is in the file, its last good day, and the day it was added."""
