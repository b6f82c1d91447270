"""Sentences on both verdicts for a briefing: each in its own words, with its day and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audits.comparison.rules.disagreement import Leaning
from audits.comparison.rules.sides import WHOLE, ComparedMatter, Side
from audits.comparison.selectors import notes_of
from audits.selectors.visibility import SourceVisibility
from jbn_oversight.organisations.models import Institution
from reports.figure_pages.forms.days import AskedDay
from reports.side_by_side.selectors.page import compared


@dataclass(frozen=True, slots=True)
class Sentence:
    """What can be said, and who said it."""

    text: str
    source: str


def sentences(institution: Institution, on: date, sight: SourceVisibility) -> Iterator[Sentence]:
    """On each matter that a body judged: both verdicts together, and why they differ.

    Figures stay out: a briefing quotes those by reference, as a council may see them. An
    explanation is offered where the two bodies contradict each other and it fits.
    """
    notes = notes_of(institution)
    for one in compared(institution, AskedDay(on, None, is_default=True)):
        matter = one.matter
        if all(says is Leaning.NOT_JUDGED for says in matter.directions().values()):
            continue
        sources = [said.source for side in matter.sides for said in side.said if said.source]
        yield Sentence(
            both(matter, institution), "; ".join(dict.fromkeys(map(sight.words, sources)))
        )
        if one.found is None or not one.found.between_bodies:
            continue
        note = notes.fitting(matter.theme_id, one.found.sha256)
        if note is not None:
            yield Sentence(note.text, _("explanation by %(name)s") % {"name": note.written_by.name})


def both(matter: ComparedMatter, institution: Institution) -> str:
    """Both verdicts in one text, so that nobody quotes half of it."""
    about = institution.name if matter.code == WHOLE else f"{institution.name}, {matter.title}"
    return _("%(about)s. %(one)s. %(other)s. Each uses a scale of its own.") % {
        "about": about,
        "one": _side(matter.body),
        "other": _side(matter.inspectorate),
    }


def _side(side: Side) -> str:
    said = "; ".join(
        _("%(words)s (%(stand)s)")
        % {"words": f"{one.about}: {one.words}" if one.about else one.words, "stand": one.stand}
        for one in side.said
    )
    return f"{side.name}: {said}"
