"""The registers of audits and of findings, as they are exported."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from audits.audits_held.selectors.pages import FindingView, audit_view, audits_of, findings_of
from audits.audits_held.sentences import findings_sentence
from audits.rules.moments import Moment
from audits.rules.registers import Register, RegisterColumn
from certification.sentences import in_words
from jbn_oversight.organisations.models import Institution


def register_of_audits(institution: Institution, day: date) -> Register:
    """All audits known on the (Amsterdam) day."""
    rows = []
    findings = findings_of(institution, day)
    for row in audits_of(institution):
        view = audit_view(row, day)
        if not (view.planned or view.is_over):
            continue
        mine = [each for each in findings if each.row.found_in_id == row.pk]
        rows.append(
            (
                view.title,
                view.authority,
                _words(view.planned),
                _words(view.held),
                _words(view.outcome_known),
                view.outcome,
                str(row.framework) if row.framework else "",
                findings_sentence(mine) if view.is_over else "",
            )
        )
    return Register(
        title=_("Audits of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Audit")),
            RegisterColumn(_("Body")),
            RegisterColumn(_("Planned")),
            RegisterColumn(_("Held")),
            RegisterColumn(_("Outcome known")),
            RegisterColumn(_("Outcome"), long=True),
            RegisterColumn(_("Framework")),
            RegisterColumn(_("Findings"), long=True),
        ),
        rows=tuple(rows),
    )


def register_of_findings(institution: Institution, day: date) -> Register:
    """All findings of audits known on the (Amsterdam) day, with their state that day."""
    findings = findings_of(institution, day)
    return Register(
        title=_("Findings of audits of %(institution)s") % {"institution": institution.name},
        stand=day,
        columns=(
            RegisterColumn(_("Audit")),
            RegisterColumn(_("Number")),
            RegisterColumn(_("Theme")),
            RegisterColumn(_("Requirement"), long=True),
            RegisterColumn(_("Category")),
            RegisterColumn(_("What was found"), long=True),
            RegisterColumn(_("State")),
            RegisterColumn(_("To be mended by")),
            RegisterColumn(_("Deviation accepted, because"), long=True),
            RegisterColumn(_("Causes"), long=True),
            RegisterColumn(_("Actions"), long=True),
        ),
        rows=tuple(_finding(each) for each in findings),
        notes=(findings_sentence(findings),),
    )


def _finding(view: FindingView) -> tuple[str, ...]:
    return (
        view.audit_title,
        view.row.reference,
        view.theme,
        view.requirement,
        view.category,
        view.row.text,
        view.state_words,
        in_words(view.row.due) if view.row.due else "",
        view.row.deviation_rationale,
        "; ".join(cause.text for cause in view.causes),
        "; ".join(action.title for action in view.actions),
    )


def _words(moment: Moment | None) -> str:
    return moment.words if moment else ""
