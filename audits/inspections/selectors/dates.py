"""Terms and visits of measures among all other dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from audits.inspections.selectors.pages import measure_view
from audits.models.inspections import (
    SupervisionMeasure,
)
from audits.rights import SEE_TIMELINE
from certification.certificates.selectors import authority_name
from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.organisations.models import Institution


def dates_of(actor: Actor, institution: Institution, day: date) -> list[DatedThing]:
    """Terms to improve of every measure that runs, and visits to come, as known on the day."""
    if institution.code not in actor.places(SEE_TIMELINE).institutions:
        return []
    rows = (
        SupervisionMeasure.objects.filter(inspected__institution=institution)
        .select_related(
            "inspected__inspection", "imposed_source", "term_ends_source", "ended_source"
        )
        .prefetch_related("claims__source", "visits__due_source", "visits__held_source")
        .prefetch_related("inspected__inspection__authorities__names")
    )
    found = []
    for row in rows:
        measure = measure_view(row, day)
        if measure.imposed.on.first > day or not measure.is_running:
            continue
        url = reverse("audits:inspection", args=[institution.code, row.inspected.public_id])
        words = {"measure": measure.label}
        term = _("End of the term to improve (%(measure)s)") % words
        if measure.term_ends:
            on = measure.term_ends.on
            found.append(_date(term, on, url, institution.name, is_certain=True))
        authorities = row.inspected.inspection.authorities.all()
        bodies = _(" and ").join(authority_name(one, day) for one in authorities)
        visit_words = _("Visit of the inspectorate (%(measure)s)") % words
        found += [
            replace(_date(visit_words, visit.due.on, url, bodies), key=str(visit.pk))
            for visit in measure.visits
            if visit.due and not visit.held
        ]
    return found


def _date(
    title: str, on: ImpreciseDay, url: str, owner: str, *, is_certain: bool = False
) -> DatedThing:
    return DatedThing(DateKind.INSPECTION, title, on, url, owner=owner, is_certain=is_certain)
