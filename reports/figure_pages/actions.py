"""Setting and removing the phases of a control chart from the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from certification.control_charts.actions import may_set_phases, remove_phase, set_phase
from certification.indicators.rules.shapes import Kpi
from certification.models.chart_phases import ChartPhase
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.figure_pages.forms.phases import PhaseForm, RemovalForm
from reports.figure_pages.selectors.control import ControlPart
from reports.figure_pages.selectors.kpi import KpiPage
from reports.figure_pages.selectors.visibility import FigureVisibility

SET: Final = "set_phase"
REMOVE: Final = "remove_phase"


@dataclass(frozen=True)
class PhaseForms:
    """What somebody may do with the phases of the chart that is shown."""

    adding: PhaseForm
    removing: dict[str, RemovalForm]
    """By the public id of the phase."""
    done: str = ""
    """What was done, in words; empty while nothing was."""


def may_act(request: PortalRequest, view: FigureVisibility, page: KpiPage) -> bool:
    """Whether this person may set phases of the chart, which must be the one of now."""
    part = page.control
    if part is None or not part.fits or page.asked.known_on is not None:
        return False
    return may_set_phases(request.actor, view.institution, part.place)


def phase_forms(
    request: PortalRequest, view: FigureVisibility, kpi: Kpi, page: KpiPage
) -> PhaseForms:
    """The forms, filled and carried out when they were sent. Raises Http404."""
    part = page.control
    assert part is not None
    act = request.POST.get("act", "") if request.method == "POST" else ""
    adding = PhaseForm(request.POST if act == SET else None, months=_months(part))
    rows = {line.row.public_id: line.row for line in part.phases if line.row is not None}
    asked = request.POST.get("phase", "") if act == REMOVE else ""
    if request.method == "POST" and not (act == SET or asked in rows):
        raise Http404
    removing = {
        key: RemovalForm(request.POST if key == asked else None, phase_id=key) for key in rows
    }
    done = ""
    if act == SET and adding.is_valid():
        done = _add(request, view, kpi, part, adding)
    elif asked and removing[asked].is_valid():
        done = _remove(request, rows[asked], removing[asked])
    return PhaseForms(adding, removing, done)


def _months(part: ControlPart) -> list[date]:
    """The months in which a phase can begin: all but the first, the latest first."""
    taken = {line.first for line in part.phases}
    return [month for month, _shown, _words in part.rows if month not in taken]


def _add(
    request: PortalRequest, view: FigureVisibility, kpi: Kpi, part: ControlPart, form: PhaseForm
) -> str:
    try:
        set_phase(
            institution=view.institution,
            kpi=kpi.code,
            place=part.place,
            starts_month=form.cleaned_data["starts_month"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except RefusedError as error:
        form.add_error(None, str(error))
        return ""
    return _("The chart is reckoned anew from this month on.")


def _remove(request: PortalRequest, phase: ChartPhase, form: RemovalForm) -> str:
    try:
        remove_phase(phase=phase, reason=form.cleaned_data["reason"], by=request.user)
    except RefusedError as error:
        form.add_error(None, str(error))
        return ""
    return _("The phase is removed. It stays readable below the chart.")
