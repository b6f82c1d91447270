"""The rows that an address names, or not found."""

from __future__ import annotations

from django.http import Http404

from audits.inspections.selectors.pages import inspected_by
from audits.models.inspections import (
    InspectedInstitution,
    InterimMessage,
    MeasureClaim,
    SupervisionMeasure,
    SupervisionVisit,
)
from jbn_oversight.organisations.models import Institution


def inspected_or_404(institution: Institution, inspection_id: str) -> InspectedInstitution:
    """The institution's own place in the inspection. Raises Http404."""
    found = inspected_by(institution, inspection_id)
    if found is None:
        raise Http404
    return found


def place_or_404(own: InspectedInstitution, inspected_id: str) -> InspectedInstitution:
    """An institution of the same inspection: the own one, or one known by name alone.

    One that has pages of its own is recorded there. Raises Http404.
    """
    rows = InspectedInstitution.objects.filter(inspection=own.inspection)
    found = rows.select_related("inspection__framework", "institution").filter(
        public_id=inspected_id
    )
    place: InspectedInstitution | None = found.first()
    if place is None or (place.institution_id and place.pk != own.pk):
        raise Http404
    return place


def measure_or_404(own: InspectedInstitution, measure_id: str) -> SupervisionMeasure:
    """A measure on an institution of the same inspection. Raises Http404."""
    row: SupervisionMeasure | None = (
        SupervisionMeasure.objects.filter(inspected__inspection=own.inspection)
        .select_related(
            "inspected__inspection", "imposed_source", "term_ends_source", "ended_source"
        )
        .filter(public_id=measure_id)
        .first()
    )
    if row is None:
        raise Http404
    place_or_404(own, row.inspected.public_id)
    return row


def message_or_404(own: InspectedInstitution, number: int) -> InterimMessage:
    """An interim message of the inspection. Raises Http404."""
    row = own.inspection.messages.select_related("sent_source").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def visit_or_404(measure: SupervisionMeasure, number: int) -> SupervisionVisit:
    """A visit of the measure. Raises Http404."""
    row = measure.visits.select_related("due_source", "held_source").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def claim_or_404(measure: SupervisionMeasure, number: int) -> MeasureClaim:
    """What another source says of the measure. Raises Http404."""
    row = measure.claims.select_related("source").filter(pk=number).first()
    if row is None:
        raise Http404
    return row
