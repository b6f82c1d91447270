"""Everything on the page, put together before anything is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audits.comparison.rules.disagreement import Disagreement, Leaning, Party, PartyJudgement
from audits.comparison.rules.sides import ComparedMatter
from audits.comparison.selectors import Notes, matters, notes_of
from audits.models.comparison import ComparisonTheme, DisagreementNote
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.organisations.models import Institution
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import FigureTable
from reports.side_by_side.selectors.figures import (
    figures_for_the_rule,
    last_figures,
    verdicts_of,
    whole_of,
)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One matter as one reader sees it."""

    matter: ComparedMatter
    figures: tuple[QuotedFigure, ...] | None
    """None for who may see no figures."""
    parties: Mapping[Party, Leaning]
    """What each party says on its own scale, without the figures where they may not be seen."""
    found: Disagreement | None
    """None too where it depends on figures that this reader may not see."""
    note: DisagreementNote | None
    """The explanation that fits; None where it is still to be given."""
    older: tuple[DisagreementNote, ...]

    @property
    def asks_explanation(self) -> bool:
        """Whether somebody must still explain it."""
        return self.found is not None and self.note is None

    @property
    def is_comparable(self) -> bool:
        """Whether at least two parties judged."""
        judged = [one for one in self.parties.values() if one is not Leaning.NOT_JUDGED]
        return len(judged) > 1

    def names(self, direction: Leaning) -> list[str]:
        """The parties that say this, by name."""
        called = {
            Party.CERTIFYING_BODY: self.matter.body.name,
            Party.INSPECTORATE: self.matter.inspectorate.name,
            Party.FIGURES: _("the own figures"),
        }
        return [called[party] for party, says in self.parties.items() if says is direction]

    @property
    def reading(self) -> str:
        """Who says what on the own scale, in a sentence; empty without a disagreement."""
        if self.found is None:
            return ""
        return _("Positive on its own scale: %(positive)s. Negative: %(negative)s.") % {
            "positive": _(" and ").join(self.names(Leaning.POSITIVE)),
            "negative": _(" and ").join(self.names(Leaning.NEGATIVE)),
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """A matter with the verdicts of the figures that everybody's rule goes by."""

    matter: ComparedMatter
    figures: tuple[PartyJudgement, ...]
    found: Disagreement | None


def compared(
    institution: Institution, asked: AskedDay, table: FigureTable | None = None
) -> list[Compared]:
    """Every matter and its disagreement on the asked day, the same for every reader.

    ``table`` spares reading the figures where they were read already; they must be protected
    and hold the whole institution.
    """
    found = matters(institution, asked.on)
    if table is None:
        table = figures_for_the_rule(institution, _kpis(), asked)
    place = whole_of(institution)
    result = []
    for matter in found:
        verdicts = tuple(verdicts_of(table, matter.kpis, place))
        result.append(Compared(matter, verdicts, matter.disagreement(verdicts)))
    return result


def unexplained(institution: Institution, asked: AskedDay, table: FigureTable | None = None) -> int:
    """How many disagreements still ask for an explanation."""
    notes = notes_of(institution)
    return sum(
        one.found is not None and notes.fitting(one.matter.theme_id, one.found.sha256) is None
        for one in compared(institution, asked, table)
    )


def rows_for(
    institution: Institution, asked: AskedDay, view: FigureVisibility | None
) -> list[ComparisonRow]:
    """The page's rows for one reader; ``view`` is None for who may see no figures."""
    if view is None:
        return [
            _row(one, notes_of(institution), None, None) for one in compared(institution, asked)
        ]
    table = view.figures(_kpis(), asked.months(), known_at=asked.known_at)
    # Who sees no exact figures reads the very table that the rule goes by.
    everything = compared(institution, asked, None if view.exact else table)
    notes = notes_of(institution)
    return [_row(one, notes, table, view) for one in everything]


def _kpis() -> list[str]:
    codes = [kpi for theme in ComparisonTheme.objects.all() for kpi in theme.kpis]
    return [code for code in dict.fromkeys(codes) if code in KPIS]


def _row(
    one: Compared, notes: Notes, table: FigureTable | None, view: FigureVisibility | None
) -> ComparisonRow:
    matter, found = one.matter, one.found
    lines, mine = None, set[PartyJudgement]()
    if table is not None and view is not None:
        lines = last_figures(table, view, matter.kpis)
        mine = set(verdicts_of(table, matter.kpis, whole_of(view.institution)))
    seen = set(one.figures) <= mine
    if found is not None and not seen and not found.between_bodies:
        # It would tell of a figure that this reader may not see.
        found = None
    note = notes.fitting(matter.theme_id, found.sha256) if found else None
    older = notes.others(matter.theme_id, note) if seen else ()
    return ComparisonRow(
        matter, lines, matter.directions(one.figures if seen else ()), found, note, older
    )
