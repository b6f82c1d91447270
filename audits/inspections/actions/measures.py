"""Record measures: imposed with a term, visited, lifted; and what other sources say of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from audits.act_kinds import INSPECTION
from audits.actions import held_with
from audits.inspections.actions.inspections import locked, record
from audits.inspections.actions.refusals import refused_in_words
from audits.models.inspections import (
    LIFTED_FIRST,
    STILL_RUNNING,
    TERM_FIRST,
    ClaimAbout,
    MeasureClaim,
    SupervisionMeasure,
    SupervisionVisit,
)
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import save_by
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError

LIFTED: Final = ("ended_on", "ended_precision", "ended_source")
"""What is told of a measure when it is lifted."""


def save_measure(*, measure: SupervisionMeasure, today: date, by: User) -> SupervisionMeasure:
    """Record a measure, or change it; ``today`` is the Amsterdam day.

    Raises RefusedError for days out of order and for two of a kind at the same time.
    """
    with refused_in_words():
        inspection = locked(measure.inspected.inspection)
        row, _is_changed = held_with(measure, but=LIFTED)
        row.inspected.refresh_from_db(fields=["no_measure"])
        imposed = row.imposed
        assert imposed is not None  # each has a day
        if imposed.first > today:
            raise RefusedError(
                _("This day is yet to come. Record the measure once it is imposed."), "imposed"
            )
        if certainly_before(imposed, inspection.announced):
            raise RefusedError(
                _("The measure lies before the announcement. Change one of the two days."),
                "imposed",
            )
        if certainly_before(row.term_ends, imposed):
            raise RefusedError(TERM_FIRST, "term_ends")
        if certainly_before(row.ended, imposed):
            raise RefusedError(LIFTED_FIRST, "imposed")
        if row.inspected.no_measure:
            raise RefusedError(
                _("The report is recorded as saying that no measure follows. Change that first."),
                "kind",
            )
        _check_one_of_a_kind(row)
        if row.pk and any(_out_of(row, visit) for visit in row.visits.all()):
            raise RefusedError(
                _("A visit lies before this day. Change the visit or the measure."), "imposed"
            )
        save_by(row, by)
        record(INSPECTION.changed, inspection, "measure", by)
        return row


def lift_measure(*, measure: SupervisionMeasure, today: date, by: User) -> SupervisionMeasure:
    """Record that a measure was lifted, or take that back: what ``measure`` says of its end.

    Raises RefusedError for a day before it was imposed, or yet to come.
    """
    with refused_in_words():
        inspection = locked(measure.inspected.inspection)
        agreed = {column.name for column in measure._meta.concrete_fields} - set(LIFTED)
        row, _is_changed = held_with(measure, but=agreed)
        if row.ended and row.ended.first > today:
            raise RefusedError(_("This day is yet to come. Record it once it is there."), "ended")
        if certainly_before(row.ended, row.imposed):
            raise RefusedError(LIFTED_FIRST, "ended")
        _check_one_of_a_kind(row)
        if any(_out_of(row, visit) for visit in row.visits.all()):
            raise RefusedError(
                _("A visit lies after this day. Change the visit or the day."), "ended"
            )
        save_by(row, by)
        record(INSPECTION.changed, inspection, "lifted", by)
        return row


def _check_one_of_a_kind(row: SupervisionMeasure) -> None:
    """Two of a kind may follow each other; they do not certainly run on the same day."""
    same = SupervisionMeasure.objects.filter(inspected=row.inspected, kind=row.kind)
    for other in same.exclude(pk=row.pk):
        if other.ended is None and row.ended is None:
            raise RefusedError(STILL_RUNNING, "kind")
        assert row.imposed is not None
        assert other.imposed is not None
        first = max(row.imposed.last, other.imposed.last)
        lasts = [each.ended.first for each in (row, other) if each.ended is not None]
        if first < min(lasts):
            raise RefusedError(
                _("Another measure of this kind runs in these days. Change one of the two."),
                "imposed",
            )


def _out_of(measure: SupervisionMeasure, visit: SupervisionVisit) -> bool:
    """Whether a visit certainly lies outside the days of its measure."""
    return any(
        certainly_before(day, measure.imposed) or certainly_before(measure.ended, day)
        for day in (visit.due, visit.held)
    )


def save_visit(*, visit: SupervisionVisit, today: date, by: User) -> SupervisionVisit:
    """Record a visit that a measure asks for, due or held, or change it.

    Raises RefusedError for a visit before the measure or after it was lifted.
    """
    with refused_in_words():
        measure = visit.measure
        inspection = locked(measure.inspected.inspection)
        measure.refresh_from_db()
        row, _is_changed = held_with(visit)
        if row.held and row.held.first > today:
            raise RefusedError(_("This day is yet to come. Write it as due."), "held")
        for stem, day in (("due", row.due), ("held", row.held)):
            if certainly_before(day, measure.imposed):
                raise RefusedError(
                    _("The visit lies before the measure was imposed. Change one of the days."),
                    stem,
                )
            if certainly_before(measure.ended, day):
                raise RefusedError(
                    _("The visit lies after the measure was lifted. Change one of the days."),
                    stem,
                )
        save_by(row, by)
        record(INSPECTION.changed, inspection, "visit", by)
        return row


def save_claim(*, claim: MeasureClaim, by: User) -> MeasureClaim:
    """Record what another source says of a measure; what the measure keeps does not change.

    Raises RefusedError for neither a day nor months, for both, and for the measure's own source.
    """
    with refused_in_words():
        measure = claim.measure
        is_imposed = claim.about == ClaimAbout.IMPOSED
        own = measure.imposed_source if is_imposed else measure.term_ends_source
        if claim.source == own:
            raise RefusedError(
                _("The measure follows this source itself. Choose the source that differs."),
                "from_source",
            )
        row, _is_changed = held_with(claim)
        save_by(row, by)
        record(INSPECTION.changed, measure.inspected.inspection, "claim", by)
        return row
