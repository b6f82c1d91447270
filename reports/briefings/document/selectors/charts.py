"""A chart of quoted figures with its words, drawn from the protected figures alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from certification.indicators.rules.kpis import KPIS
from reports.charts import Series, trend_svg
from reports.documents import sentences as printing
from reports.documents.rules import Chart
from reports.figures.rules.figures import QuotedFigure


def chart_part(code: str, lines: Sequence[Sequence[QuotedFigure]], *, key: str) -> Chart:
    """The chart of one indicator, a line per place, months in order, in the active language.

    ``key`` makes the names inside the picture its own; no two of a document are the same.
    """
    kpi = KPIS[code]
    label = gettext(kpi.label)
    norm = next((f.norm for line in lines for f in reversed(line) if f.norm is not None), None)
    reading = _reading(lines)
    alt = gettext("Line chart: %(label)s, per month from %(first)s to %(last)s. %(reading)s") % {
        "label": label,
        "first": printing.month_of(lines[0][0].month),
        "last": printing.month_of(lines[0][-1].month),
        "reading": reading,
    }
    svg = trend_svg(
        [
            Series(
                line[0].scope_name,
                tuple((f.month, None if f.value is None else float(f.value)) for f in line),
            )
            for line in lines
        ],
        language=translation.get_language() or "nl",
        print=True,
        key=key,
        title=label,
        description=alt,
        unit=kpi.unit.value,
        norm=None if norm is None else float(norm),
        norm_label=(
            ""
            if norm is None
            else gettext("Norm %(norm)s") % {"norm": printing.in_unit(norm, kpi.unit)}
        ),
    )
    quoted = tuple(figure for line in lines for figure in line)
    return Chart(title=label, svg=str(svg), alt=alt, figures=quoted, reading=reading)


def _reading(lines: Sequence[Sequence[QuotedFigure]]) -> str:
    """The last value of each line in words."""
    parts = [f"{line[-1].scope_name}: {printing.value_of(line[-1])}" for line in lines]
    month = printing.month_of(lines[0][-1].month)
    return gettext("In %(month)s: %(values)s.") % {"month": month, "values": "; ".join(parts)}
