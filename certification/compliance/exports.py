"""The exact figures as lines of text, for staff use on the server. Only reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

from certification.compliance.rules.judging import State, Verdict, norm_for
from certification.compliance.rules.scoring import FigureScopes
from certification.compliance.selectors import MONTH, Inputs, months_to_compute, read_inputs
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Kpi, Shape, Unit
from certification.models import KpiResult
from jbn_oversight.organisations.models import Institution

HEADER: Final = (
    "kpi",
    "scope",
    "scope_code",
    "period",
    "numerator",
    "denominator",
    "value",
    "norm",
    "verdict",
)
_PLACES: Final = Decimal("0.000001")


class NotComputedError(Exception):
    """Months of which the figures do not rest on the present facts."""

    def __init__(self, months: Sequence[date]) -> None:
        super().__init__(", ".join(f"{month:{MONTH}}" for month in months))
        self.months = tuple(months)


def export_rows(institution: Institution, first: date, last: date) -> Iterator[tuple[str, ...]]:
    """Every indicator, scope and month that exists, in that order, as the columns of HEADER.

    Raises NotComputedError, before the first row, where a month's facts were not computed.
    """
    inputs = read_inputs(institution, first, last)
    missing = months_to_compute(inputs)
    if missing:
        raise NotComputedError(missing)
    return _rows(inputs)


def _rows(inputs: Inputs) -> Iterator[tuple[str, ...]]:
    results = {
        (row.kpi, row.scope, row.scope_code, row.month): row
        for row in KpiResult.objects.current().filter(
            institution=inputs.institution, month__in=inputs.months
        )
    }
    places = FigureScopes(inputs.scope, inputs.months, inputs.known_on)
    for kpi in KPIS.values():
        existing = places.existing(kpi.source)
        for number, place in enumerate(places.all):
            for at, month in enumerate(inputs.months):
                if not existing[number, at]:
                    continue
                row = results.get((kpi.code, place.scope, place.code, month))
                # Nothing was delivered for a month without results: the others are computed.
                norm = norm_for(inputs.norms, kpi.code, place.scope, month)
                yield (
                    kpi.code,
                    place.scope,
                    place.code,
                    f"{month:{MONTH}}",
                    *(_values(kpi, row) if row else ("", "", "")),
                    plain(norm.threshold) if norm else "",
                    row.verdict if row else Verdict.NOT_DELIVERED.value,
                )


def _values(kpi: Kpi, row: KpiResult) -> tuple[str, str, str]:
    """Numerator, denominator and value as printed."""
    if row.state in (State.NOT_DELIVERED, State.NOT_KNOWN):
        return "", "", ""
    top, bottom = _known(row.numerator), _known(row.denominator)
    if kpi.shape is Shape.MEDIAN:
        return "", bottom, State.NOT_REACHED.value if row.value is None else str(row.value)
    if kpi.shape is Shape.STOCK:
        return top, "", top
    return top, bottom, plain_ratio(kpi, row.numerator, row.denominator)


def plain_ratio(kpi: Kpi, numerator: Decimal | None, denominator: Decimal | None) -> str:
    """The value of a ratio; empty where the denominator is zero."""
    if numerator is None or not denominator:
        return ""
    with localcontext(prec=60):
        return plain(numerator * (100 if kpi.unit is Unit.PERCENT else 1) / denominator)


def plain(value: Decimal) -> str:
    """With a decimal point, at most six places, no zeros at the end and no exponent."""
    with localcontext(prec=60):
        text = f"{value.quantize(_PLACES, rounding=ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".")


def _known(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
