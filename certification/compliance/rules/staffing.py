"""Figures that come from staffing series, by region and for the institution. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from cases.staffing.rules import EMPTY, ROLES, STAFF_ROWS, WORKER_ROLES, StaffingCell
from certification.compliance.rules.judging import NOT_DELIVERED, NOT_KNOWN, Counted, State, Sum
from certification.indicators.rules.shapes import Kpi, Shape
from jbn_oversight.clock import add_months


class StaffingFigures:
    """Answers for one institution; a scope is a region's slug or the institution's code."""

    def __init__(self, cells: Mapping[StaffingCell, Decimal], regions: Sequence[str]) -> None:
        self._cells = cells
        self._regions = tuple(regions)

    def counted(self, kpi: Kpi, scope_code: str, month: date, youths: int | None) -> Counted:
        """What one staffing figure is made of, for the window that ends with the month.

        ``youths`` is the running youths of the same scope and month, None where no delivery
        gives them; only the caseload uses it. The figure exists when each month of the window
        has a row for each region of the scope, for the caseload a row of a worker role.
        An empty cell among those added makes it not known.
        """
        regions = (scope_code,) if scope_code in self._regions else self._regions
        window = [add_months(month, back) for back in range(1 - kpi.window_months, 1)]
        roles = WORKER_ROLES if kpi.workers_only else ROLES
        if not regions or not all(
            self._has_row(region, roles, each) for region in regions for each in window
        ):
            return NOT_DELIVERED
        if kpi.workers_only and youths is None:
            return NOT_DELIVERED

        def total(quantity: str, months: Sequence[date]) -> Decimal | None:
            return self._total(quantity, regions, roles, months)

        top: Sum | None = youths if kpi.workers_only else total(kpi.numerator[0], window)
        for quantity in kpi.less:
            part = total(quantity, window)
            top = None if top is None or part is None else top - part
        if kpi.shape is Shape.MEAN_OF_STOCKS:
            start, end = kpi.denominator
            parts = [total(start, window[:1]), total(end, window[-1:])]
        else:
            parts = [total(quantity, window) for quantity in kpi.denominator]
        known = [part for part in parts if part is not None]
        if top is None or len(known) < len(parts):
            return NOT_KNOWN
        share = len(parts) if kpi.shape is Shape.MEAN_OF_STOCKS else 1
        return State.KNOWN, top, sum(known, Decimal(0)) / share, None

    def _has_row(self, region: str, roles: Sequence[str], month: date) -> bool:
        return any((STAFF_ROWS, region, role, month) in self._cells for role in roles)

    def _total(
        self, quantity: str, regions: Sequence[str], roles: Sequence[str], months: Sequence[date]
    ) -> Decimal | None:
        """The sum over roles, regions and months; None where one of the cells is empty."""
        places = [(region, role, month) for region in regions for role in roles for month in months]
        if any((quantity + EMPTY, *place) in self._cells for place in places):
            return None
        return sum(
            (self._cells.get((quantity, *place), Decimal(0)) for place in places), Decimal(0)
        )
