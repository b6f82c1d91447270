"""Filters with which templates print a ``BriefingDocument``, in the active language."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jbn_oversight.clock import amsterdam_day
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.document.rules.content import KINDS
from reports.briefings.document.rules.differences import Piece
from reports.documents import markdown
from reports.documents import sentences as printing
from reports.documents.rules import BriefingDocument, Chart, KpiRow, Part, Picture, Text
from reports.figures.rules.figures import Figure, QuotedFigure

Notes = Mapping[QuotedFigure, str]
"""For figures that were corrected after they were frozen: what they are now, in words."""

_NAMED: Final = re.compile(r'\b(id|aria-labelledby)="([^"]*)"')
"""Where a picture names itself."""

register = template.Library()

register.filter("value_of", printing.value_of)
register.filter("cases_of", printing.cases_of)
register.filter("aside_of", printing.aside_of)
register.filter("norm_in_words", printing.norm_in_words)


@register.filter
def moment(at: datetime | None) -> str:
    """An instant in words, day and hour, in Dutch time; empty without one."""
    return moment_in_words(at) if at is not None else ""


@register.filter
def norm_of(row: KpiRow) -> str:
    """The norm of a KPI's row."""
    return printing.norm_of(row)


@register.filter
def verdict_shape(figure: Figure) -> str:
    """The shape's name: met, not-met, unsure or none."""
    return printing.verdict_of(figure)[0]


@register.filter
def verdict_word(figure: Figure) -> str:
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
def part_kind(part: Part) -> str:
    """What a part of a section is: text, table, chart or picture."""
    return KINDS[type(part)]


@register.filter
def text_of(part: Text) -> SafeString:
    """A text as HTML with its figures in words; no HTML of the author comes through."""

    def fill(number: int) -> str:
        if number >= len(part.figures):
            return ""
        figure = part.figures[number]
        return format_html("{} ({})", printing.value_of(figure), printing.stand_of(figure))

    return mark_safe(markdown.to_html(part.markdown, fill=fill))  # noqa: S308


@register.filter
def text_on_page(part: Text, notes: Notes | str = "") -> SafeString:
    """The same for a page: how each figure stands leads to its source, a correction follows."""

    def fill(number: int) -> str:
        if number >= len(part.figures):
            return ""
        figure = part.figures[number]
        return format_html(
            '<span class="jbn-quoted"><strong>{}</strong> (<a href="#document-source">{}</a>)'
            "{}</span>",
            printing.value_of(figure),
            printing.stand_of(figure),
            _beside(figure, notes),
        )

    return mark_safe(markdown.to_html(part.markdown, fill=fill))  # noqa: S308


def _beside(figure: QuotedFigure, notes: Notes | str) -> SafeString:
    words = noted(figure, notes)
    return format_html(' <span class="jbn-later">({})</span>', words) if words else SafeString("")


@register.filter
def noted(figure: QuotedFigure, notes: Notes | str = "") -> str:
    """What to say beside a figure that was corrected later; empty for any other."""
    return "" if isinstance(notes, str) else notes.get(figure, "")


@register.filter
def anything_noted(chart: Chart, notes: Notes | str = "") -> bool:
    """Whether a figure of the chart was corrected later."""
    return any(noted(figure, notes) for figure in chart.figures)


@register.filter
def quotes_figures(document: BriefingDocument) -> bool:
    """Whether a figure stands anywhere in the document."""
    return next(document.figures(), None) is not None


@register.filter
def known_words(document: BriefingDocument) -> str:
    """The day whose knowledge the figures are; empty where the document does not say."""
    known = document.as_known_at
    return "" if known is None else printing.day_of(amsterdam_day(known))


@register.filter
def inline_of(picture: Picture) -> str:
    """A picture's bytes as an address, so that it has none of its own and obeys the page's gate."""
    return f"data:{picture.mime};base64,{base64.b64encode(picture.data).decode()}"


@register.filter
def picture_of(chart: Chart) -> SafeString:
    """A chart's SVG to stand in the page; drawn by the portal, never typed by anyone."""
    return mark_safe(chart.svg)  # noqa: S308


@register.simple_tag
def chart_picture(chart: Chart, apart: int | str = "") -> SafeString:
    """The same; ``apart`` goes into its ids where the chart stands on the page more than once."""
    svg = picture_of(chart)
    if not apart:
        return svg
    return mark_safe(_NAMED.sub(lambda found: _named_apart(found, apart), svg))  # noqa: S308


def _named_apart(found: re.Match[str], apart: int | str) -> str:
    names = " ".join(f"{name}-{apart}" for name in found[2].split())
    return f'{found[1]}="{names}"'


@register.filter
def status_kind(figure: Figure) -> str:
    """The kind of status that belongs to the verdict, for a page."""
    return {"met": "good", "not-met": "bad"}.get(printing.verdict_of(figure)[0], "none")


@register.simple_tag
def changed_text(pieces: Iterable[Piece], in_words: bool = True) -> SafeString:
    """A text with what was removed and added, in marks and in words for who does not see them.

    No template: the page shows every space between the pieces.
    """
    return format_html_join("", "{}", ((_marked(piece, in_words),) for piece in pieces))


def _marked(piece: Piece, in_words: bool) -> str:
    if piece.change == "same":
        return piece.text
    mark, word = ("ins", _("added")) if piece.change == "added" else ("del", _("removed"))
    if not in_words:
        return format_html("<{}>{}</{}>", mark, piece.text, mark)
    unseen = '<span class="jbn-visually-hidden">'
    return format_html(
        f"<{{}}>{unseen}[{{}}: </span>{{}}{unseen}]</span></{{}}>", mark, word, piece.text, mark
    )
