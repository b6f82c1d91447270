"""What a person may see of an institution's figures: which places, exact or protected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from certification.compliance.rules.scoring import INSTITUTION, MUNICIPALITY, REGION, FigureScope
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.organisations.selectors.scope import oversight_scope
from reports.figures.selectors.figures import Audience, FigureTable, figures
from reports.figures.selectors.waiting import Flow, waiting_flow
from reports.rights import SEE_EXACT_FIGURES, SEE_OWN_INSTITUTION


@dataclass(frozen=True)
class FigureVisibility:
    """One person's view of one institution on a day."""

    institution: Institution
    main: tuple[FigureScope, ...]
    """The institution and its regions, side by side; everybody with figures sees these."""
    municipalities: tuple[FigureScope, ...]
    """Municipalities whose figures are theirs to see, which are exact."""
    exact: frozenset[FigureScope]
    names: dict[FigureScope, str]

    def figures(
        self,
        kpis: Iterable[str],
        months: Iterable[date],
        *,
        municipalities: bool = False,
        known_at: datetime | None = None,
    ) -> FigureTable:
        """The figures as this person may see them."""
        return figures(
            institution=self.institution,
            kpis=kpis,
            scopes=(*self.main, *(self.municipalities if municipalities else ())),
            months=months,
            audience=Audience.PROTECTED,
            known_at=known_at,
            exact_for=self.exact,
        )

    def waiting_flow(self, month: date, *, known_at: datetime | None = None) -> Flow | None:
        """Who came onto and left the waiting list, as this person may see it."""
        return waiting_flow(
            institution=self.institution,
            month=month,
            audience=Audience.EXACT if self.main[0] in self.exact else Audience.PROTECTED,
            known_at=known_at,
        )

    def name(self, place: FigureScope) -> str:
        """The place's name; of a region its own, of the institution the institution's."""
        return self.names[place]

    def short_name(self, place: FigureScope) -> str:
        """The name in a chart: a region's own, "whole institution" for the institution."""
        return _("whole institution") if place.scope == INSTITUTION else self.names[place]


def sight(actor: Actor, institution: Institution, on: date) -> FigureVisibility:
    """What the person may see of the institution, with its regions as they are on the day."""
    scope = oversight_scope(institution, on, on)
    own = institution.code in actor.places(SEE_OWN_INSTITUTION).institutions
    exact_places = actor.places(SEE_EXACT_FIGURES)
    regions = tuple(FigureScope(REGION, slug) for slug in scope.regions)
    whole = FigureScope(INSTITUTION, institution.code)
    municipalities = tuple(
        FigureScope(MUNICIPALITY, code)
        for code in scope.municipalities
        if own or code in exact_places.municipalities
    )
    exact = {place for place in regions if own or place.code in exact_places.regions}
    exact |= {whole} if own else set()
    names = {whole: institution.name}
    for region in Region.objects.filter(slug__in=scope.regions):
        names[FigureScope(REGION, region.slug)] = region.name
    codes = [place.code for place in municipalities]
    for row in Municipality.objects.filter(cbs_code__in=codes):
        names[FigureScope(MUNICIPALITY, row.cbs_code)] = row.name
    return FigureVisibility(
        institution=institution,
        main=(whole, *regions),
        municipalities=tuple(sorted(municipalities, key=lambda place: names[place])),
        exact=frozenset(exact | set(municipalities)),
        names=names,
    )
