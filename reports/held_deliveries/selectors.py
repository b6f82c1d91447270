"""What a delivery that waits would change: each indicator, old beside new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext

from cases.counting.selectors import facts_of
from cases.deliveries.selectors import staffing_of
from cases.models import DeliveryMonth
from cases.models.holds import DeliveryHold
from cases.staffing.rules import StaffingRow, StaffingTable
from certification.compliance.rules.counting import RunInputs, compute
from certification.compliance.rules.judging import State
from certification.compliance.rules.scoring import INSTITUTION, JudgedFigure
from certification.compliance.selectors import Inputs, read_inputs
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Kpi, Shape, Unit
from certification.models import KpiResult
from jbn_oversight.clock import add_months
from reports.documents.sentences import in_unit

UNKNOWN: Final = "–"


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One indicator of the whole institution."""

    label: str
    before: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.before != self.now


@dataclass(frozen=True, slots=True)
class Changes:
    """The months that are laid side by side, first days, and their figures."""

    before: date
    now: date
    figures: list[ChangedFigure]


def changes_of(row: DeliveryHold) -> Changes:
    """The newest month that is current too; where none is, the first month and the one before.

    Exact figures: for those alone who handed it over or may decide about it.
    """
    delivery = row.delivery
    pointers = DeliveryMonth.objects.current().filter(institution=delivery.institution_id)
    shared = pointers.filter(month__in=delivery.months).order_by("-month").first()
    now = shared.month if shared else delivery.period_from
    before = now if shared else add_months(now, -1)
    inputs = read_inputs(delivery.institution, now, now)
    computed = compute(
        RunInputs(
            scope=inputs.scope,
            months=(now,),
            deliveries=[((now,), facts_of(delivery, inputs.scope, now, now))],
            staffing=_with(inputs, staffing_of(row)),
            calendar=inputs.calendar,
            settings=inputs.settings,
            norms=inputs.norms,
        )
    )
    coming = {one.kpi: one for one in computed.results if one.scope == INSTITUTION}
    kept = KpiResult.objects.current().filter(
        institution=delivery.institution, scope=INSTITUTION, month=before
    )
    standing = {one.kpi: one for one in kept.judged()}
    return Changes(
        before,
        now,
        [
            ChangedFigure(
                gettext(kpi.label),
                _words(kpi, standing.get(kpi.code)),
                _words(kpi, coming.get(kpi.code)),
            )
            for kpi in KPIS.values()
            if kpi.code in coming or kpi.code in standing
        ],
    )


def _with(inputs: Inputs, rows: list[StaffingRow]) -> StaffingTable:
    """The staffing as it would be: a month and region of the delivery takes the other's place."""
    given = {(row.region, row.month) for row in rows}
    window = {add_months(inputs.months[0], -back) for back in range(12)}
    kept = [row for row in inputs.staffing.rows if (row.region, row.month) not in given]
    return StaffingTable(
        rows=(*kept, *(row for row in rows if row.month in window)),
        versions=inputs.staffing.versions,
    )


def _words(kpi: Kpi, figure: JudgedFigure | None) -> str:
    """The value with its sums, or a dash where there is none."""
    if figure is None or figure.state is not State.KNOWN:
        return UNKNOWN
    if kpi.shape is Shape.MEDIAN:
        return UNKNOWN if figure.value is None else in_unit(Decimal(figure.value), kpi.unit)
    top, bottom = figure.numerator, figure.denominator
    if top is None:
        return UNKNOWN
    if kpi.shape is Shape.STOCK or not bottom:
        return in_unit(Decimal(top), kpi.unit) if kpi.shape is Shape.STOCK else UNKNOWN
    if kpi.unit is not Unit.PERCENT:
        return in_unit(Decimal(top) / Decimal(bottom), kpi.unit)
    sums = gettext("%(part)s of %(whole)s") % {
        "part": number_format(top, use_l10n=True, force_grouping=True),
        "whole": number_format(bottom, use_l10n=True, force_grouping=True),
    }
    return f"{in_unit(Decimal(top) * 100 / Decimal(bottom), kpi.unit)} ({sums})"
