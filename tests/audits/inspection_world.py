"""An inspection to change one thing of: announced, carried out, published, with a measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from audits.frameworks.actions import load_shipped
from audits.inspections.actions.inspections import save_inspection
from audits.inspections.actions.measures import lift_measure, save_measure, save_visit
from audits.inspections.actions.reports import (
    VerdictFields,
    save_report,
    save_verdicts,
)
from audits.models.inspections import (
    InspectedInstitution,
    Inspection,
    Judgement,
    SupervisionMeasure,
    SupervisionVisit,
    SupervisoryMeasure,
)
from certification.certificates.actions import get_or_create_source
from certification.imprecise_days import ImpreciseDay
from certification.models.frameworks import NormFramework, NormTheme
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from tests.factories.people import person
from tests.factories.said import laid

TODAY = date(2025, 10, 1)


def exactly(text: str) -> ImpreciseDay:
    """A day known to the day."""
    return ImpreciseDay(date.fromisoformat(text))


@dataclass
class World:
    """One inspection of five institutions and what depends on it."""

    institution: Institution
    source: Source
    other_source: Source
    framework: NormFramework
    place: InspectedInstitution
    by: User

    @property
    def inspection(self) -> Inspection:
        """As it is recorded now."""
        return Inspection.objects.get(pk=self.place.inspection_id)

    def said(self, text: str) -> tuple[ImpreciseDay, Source]:
        """A day with its source."""
        return exactly(text), self.source

    def theme(self, code: str = "zicht") -> NormTheme:
        """A norm of the framework."""
        found: NormTheme = self.framework.themes.get(code=code)
        return found

    def announce(
        self, inspection: Inspection | None = None, **changed: Any
    ) -> InspectedInstitution:
        """Record the announcement, with something else."""
        authorities = changed.pop("authorities", (Authority.objects.get(code="igj"),))
        columns = {
            "title": "Onderzoek bij vijf instellingen",
            "covers": 5,
            "framework": self.framework,
            "announced": self.said("2025-02-27"),
            "fieldwork": self.said("2025-03-10"),
            "planned": self.said("2025-07-01"),
        }
        return save_inspection(
            institution=self.institution,
            inspection=laid(inspection or Inspection(), **columns | changed),
            authorities=authorities,
            today=TODAY,
            by=self.by,
        )

    def change(self, **changed: Any) -> None:
        """Record the inspection with something else."""
        self.announce(self.inspection, **changed)

    def publish(self, on: str | None = "2025-07-24", **changed: Any) -> None:
        """Record the report."""
        columns = {
            "published": self.said(on) if on else None,
            "judgement": Judgement.MOSTLY_FAILS,
            "findings": "",
            "no_measure": False,
        }
        place = laid(InspectedInstitution.objects.get(pk=self.place.pk), **columns | changed)
        self.place = save_report(inspected=place, today=TODAY, by=self.by)

    def judge(self, code: str = "zicht", **changed: Any) -> int:
        """Record the verdict on one norm; how many changed."""
        verdict = replace(VerdictFields(Judgement.FAILS, "Te laat."), **changed)
        return save_verdicts(
            inspected=self.place,
            verdicts={self.theme(code): verdict},
            source=self.source,
            by=self.by,
        )

    def impose(
        self, measure: SupervisionMeasure | None = None, **changed: Any
    ) -> SupervisionMeasure:
        """Record heightened supervision, with something else."""
        columns = {
            "kind": SupervisoryMeasure.HEIGHTENED,
            "imposed": self.said("2025-07-24"),
            "term_ends": self.said("2026-01-24"),
        }
        row = laid(measure or SupervisionMeasure(inspected=self.place), **columns | changed)
        return save_measure(measure=row, today=TODAY, by=self.by)

    def lift(self, measure: SupervisionMeasure, on: str | None) -> None:
        """Record that a measure was lifted, or not after all."""
        ended = self.said(on) if on else None
        lift_measure(measure=laid(measure, ended=ended), today=TODAY, by=self.by)

    def visit(
        self, measure: SupervisionMeasure, due: str | None, held: str | None = None
    ) -> SupervisionVisit:
        """Record a visit."""
        days = {"due": self.said(due) if due else None, "held": self.said(held) if held else None}
        row = laid(SupervisionVisit(measure=measure), **days)
        return save_visit(visit=row, today=TODAY, by=self.by)


def make_world(by: User | None = None) -> World:
    """An announced inspection, without a report."""
    by = by or person("Ine Inspectie")
    load_shipped(by=by)
    institution = Institution.objects.get(code="jbn")
    framework = NormFramework.objects.get(code="normthemas-inspectie")
    sources = [
        get_or_create_source(
            code=code, publisher=name, title=f"Bericht van {name}", url="", published=None, by=by
        )
        for code, name in (("brief", "de inspectie"), ("krant", "de krant"))
    ]
    world = World(institution, sources[0], sources[1], framework, InspectedInstitution(), by)
    world.place = world.announce()
    return world
