"""Staff against establishment, supernumerary staff apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jbn_oversight.clock import add_months, months_between
from reports.charts import HALF, NARROW, Series, stacked_svg
from reports.documents.sentences import month_of, number
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figures.selectors.staff import StaffMonth, staff_months

CHART_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Staffing:
    """The sentence, the picture and its table; full-time jobs at the end of each month."""

    reading: str
    chart: SafeString
    chart_small: SafeString
    rows: tuple[StaffMonth, ...]
    """The latest month first."""


def staffing(view: FigureVisibility, month: date, asked: AskedDay) -> Staffing | None:
    """The institution's staff up to the month; None where nothing was delivered."""
    months = months_between(add_months(month, 1 - CHART_MONTHS), month)
    rows = staff_months(
        institution=view.institution,
        months=months,
        regions=[place.code for place in view.main[1:]],
        known_at=asked.known_at,
    )
    last = next((row for row in reversed(rows) if row.filled is not None), None)
    if last is None or last.filled is None:
        return None
    names = {
        "month": month_of(last.month),
        "filled": _jobs(last.filled),
        "establishment": _jobs(last.establishment),
        "over": _jobs(last.supernumerary),
    }
    reading = (
        _(
            "In %(month)s %(filled)s full-time jobs were filled, of an establishment of"
            " %(establishment)s. Of these %(over)s are supernumerary."
        )
        % names
    )
    charts = [_chart(rows, reading, width=width) for width in (HALF, NARROW)]
    return Staffing(reading, charts[0], charts[1], tuple(reversed(rows)))


def _chart(rows: Sequence[StaffMonth], reading: str, *, width: int) -> SafeString:
    return stacked_svg(
        Series(_("permanent staff"), tuple((row.month, _float(row.permanent)) for row in rows)),
        Series(_("supernumerary"), tuple((row.month, _float(row.supernumerary)) for row in rows)),
        Series(_("establishment"), tuple((row.month, _float(row.establishment)) for row in rows)),
        language=get_language() or "nl",
        print=False,
        key=f"staffing-{width}",
        title=_("Staff against establishment, in full-time jobs"),
        description=reading,
        width=width,
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _jobs(value: Decimal | None) -> str:
    return _("not shown") if value is None else number(value, 1)
