"""Record measures: imposed with a term, visited, lifted; and what other sources say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audits.inspections.actions.inspections import SaidDay, locked, put
from audits.inspections.actions.refusals import (
    LIFTED_FIRST,
    NO_DAY_OF_A_VISIT,
    STILL_RUNNING,
    TERM_FIRST,
    refused_in_words,
)
from audits.models.inspections import (
    ClaimAbout,
    InspectedInstitution,
    MeasureClaim,
    SupervisionMeasure,
    SupervisionVisit,
    SupervisoryMeasure,
)
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import Said, day_columns, save_by
from certification.imprecise_days import ImpreciseDay
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class MeasureFields:
    """What the letter says of a measure."""

    kind: SupervisoryMeasure
    imposed: SaidDay
    term_ends: Said = None
    reason: str = ""


def save_measure(
    *,
    inspected: InspectedInstitution,
    measure: SupervisionMeasure | None,
    fields: MeasureFields,
    today: date,
    by: User,
) -> SupervisionMeasure:
    """Record a measure, or change it; ``today`` is the Amsterdam day.

    Raises RefusedError for days out of order and for two of a kind at the same time.
    """
    with refused_in_words():
        inspection = locked(inspected.inspection)
        inspected.refresh_from_db(fields=["no_measure"])
        row = SupervisionMeasure(inspected=inspected) if measure is None else _held(measure)
        imposed = fields.imposed[0]
        term_ends = fields.term_ends[0] if fields.term_ends else None
        if imposed.first > today:
            raise RefusedError(
                _("This day is yet to come. Record the measure once it is imposed."), "imposed"
            )
        if certainly_before(imposed, inspection.announced):
            raise RefusedError(
                _("The measure lies before the announcement. Change one of the two days."),
                "imposed",
            )
        if certainly_before(term_ends, imposed):
            raise RefusedError(TERM_FIRST, "term_ends")
        if certainly_before(row.ended, imposed):
            raise RefusedError(LIFTED_FIRST, "imposed")
        if inspected.no_measure:
            raise RefusedError(
                _("The report is recorded as saying that no measure follows. Change that first."),
                "kind",
            )
        row.kind, row.reason = fields.kind, fields.reason
        put(row, imposed=fields.imposed, term_ends=fields.term_ends)
        _check_one_of_a_kind(row)
        if row.pk and any(_out_of(row, visit) for visit in row.visits.all()):
            raise RefusedError(
                _("A visit lies before this day. Change the visit or the measure."), "imposed"
            )
        save_by(row, by)
        return row


def lift_measure(
    *, measure: SupervisionMeasure, ended: Said, today: date, by: User
) -> SupervisionMeasure:
    """Record that a measure was lifted; None takes that back.

    Raises RefusedError for a day before it was imposed, or yet to come.
    """
    with refused_in_words():
        locked(measure.inspected.inspection)
        row = _held(measure)
        day = ended[0] if ended else None
        if day and day.first > today:
            raise RefusedError(_("This day is yet to come. Record it once it is there."), "ended")
        if certainly_before(day, row.imposed):
            raise RefusedError(LIFTED_FIRST, "ended")
        put(row, ended=ended)
        _check_one_of_a_kind(row)
        if any(_out_of(row, visit) for visit in row.visits.all()):
            raise RefusedError(
                _("A visit lies after this day. Change the visit or the day."), "ended"
            )
        save_by(row, by)
        return row


def _held(measure: SupervisionMeasure) -> SupervisionMeasure:
    """The measure as it is recorded now; a refusal leaves the caller's row as it was."""
    rows = SupervisionMeasure.objects.select_for_update(of=("self",))
    row: SupervisionMeasure = rows.get(pk=measure.pk)
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


def save_visit(
    *,
    measure: SupervisionMeasure,
    visit: SupervisionVisit | None,
    due: Said,
    held: Said,
    remark: str,
    today: date,
    by: User,
) -> SupervisionVisit:
    """Record a visit that a measure asks for, due or held, or change it.

    Raises RefusedError for a visit before the measure or after it was lifted.
    """
    with refused_in_words():
        locked(measure.inspected.inspection)
        measure.refresh_from_db()
        row = visit or SupervisionVisit(measure=measure)
        row.remark = remark
        put(row, due=due, held=held)
        if due is None and held is None:
            raise RefusedError(NO_DAY_OF_A_VISIT, "due")
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
        return row


def save_claim(
    *,
    measure: SupervisionMeasure,
    claim: MeasureClaim | None,
    about: ClaimAbout,
    claimed: ImpreciseDay | None,
    months: int | None,
    source: Source,
    by: User,
) -> MeasureClaim:
    """Record what another source says of a measure; what the measure keeps does not change.

    Raises RefusedError for neither a day nor months, for both, and for the measure's own source.
    """
    with refused_in_words():
        own = measure.imposed_source if about == ClaimAbout.IMPOSED else measure.term_ends_source
        if source == own:
            raise RefusedError(
                _("The measure follows this source itself. Choose the source that differs."),
                "from_source",
            )
        row = claim or MeasureClaim(measure=measure)
        row.about, row.months, row.source = about, months, source
        for column, value in day_columns("claimed", claimed).items():
            setattr(row, column, value)
        save_by(row, by)
        return row
