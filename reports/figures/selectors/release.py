"""What of the results is protected together: one release, as somebody reads it. Reads rows.

Whatever is asked, all indicators that share a count go in, and for councils every municipality,
so that what is hidden does not depend on what is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from django.db.models import Q

from cases.disclosure import Settings
from certification.compliance.rules.scoring import (
    INSTITUTION,
    MUNICIPALITY,
    REGION,
    FigureScope,
    JudgedFigure,
)
from certification.indicators.rules.kpis import KPIS
from certification.models import KpiResult
from certification.models.results import KpiResultQuerySet
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.selectors.scope import oversight_scope
from reports.figures.actions.releases import released_before, remember
from reports.figures.rules.disclosure import ROUND_TO
from reports.figures.rules.protection import Hidden, hidden_lines
from reports.figures.rules.tables import (
    RegionOf,
    Tables,
    asides_of,
    linked_kpis,
    spans_months,
    tables_of,
)
from reports.figures.selectors.stored import stored_protections


def results(known_at: datetime | None) -> KpiResultQuerySet:
    """The results as they are known now, or were at an (aware) instant."""
    every: KpiResultQuerySet = KpiResult.objects.all()
    return every.current() if known_at is None else every.as_known_at(known_at)


@dataclass(frozen=True)
class Release:
    """What is protected together: by whom it is read, and as known when."""

    institution: Institution
    known_at: datetime | None
    council: bool
    exact: frozenset[FigureScope]

    def read(
        self,
        kpis: Sequence[str],
        months: Sequence[date],
        places: Sequence[FigureScope],
        *,
        apart: bool,
    ) -> list[JudgedFigure]:
        """The exact results, with all that they must be protected with; ``apart`` without."""
        where = Q(scope__in=(INSTITUTION, REGION))
        codes = [place.code for place in places if place.scope == MUNICIPALITY]
        if self.council:
            where |= Q(scope=MUNICIPALITY)
        elif codes:
            where |= Q(scope=MUNICIPALITY, scope_code__in=codes)
        when = Q()
        for group in [tuple(kpis)] if apart else linked_kpis(kpis):
            every = not apart and spans_months(group)
            when |= Q(kpi__in=group) if every else Q(kpi__in=group, month__in=months)
        rows = results(self.known_at).filter(where & when, institution=self.institution)
        if not when:
            return []
        return rows.judged()

    def hidden(self, rows: Sequence[JudgedFigure], kpis: Sequence[str]) -> Hidden:
        """Which of the figures, and which numbers beside them, may not be shown."""
        return hidden_lines(self.tables(rows, kpis), self.rules, stored_protections)

    @property
    def rules(self) -> Settings:
        """The rules of the release."""
        return Settings(rounding=ROUND_TO if self.council else 0)

    def tables(self, rows: Sequence[JudgedFigure], kpis: Sequence[str]) -> list[Tables]:
        """The tables that disclosure control is asked about, with what was released before."""
        if not rows:
            return []
        region_of = self._region_of(rows)
        tables = self._tables(rows, kpis, region_of)
        if self.council:
            before = released_before(self.institution, {row.month for row in rows})
            known: dict[datetime, dict[str, Tables]] = {}

            def then(name: str, at: datetime) -> Tables:
                if at not in known:
                    earlier = replace(self, known_at=at)
                    months = sorted({row.month for row in rows})
                    old = earlier.read(kpis, months, (), apart=False)
                    known[at] = earlier._tables(old, kpis, region_of)
                return known[at].get(name, Tables())

            tables = {
                name: remember(one, before, partial(then, name)) for name, one in tables.items()
            }
        return list(tables.values())

    def _tables(
        self, rows: Sequence[JudgedFigure], kpis: Sequence[str], region_of: RegionOf | None
    ) -> dict[str, Tables]:
        """The results as tables that share no sum with one another, by a name of their own."""
        group_of = {code: "-".join(group) for group in linked_kpis(kpis) for code in group}
        spanning = {"-".join(group) for group in linked_kpis(kpis) if spans_months(group)}
        parts: dict[str, list[JudgedFigure]] = defaultdict(list)
        asides: dict[str, list[JudgedFigure]] = defaultdict(list)
        for row in rows:
            if row.scope == MUNICIPALITY and not self.council:
                continue
            group = group_of[row.kpi]
            parts[group if group in spanning else f"{group} {row.month}"].append(row)
            asides[f"{KPIS[row.kpi].aside} aside {row.month}"].append(row)
        return {
            **{n: tables_of(p, known=self.exact, region_of=region_of) for n, p in parts.items()},
            **{n: asides_of(p, known=self.exact, region_of=region_of) for n, p in asides.items()},
        }

    def _region_of(self, rows: Sequence[JudgedFigure]) -> RegionOf | None:
        if not self.council:
            return None
        months = [row.month for row in rows]
        return oversight_scope(self.institution, min(months), max(months)).region_of
