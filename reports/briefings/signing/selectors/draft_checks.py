"""What the checklist says of the text of a draft: references, comments, figures, working copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.briefings.document.selectors.documents import quoted_in_draft
from reports.briefings.document.selectors.quoted_figures import (
    problem_words,
    problems_in,
    quoting_for,
)
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import Comment, SectionDraft
from reports.briefings.models.parts import Section
from reports.figures.rules.figures import FigureState

if TYPE_CHECKING:
    from reports.briefings.signing.rules import Remark

SILENT = frozenset({FigureState.NOT_DELIVERED, FigureState.NOT_KNOWN, FigureState.NOT_REACHED})
MOST_NAMED = 5


def section_address(section: Section) -> str:
    """The page on which a section is written."""
    return reverse("reports:briefing_section", args=[section.briefing.public_id, section.public_id])


def references_are_right(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Every reference in the text can be read, and its picture is there."""
    from reports.briefings.signing.rules import Remark

    sections = briefing.sections.select_related("briefing")
    referring = [one for one in sections if "[[" in one.text or "](" in one.text]
    if not referring:
        return
    quoting = quoting_for(briefing, at)
    for section in referring:
        for problem in problems_in(section.text, quoting):
            text = _("In “%(heading)s”: %(problem)s") % {
                "heading": section.heading,
                "problem": problem_words(problem),
            }
            yield Remark("error", text, section_address(section))


def comments_are_resolved(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """No comment of a maker still asks for something."""
    from reports.briefings.signing.rules import Remark

    url = reverse("reports:briefing_comments", args=[briefing.public_id])
    for comment in Comment.objects.filter(briefing=briefing).unresolved():
        text = _("A comment of %(name)s on “%(heading)s” is not resolved.") % {
            "name": comment.written_by.name,
            "heading": comment.section.heading if comment.section else comment.heading,
        }
        yield Remark("error", text, url)


def quoted_figures_are_there(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Figures that are quoted but have no number, because none was delivered."""
    from reports.briefings.signing.rules import Remark

    absent: dict[tuple[str, str, str], None] = {}
    for figure in quoted_in_draft(briefing, at):
        if figure.state in SILENT:
            absent[figure.label, figure.scope_name, f"{figure.month:%Y-%m}"] = None
    url = reverse("reports:briefing_preview", args=[briefing.public_id])
    for label, place, month in list(absent)[:MOST_NAMED]:
        text = _("There is no figure of “%(label)s” for %(place)s in %(month)s.") % {
            "label": label,
            "place": place,
            "month": month,
        }
        yield Remark("warning", text, url)


def nobody_is_still_typing(briefing: Briefing, at: datetime) -> Iterator[Remark]:
    """Texts that somebody typed and did not save yet: they do not go along."""
    from reports.briefings.signing.rules import Remark

    copies = SectionDraft.objects.filter(section__briefing=briefing)
    for copy in copies.select_related("section__briefing", "user"):
        if (copy.heading, copy.text) == (copy.section.heading, copy.section.text):
            continue
        text = _("%(name)s has text in “%(heading)s” that is not saved.") % {
            "name": copy.user.name,
            "heading": copy.section.heading,
        }
        yield Remark("warning", text, section_address(copy.section))
