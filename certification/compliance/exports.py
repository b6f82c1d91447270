"""The exact figures as lines of text, for staff use on the server. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

from cases.counting.rules.observations import EVERY_GROUP, MEASURE_GROUPS
from cases.counting.selectors import counts_for, waiting_times_for
from certification.compliance.rules.judging import State, Sum, Verdict, norm_for
from certification.compliance.rules.scoring import (
    CountedMonths,
    FigureScopes,
    JudgedFigure,
    score,
)
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
BY_GROUP: Final = (HEADER[0], "measure_group", *HEADER[1:])
"""With the kind of measure behind the indicator."""
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
    return _rows(_computed_inputs(institution, first, last), tuple(KPIS.values()))


def export_rows_by_group(
    institution: Institution, first: date, last: date
) -> Iterator[tuple[str, ...]]:
    """The same with the columns of BY_GROUP: each indicator whole, then by kind of measure.

    Only indicators that count measures are split (``Kpi.is_split``). Raises NotComputedError too.
    """
    inputs = _computed_inputs(institution, first, last)
    return _rows_by_group(inputs)


def _computed_inputs(institution: Institution, first: date, last: date) -> Inputs:
    inputs = read_inputs(institution, first, last)
    missing = months_to_compute(inputs)
    if missing:
        raise NotComputedError(missing)
    return inputs


def _rows_by_group(inputs: Inputs) -> Iterator[tuple[str, ...]]:
    split = [kpi for kpi in KPIS.values() if kpi.is_split]
    places = FigureScopes(inputs.scope, inputs.months)
    counted = _as_counted(inputs, places)
    by_group = {
        group: _by_kpi(score(places, counted, {}, inputs.norms, split, group))
        for group in MEASURE_GROUPS
    }
    for kpi in KPIS.values():
        for row in _rows(inputs, (kpi,)):
            yield (row[0], EVERY_GROUP, *row[1:])
        for group, figures in by_group.items():
            for figure in figures.get(kpi.code, ()):
                yield (
                    kpi.code,
                    group,
                    figure.scope,
                    figure.scope_code,
                    f"{figure.month:{MONTH}}",
                    *_values(kpi, figure),
                    "" if figure.norm is None else plain(figure.norm),
                    figure.verdict.value,
                )


def _as_counted(inputs: Inputs, places: FigureScopes) -> list[CountedMonths]:
    """What was counted of the months that have a delivery, read back."""
    months = [month for month in inputs.months if month in inputs.deliveries]
    if not months:
        return []
    scopes = [(place.scope, place.code) for place in places.all]
    return [
        CountedMonths(
            counts_for(inputs.institution, months, inputs.scope),
            waiting_times_for(inputs.institution, months, scopes),
            months[-1],
        )
    ]


def _by_kpi(figures: Iterable[JudgedFigure]) -> dict[str, list[JudgedFigure]]:
    found: dict[str, list[JudgedFigure]] = {}
    for figure in figures:
        found.setdefault(figure.kpi, []).append(figure)
    return found


def _rows(inputs: Inputs, kpis: Sequence[Kpi]) -> Iterator[tuple[str, ...]]:
    results = {
        (row.kpi, row.scope, row.scope_code, row.month): row
        for row in KpiResult.objects.current().filter(
            institution=inputs.institution,
            month__in=inputs.months,
            kpi__in=[kpi.code for kpi in kpis],
        )
    }
    places = FigureScopes(inputs.scope, inputs.months, inputs.known_on)
    for kpi in kpis:
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


def _values(kpi: Kpi, row: KpiResult | JudgedFigure) -> tuple[str, str, str]:
    """Numerator, denominator and value as printed."""
    if row.state in (State.NOT_DELIVERED, State.NOT_KNOWN):
        return "", "", ""
    top, bottom = _known(row.numerator), _known(row.denominator)
    if kpi.shape is Shape.MEDIAN:
        return "", bottom, State.NOT_REACHED.value if row.value is None else str(row.value)
    if kpi.shape is Shape.STOCK:
        return top, "", top
    return top, bottom, plain_ratio(kpi, row.numerator, row.denominator)


def plain_ratio(kpi: Kpi, numerator: Sum | None, denominator: Sum | None) -> str:
    """The value of a ratio; empty where the denominator is zero."""
    if numerator is None or not denominator:
        return ""
    with localcontext(prec=60):
        per = 100 if kpi.unit is Unit.PERCENT else 1
        return plain(Decimal(numerator) * per / Decimal(denominator))


def plain(value: Sum) -> str:
    """With a decimal point, at most six places, no zeros at the end and no exponent."""
    with localcontext(prec=60):
        text = f"{Decimal(value).quantize(_PLACES, rounding=ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".")


def _known(value: Sum | None) -> str:
    return "" if value is None else plain(value)
