"""Filters with which templates print a ``BriefingDocument``, in the active language."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports import markdown, printing
from reports.documents import Chart, KpiRow, QuotedFigure, Section

register = template.Library()

register.filter("value_of", printing.value_of)
register.filter("cases_of", printing.cases_of)
register.filter("aside_of", printing.aside_of)


@register.filter
def norm_of(row: KpiRow) -> str:
    """The norm of a KPI's row."""
    return printing.norm_of(row)


@register.filter
def verdict_shape(figure: QuotedFigure) -> str:
    """The shape's name: met, not-met, unsure or none."""
    return printing.verdict_of(figure)[0]


@register.filter
def verdict_word(figure: QuotedFigure) -> str:
    """The word beside the shape."""
    return printing.verdict_of(figure)[1]


@register.filter
def month_of(month: date) -> str:
    """A month in words."""
    return printing.month_of(month)


@register.filter
def day_of(day: date) -> str:
    """A day in words."""
    return printing.day_of(day)


@register.filter
def text_of(section: Section) -> SafeString:
    """A section's text as HTML; the Markdown reader lets no HTML of the author through."""
    return mark_safe(markdown.to_html(section.markdown))  # noqa: S308


@register.filter
def picture_of(chart: Chart) -> SafeString:
    """A chart's SVG to stand in the page; drawn by the portal, never typed by anyone."""
    return mark_safe(chart.svg)  # noqa: S308


@register.filter
def status_kind(figure: QuotedFigure) -> str:
    """The kind of status that belongs to the verdict, for a page."""
    return {"met": "good", "not-met": "bad"}.get(printing.verdict_of(figure)[0], "none")
