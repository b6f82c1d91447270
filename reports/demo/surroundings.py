"""What surrounds the fictional opleggers: parts for councils, questions, plans, a fact check.

Every act is the portal's own, by the person who may do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution, Municipality
from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Section
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import AnnouncedTo
from reports.briefings.press import actions as press
from reports.briefings.questions import actions as questions
from reports.briefings.rehearsal.actions import rehearsals as rehearsal
from reports.briefings.sharing import actions as sharing
from reports.briefings.sharing.models import ToldKind
from reports.briefings.writing.actions import comments, sections
from reports.demo import texts

HOST: Final = "localhost"
OWN_FIGURES: Final = (
    "Uw gemeente in cijfers",
    "Aantal jongeren in uw gemeente met een maatregel: "
    "[[cijfer: running_youths | eigen gemeente | 2025-09]]. In de hele regio: "
    "[[cijfer: running_youths | eigen regio | 2025-09]].\n\n"
    "[[tabel: running_youths, waiting_youths, contact_5wd | eigen gemeente, eigen regio | "
    "2025-09]]\n\n"
    "[[grafiek: running_youths | eigen gemeente | 2025-09]]",
)
FOR_ASSEN: Final = (
    "Voor de raad van Assen",
    "Het kantoor van JBN in Assen blijft open. De wethouder praat u bij in de commissie van "
    "volgende maand.",
)
FOR_EMMEN: Final = (
    "Voor de raad van Emmen",
    "In Emmen begint een vast duo van jeugdbeschermers. Uw raad krijgt na een half jaar te horen "
    "wat dat opleverde.",
)
PRESS: Final = (
    "Fictief persbericht. De regio's en Jeugdbescherming Noord lieten onderzoeken hoe de "
    "jeugdbescherming in het Noorden op de lange duur gezond blijft. Het rapport is vandaag "
    "openbaar. De regio's en JBN gaan samen met de aanbevelingen aan het werk."
)
PLAN: Final = (
    ("De bestuurder van JBN", "de medewerkers van JBN", "Een bijeenkomst", -1),
    ("De wethouders", "de gemeenteraden", "Deze oplegger gaat open", 0),
    ("Beide regio's en JBN", "de pers", "Het persbericht", 0),
)
QUESTION: Final = "Worden de wachtlijsten ook korter als de extra mensen weer weg zijn?"
ANSWER: Final = (
    "Dat weten wij nog niet. Het tijdelijke geld loopt tot het einde van volgend jaar. Wij laten "
    "u voor de zomer weten wat er daarna nodig is."
)
COMMENT: Final = "Klopt dit nog na het besluit van september? Graag de datum erbij."


@dataclass(frozen=True)
class Scene:
    """One oplegger, the people, and the instant of the first start (aware)."""

    briefing: Briefing
    people: Mapping[str, User]
    author: User
    at: datetime

    def mandate(self, name: str) -> Membership:
        """The role of a person of the demonstration."""
        found: Membership = Membership.objects.get(user=self.people[name])
        return found


def _section(
    scene: Scene, written: tuple[str, str], place: Municipality | None, at: datetime
) -> Section:
    heading, text = written
    added = sections.add_section(
        briefing=scene.briefing, heading=heading, after=None, at=at, by=scene.author
    )
    typed = sections.TypedText(heading, text, added.revision, place)
    return sections.save_section(section=added, typed=typed, at=at, by=scene.author)


def _research_before(scene: Scene, at: datetime) -> None:
    """A text for each council, a plan, a press release, and a rule for passing on."""
    _section(scene, OWN_FIGURES, None, at)
    _section(scene, FOR_ASSEN, Municipality.objects.get(cbs_code="GM0106"), at)
    _section(scene, FOR_EMMEN, Municipality.objects.get(cbs_code="GM0114"), at)
    hour = scene.briefing.embargo_until
    assert hour is not None
    for teller, audience, what, days in PLAN:
        planning.add_step(
            briefing=scene.briefing,
            teller=teller,
            audience=audience,
            what=what,
            planned_at=hour + timedelta(days=days),
            at=at,
            by=scene.author,
        )
    publisher = scene.briefing.publisher
    assert publisher is not None  # the demonstration names one
    for name in ("instelling.jbn", "wethouder.drenthe", "wethouder.groningen"):
        party = press.name_party(
            briefing=scene.briefing, mandate=scene.mandate(name), at=at, by=scene.author
        )
        press.agree_to_party(party=party, at=at, by=publisher)
    text = press.write_text(briefing=scene.briefing, text=PRESS, at=at, by=scene.author)
    for name in ("instelling.jbn", "wethouder.drenthe"):
        press.agree(briefing=scene.briefing, sha256=text.sha256, at=at, by=scene.people[name])
    sharing.record_rule(
        briefing=scene.briefing,
        holder=scene.people["griffier.assen"],
        councils=[Municipality.objects.get(cbs_code="GM0106")],
        agreed_by="Wethouders van de twaalf gemeenten",
        agreed_on=amsterdam_day(at),
        note="Alleen aan de leden van de commissie jeugd.",
        at=at,
        by=scene.author,
    )


def _research_after(scene: Scene, at: datetime) -> None:
    """In the calendar under a neutral title, and played once before the hour."""
    hour = scene.briefing.embargo_until
    assert hour is not None
    planning.announce(
        briefing=scene.briefing,
        title="Stuk over de jeugdbescherming in Drenthe",
        day=amsterdam_day(hour),
        to=AnnouncedTo.COUNCILS,
        places=[row.place for row in scene.briefing.audience.all()],
        at=at,
        by=scene.author,
    )
    rehearsal.rehearse(briefing=scene.briefing, host=HOST, at=at, by=scene.author)


def _progress_after(scene: Scene, at: datetime) -> None:
    """A question of a council member with its answer, and what a council heard elsewhere."""
    question = questions.ask(
        briefing=scene.briefing, text=QUESTION, at=at, by=scene.people["raadslid.assen"]
    )
    drafted = questions.answer(
        question=question, text=ANSWER, at=at + timedelta(hours=4), by=scene.author
    )
    publisher = scene.briefing.publisher
    assert publisher is not None  # the demonstration names one
    questions.give_out(answer=drafted, at=at + timedelta(hours=5), by=publisher)
    planning.note_told(
        institution=Institution.objects.get(code="jbn"),
        municipality=Municipality.objects.get(cbs_code="GM0106"),
        on=amsterdam_day(at - timedelta(days=30)),
        kind=ToldKind.MEETING,
        text="De wethouder vertelde in de commissie dat er een onderzoek loopt.",
        source="Verslag van de commissie (fictief)",
        for_council=True,
        at=at,
        by=scene.people["adviseur.drenthe"],
    )


def _assen_before(scene: Scene, at: datetime) -> None:
    """An outsider was asked whether the facts are right."""
    keys = [passage.key for passage in passages_of(scene.briefing, scene.at)][:2]
    factcheck.send(
        briefing=scene.briefing,
        outsider=factcheck.Outsider(
            "Directeur Fantasie", "Jeugdbescherming Noord (fictief)", "directeur@demo.example"
        ),
        keys=keys,
        lasts=timedelta(hours=72),
        show_title=False,
        request="Kloppen de feiten in deze twee alinea's?",
        at=scene.at,
        by=scene.author,
    )


def _sketch_before(scene: Scene, at: datetime) -> None:
    """A remark that somebody has to deal with first."""
    section = scene.briefing.sections.order_by("position").first()
    if section is not None:
        comments.comment_on(
            section=section, quoted=section.heading, text=COMMENT, at=at, by=scene.author
        )


Act = Callable[[Scene, datetime], None]
BEFORE: Final[Mapping[str, Act]] = {
    texts.RESEARCH.title: _research_before,
    texts.ASSEN.title: _assen_before,
    texts.SKETCH.title: _sketch_before,
}
"""What is done while it is a draft."""
AFTER: Final[Mapping[str, Act]] = {
    texts.RESEARCH.title: _research_after,
    texts.PROGRESS.title: _progress_after,
}
"""What is done once it is as far as its plan goes."""
