"""The registers of findings with actions, plans, recommendations and studies, as exported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audits.plans.selectors.plan_actions import (
    ActionLine,
    action_view,
    actions_of,
    found_of,
    lines_of,
)
from audits.plans.selectors.plans import plans_of, recommendations_of, studies_of
from audits.plans.sentences.plan_actions import actions_sentence
from audits.rules.moments import Moment
from audits.rules.registers import Cell, Register, RegisterColumn
from audits.selectors.visibility import SourceVisibility
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution


def register_of_findings_and_actions(institution: Institution, day: date) -> Register:
    """Findings with their actions, as known on the (Amsterdam) day; progress as last reported."""
    actions = [action_view(row, day) for row in actions_of(institution)]
    return Register(
        title=_("Findings and actions of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Found by")),
            RegisterColumn(_("Found at")),
            RegisterColumn(_("Number")),
            RegisterColumn(_("Finding"), long=True),
            RegisterColumn(_("Theme")),
            RegisterColumn(_("State of the finding")),
            RegisterColumn(_("Causes"), long=True),
            RegisterColumn(_("Action"), long=True),
            RegisterColumn(_("Owner")),
            RegisterColumn(_("Started")),
            RegisterColumn(_("Last day")),
            RegisterColumn(_("Done")),
            RegisterColumn(_("State of the action")),
            RegisterColumn(_("Progress in per cent")),
            RegisterColumn(_("Effort in hours")),
            RegisterColumn(_("Cost in euros")),
            RegisterColumn(_("Evidence")),
            RegisterColumn(_("Figure that it should move")),
            RegisterColumn(_("Judged at re-audits"), long=True),
        ),
        rows=tuple(_row(line) for line in lines_of(found_of(institution, day), actions)),
        notes=(actions_sentence(actions),),
    )


def _row(line: ActionLine) -> tuple[Cell, ...]:
    found, action = line.found, line.action
    finding: tuple[Cell, ...] = ("",) * 7
    if found is not None:
        finding = (
            found.bodies_words,
            found.origin,
            found.row.reference,
            found.row.text,
            line.theme,
            found.state_words,
            "; ".join(cause.text for cause in found.causes),
        )
    acted: tuple[Cell, ...] = ("",) * 11
    if action is not None:
        row = action.row
        acted = (
            row.title,
            row.owner_name,
            row.started_on or "",
            row.due_on,
            row.done_on or "",
            str(action.state_label),
            Decimal(row.progress),
            "" if row.effort_hours is None else Decimal(row.effort_hours),
            "" if row.cost is None else row.cost,
            Decimal(action.evidence),
            action.kpi_label,
        )
    return (*finding, *acted, "; ".join(found.reviews) if found else "")


def register_of_plans(institution: Institution, day: date) -> Register:
    """The plans, a line for each theme, with the actions done and the mean progress."""
    rows: list[tuple[Cell, ...]] = []
    for view in plans_of(institution, day):
        plan: tuple[Cell, ...] = (
            view.row.get_kind_display(),
            view.row.title,
            view.row.made_by,
            _words(view.presented),
            "; ".join(one.title for one in view.based_on),
        )
        for theme in view.themes:
            mean = theme.mean
            rows.append(
                (
                    *plan,
                    theme.label,
                    Decimal(len(theme.counted)),
                    Decimal(theme.done),
                    Decimal(theme.late),
                    "" if mean is None else Decimal(mean),
                )
            )
        if not view.themes:
            rows.append((*plan, "", "", "", "", ""))
    return Register(
        title=_("Plans of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Kind")),
            RegisterColumn(_("Plan"), long=True),
            RegisterColumn(_("Made by")),
            RegisterColumn(_("Presented")),
            RegisterColumn(_("Builds on"), long=True),
            RegisterColumn(_("Theme")),
            RegisterColumn(_("Actions")),
            RegisterColumn(_("Done")),
            RegisterColumn(_("Overdue")),
            RegisterColumn(_("Mean progress in per cent")),
        ),
        rows=tuple(rows),
    )


def register_of_recommendations(institution: Institution, day: date) -> Register:
    """The recommendations, what was decided about each, why, when, and the actions."""
    rows = []
    for view in recommendations_of(institution, day):
        row = view.row
        when = date_format(amsterdam_day(row.answered_at), "j F Y") if row.answered_at else ""
        rows.append(
            (
                view.origin,
                Decimal(row.number),
                row.text,
                row.get_answer_display(),
                row.reason,
                when,
                row.answered_by.name if row.answered_by else "",
                "; ".join(one.row.title for one in view.actions),
            )
        )
    return Register(
        title=_("Recommendations about %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("From")),
            RegisterColumn(_("Number")),
            RegisterColumn(_("Recommendation"), long=True),
            RegisterColumn(_("Decided")),
            RegisterColumn(_("Reason"), long=True),
            RegisterColumn(_("Decided on")),
            RegisterColumn(_("Recorded by")),
            RegisterColumn(_("Actions"), long=True),
        ),
        rows=tuple(rows),
    )


def register_of_studies(institution: Institution, day: date, sight: SourceVisibility) -> Register:
    """The studies; who ordered one stands per source, for sources may differ."""
    rows = []
    for view in studies_of(institution, day):
        ordered_by = (
            _("%(source)s: %(names)s")
            % {"source": sight.publisher(one.source), "names": ", ".join(one.names)}
            for one in view.commissions
        )
        row = view.row
        rows.append(
            (
                row.researcher,
                row.title,
                "; ".join(ordered_by),
                _words(view.ordered),
                _words(view.delivered),
                _words(view.public),
                "" if row.cost is None else row.cost,
                Decimal(len(view.recommendations)),
            )
        )
    return Register(
        title=_("Studies about %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Researcher")),
            RegisterColumn(_("Study"), long=True),
            RegisterColumn(_("Ordered by, according to"), long=True),
            RegisterColumn(_("Ordered")),
            RegisterColumn(_("Delivered")),
            RegisterColumn(_("Made public")),
            RegisterColumn(_("Cost in euros")),
            RegisterColumn(_("Recommendations")),
        ),
        rows=tuple(rows),
    )


def _words(known: Moment | None) -> str:
    return known.words if known else ""
