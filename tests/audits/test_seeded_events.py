from __future__ import annotations

from datetime import date

import pytest

from audits.models.audits import Audit
from audits.models.inspections import InspectedInstitution
from audits.models.timeline import Contradiction, TimelineEvent
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import Certificate
from certification.models.sources import Source
from jbn_oversight.organisations.models import Institution
from reports.demo.contradictions import CONTRADICTIONS
from reports.demo.events import EVENTS
from reports.demo.facts import day
from reports.demo.inspections import INSPECTIONS
from reports.demo.public_facts import AUDITS, CERTIFICATES, FACTS, SOURCES
from reports.demo.recording import public_source
from tests.factories.supervision import record_public_facts

OPLEGGER = "oplegger-2025"
LETTER = "raadsbrief-2025"

# number: (code of the event, day with its precision, source, planned)
AS_EVENTS = {
    1: ("igj-vraagt-aandacht", "2022", LETTER, False),
    2: ("opdracht-aef-drie-partijen", "2024-10", OPLEGGER, False),
    4: ("negen-maanden", "2024-12", LETTER, False),
    5: ("toezichttraject-februari", "2025-02", OPLEGGER, False),
    6: ("rapport-aef", "2025-02 late", OPLEGGER, False),
    7: ("bestuurder-maart", "2025-03", LETTER, False),
    8: ("embargo-27-maart", "2025-03-27", OPLEGGER, True),
    9: ("gezamenlijk-onderzoek-april", "2025-04", LETTER, False),
    11: ("verbeterplan-mei", "2025-05 late", LETTER, False),
    14: ("besluit-september", "2025-09", OPLEGGER, True),
}


@pytest.fixture
def institution(db: None) -> Institution:
    record_public_facts()
    return Institution.objects.get(code="jbn")


@pytest.mark.parametrize("number", sorted(AS_EVENTS))
def test_a_dated_event_of_the_papers_stands_on_the_time_line(
    institution: Institution, number: int
) -> None:
    code, on, source, planned = AS_EVENTS[number]
    row = event(code)
    assert (row.on, name_of(row.source), row.is_planned) == (day(on), source, planned)


def event(code: str) -> TimelineEvent:
    """The event of that fact."""
    fact = next(fact for fact in EVENTS if fact.code == code)
    return TimelineEvent.objects.get(claim=fact.claim, source=public_source(fact.source))


def facts_of(row: Contradiction) -> set[str]:
    """The codes of the facts on the time line that clash in it."""
    tied = {event.pk for event in row.events.all()}
    return {fact.code for fact in EVENTS if event(fact.code).pk in tied}


def name_of(source: Source) -> str:
    """The code of the fact that this source was recorded from."""
    return next(fact.code for fact in SOURCES if public_source(fact.code) == source)


def said(on: ImpreciseDay | None, source: Source | None) -> tuple[ImpreciseDay | None, str]:
    return (on, name_of(source) if source else "")


def test_3_the_bridging_certificate_of_late_december_is_a_certificate(
    institution: Institution,
) -> None:
    row = Certificate.objects.get(institution=institution, kind="bridging")
    assert said(row.decided, row.decided_source) == (day("2024-12 late"), OPLEGGER)
    told = event("raden-over-overbrugging")
    assert (told.on, name_of(told.source)) == (day("2024-12 late"), OPLEGGER)


def test_4_the_nine_months_are_the_term_of_that_certificate(institution: Institution) -> None:
    row = Certificate.objects.get(institution=institution, kind="bridging")
    assert row.months == 9
    assert said(row.ends, row.ends_source) == (day("2025-09"), LETTER)


def test_10_and_12_the_audit_planned_in_may_was_held_on_13_june(institution: Institution) -> None:
    row = Audit.objects.get(institution=institution, kind="interim", sequence_no=1)
    assert said(row.planned, row.planned_source) == (day("2025-05"), OPLEGGER)
    assert said(row.held, row.held_source) == (day("2025-06-13"), LETTER)


def test_13_the_report_of_the_inspectorate_was_expected_in_july(institution: Institution) -> None:
    row = InspectedInstitution.objects.get(institution=institution).inspection
    assert said(row.planned, row.planned_source) == (day("2025-07"), LETTER)


def test_14_the_second_audit_was_planned_in_september(institution: Institution) -> None:
    row = Audit.objects.get(institution=institution, kind="interim", sequence_no=2)
    assert said(row.planned, row.planned_source) == (day("2025-09"), LETTER)


def test_both_papers_tell_who_ordered_the_study(institution: Institution) -> None:
    orders = [event(fact.code) for fact in EVENTS if fact.code.startswith("opdracht-aef")]
    assert {name_of(row.source) for row in orders} == {OPLEGGER, LETTER}
    assert {row.on for row in orders} == {day("2024-10")}


SEVENTEEN = {
    "c01-eerste-audit": (OPLEGGER, LETTER),
    "c02-aantal-audits": (OPLEGGER, LETTER),
    "c03-naam-kmi": (OPLEGGER, LETTER),
    "c04-rol-kmi": (OPLEGGER, LETTER),
    "c05-naam-igj": (OPLEGGER, LETTER),
    "c06-begin-onderzoek": (OPLEGGER, LETTER),
    "c07-opdracht-aef": (OPLEGGER, LETTER),
    "c08-plannen": (LETTER, "oog-verbeterplan"),
    "c09-regio": (OPLEGGER, LETTER),
    "c10-reikwijdte": (OPLEGGER, LETTER),
    "c11-voorwaarden": (OPLEGGER, LETTER),
    "c12-bestuurder": (LETTER, "oog-verbeterplan"),
    "c13-embargo": (OPLEGGER, OPLEGGER),
    "c14-duizend": (OPLEGGER, "oog-personeel"),
    "c15-artikel": (OPLEGGER, "jeugdwet"),
    "c16-twee-oordelen": ("westerwolde-toezicht", "skipr-kmi"),
    "c17-termijn-toezicht": ("westerwolde-toezicht", "zorggids-toezicht"),
}


def test_all_seventeen_contradictions_stand_with_both_their_sources(
    institution: Institution,
) -> None:
    rows = Contradiction.objects.of(institution).select_related("one_source", "other_source")
    matters = {fact.matter: fact.code for fact in CONTRADICTIONS}
    found = {
        matters[row.matter]: (name_of(row.one_source), name_of(row.other_source)) for row in rows
    }
    assert found == SEVENTEEN
    assert len(found) == 17
    assert not any(row.decided_for for row in rows)


def test_what_clashes_on_the_time_line_is_tied_to_it(institution: Institution) -> None:
    matters = {fact.matter: fact.code for fact in CONTRADICTIONS}
    ties = {matters[row.matter]: facts_of(row) for row in Contradiction.objects.of(institution)}
    assert ties["c06-begin-onderzoek"] == {
        "toezichttraject-februari",
        "gezamenlijk-onderzoek-april",
    }
    assert ties["c07-opdracht-aef"] == {"opdracht-aef-drie-partijen", "opdracht-aef-gemeenten"}
    assert ties["c08-plannen"] == {"verbeterplan-maart", "verbeterplan-mei"}
    assert ties["c12-bestuurder"] == {"bestuurder-februari", "bestuurder-maart"}
    assert ties["c16-twee-oordelen"] == {"besluit-genomen"}


def test_september_2025_is_carried_out_on_the_sixteenth(institution: Institution) -> None:
    row = event("besluit-genomen")
    assert row.carries_out == event("besluit-september")
    assert row.event_on == date(2025, 9, 16)


def test_every_fact_names_a_source_that_is_there() -> None:
    known = {source.code for source in SOURCES}
    named = {event.source for event in EVENTS}
    named |= {certificate.decided[1] for certificate in CERTIFICATES}
    named |= {audit.planned[1] for audit in AUDITS if audit.planned}
    named |= {inspection.published[1] for inspection in INSPECTIONS if inspection.published}
    named |= {claim[1] for fact in FACTS.contradictions for claim in (fact.one, fact.other)}
    assert named <= known
