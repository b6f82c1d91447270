"""The registers of inspections and of verdicts, as they are exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from audits.inspections.selectors.pages import InspectionPage, MeasureView, inspection_page
from audits.models.inspections import InspectedInstitution
from audits.rules.moments import Moment
from audits.rules.registers import Cell, Register, RegisterColumn
from audits.selectors.visibility import SourceVisibility
from certification.sentences import last_day_in_words
from jbn_oversight.organisations.models import Institution


def _pages(institution: Institution, day: date) -> Iterator[InspectionPage]:
    """Every inspection of which something was known on the day, the latest report first."""
    rows = InspectedInstitution.objects.of(institution).select_related(
        "institution", "inspection__framework"
    )
    for row in rows:
        page = inspection_page(row, day)
        if page.view is not None:
            yield page


def register_of_inspections(
    institution: Institution, day: date, sight: SourceVisibility
) -> Register:
    """All inspections known on the (Amsterdam) day, with their measures."""
    rows: list[tuple[Cell, ...]] = []
    for page in _pages(institution, day):
        view = page.view
        assert view is not None
        rows.append(
            (
                view.title,
                view.authorities_words,
                _said(view.announced, sight),
                _said(view.fieldwork, sight),
                _said(view.planned, sight),
                _said(view.published, sight),
                page.own.label if page.own.published else "",
                page.own.findings,
                "; ".join(measure.label for measure in page.own.measures)
                or (_("none") if page.own.no_measure else ""),
                "; ".join(_said(measure.imposed, sight) for measure in page.own.measures),
                "; ".join(
                    _term(measure, sight) for measure in page.own.measures if measure.term_ends
                ),
                "; ".join(
                    _("%(source)s says otherwise") % {"source": sight.words(claim.source)}
                    for measure in page.own.measures
                    for claim in measure.claims
                ),
                "; ".join(_said(each.ended, sight) for each in page.own.measures if each.ended),
            )
        )
    return Register(
        title=_("Inspections of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Inspection"), long=True),
            RegisterColumn(_("By")),
            RegisterColumn(_("Announced")),
            RegisterColumn(_("Field work")),
            RegisterColumn(_("Report expected")),
            RegisterColumn(_("Report published")),
            RegisterColumn(_("Judgement")),
            RegisterColumn(_("Findings"), long=True),
            RegisterColumn(_("Measure")),
            RegisterColumn(_("Imposed")),
            RegisterColumn(_("Term to improve ends")),
            RegisterColumn(_("Other sources"), long=True),
            RegisterColumn(_("Lifted")),
        ),
        rows=tuple(rows),
        notes=(_("Behind each day stands its source."),),
    )


def register_of_verdicts(institution: Institution, day: date, sight: SourceVisibility) -> Register:
    """The verdict on each norm, of every institution in inspections known on the day.

    Nothing stands where a verdict is not known.
    """
    rows: list[tuple[Cell, ...]] = []
    for page in _pages(institution, day):
        assert page.view is not None
        for place in (page.own, *page.others):
            for norm in place.norms:
                rows.append(
                    (
                        page.view.title,
                        place.name,
                        norm.title,
                        norm.label,
                        norm.remark,
                        sight.words(norm.source),
                    )
                )
    return Register(
        title=_("Verdicts of the inspectorates on %(institution)s")
        % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Inspection")),
            RegisterColumn(_("Institution")),
            RegisterColumn(_("Norm")),
            RegisterColumn(_("Judgement")),
            RegisterColumn(_("Remark"), long=True),
            RegisterColumn(_("Source"), long=True),
        ),
        rows=tuple(rows),
        notes=(
            _("This is the inspectorates' own scale. It is not that of the certifying body."),
            _("Institutions stand in order of name; this is no ranking."),
        ),
    )


def _said(moment: Moment | None, sight: SourceVisibility) -> str:
    if moment is None:
        return ""
    return f"{moment.words} ({sight.words(moment.source)})" if moment.source else moment.words


def _term(measure: MeasureView, sight: SourceVisibility) -> str:
    assert measure.term_ends is not None
    return f"{last_day_in_words(measure.term_ends.on)} ({sight.words(measure.term_ends.source)})"
