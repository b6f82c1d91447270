"""An inspection to change one thing of: announced, carried out, published, with a measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from audits.frameworks.actions import load_shipped
from audits.inspections.actions.inspections import InspectionFields, save_inspection
from audits.inspections.actions.measures import MeasureFields, save_measure
from audits.inspections.actions.reports import (
    ReportFields,
    VerdictFields,
    save_report,
    save_verdicts,
)
from audits.models.inspections import (
    InspectedInstitution,
    Inspection,
    Judgement,
    SupervisionMeasure,
    SupervisoryMeasure,
)
from certification.certificates.actions import get_or_create_source
from certification.imprecise_days import ImpreciseDay
from certification.models.frameworks import NormFramework, NormTheme
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from tests.factories.people import person

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

    def fields(self, **changed: Any) -> InspectionFields:
        """The announcement, with something else."""
        return replace(
            InspectionFields(
                title="Onderzoek bij vijf instellingen",
                authorities=(Authority.objects.get(code="igj"),),
                covers=5,
                framework=self.framework,
                announced=self.said("2025-02-27"),
                fieldwork=self.said("2025-03-10"),
                planned=self.said("2025-07-01"),
            ),
            **changed,
        )

    def change(self, **changed: Any) -> None:
        """Record the inspection with something else."""
        save_inspection(
            institution=self.institution,
            inspection=self.place.inspection,
            fields=self.fields(**changed),
            today=TODAY,
            by=self.by,
        )

    def publish(self, on: str | None = "2025-07-24", **changed: Any) -> None:
        """Record the report."""
        fields = ReportFields(
            published=self.said(on) if on else None, judgement=Judgement.MOSTLY_FAILS
        )
        self.place = save_report(
            inspected=self.place, fields=replace(fields, **changed), today=TODAY, by=self.by
        )

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
        fields = MeasureFields(
            kind=SupervisoryMeasure.HEIGHTENED,
            imposed=self.said("2025-07-24"),
            term_ends=self.said("2026-01-24"),
        )
        return save_measure(
            inspected=self.place,
            measure=measure,
            fields=replace(fields, **changed),
            today=TODAY,
            by=self.by,
        )


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
    world.place = save_inspection(
        institution=institution, inspection=None, fields=world.fields(), today=TODAY, by=by
    )
    return world
