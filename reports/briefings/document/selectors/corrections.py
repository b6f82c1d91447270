"""Figures that were corrected after they were frozen: what to say beside them.

Worked out when somebody reads, from the frozen figure and today's one, both as a council may
see them. What was frozen never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from certification.indicators.rules.kpis import KPIS
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution
from reports.briefings.gate.selectors.prepared import last_release, last_run
from reports.briefings.models.versions import BriefingVersion, VersionVariant
from reports.documents import sentences as printing
from reports.documents.rules import BriefingDocument
from reports.figures.rules.figures import Figure, FigureState, QuotedFigure
from reports.figures.selectors.figures import Audience, figures
from reports.remembering import Remembered

WITHOUT_FIGURE = frozenset(
    {FigureState.NOT_DELIVERED, FigureState.NOT_KNOWN, FigureState.NOT_REACHED}
)
PROTECTED = frozenset({FigureState.HIDDEN, FigureState.FEW_CASES})


def corrections_of(
    document: BriefingDocument, institution: Institution, at: datetime
) -> Mapping[QuotedFigure, str]:
    """Words for each figure of the document that is another one at ``at``, in its language.

    Whether a figure is shown or hidden is no correction: that may come from its neighbours.
    """
    quoted = [one for one in document.figures() if one.kpi in KPIS]
    if not quoted:
        return {}
    now = figures(
        institution=institution,
        kpis={one.kpi for one in quoted},
        scopes={one.place for one in quoted},
        months={one.month for one in quoted},
        audience=Audience.COUNCIL,
        known_at=at,
    )
    with translation.override(document.language):
        day = printing.day_of(amsterdam_day(at))
        found = {}
        for one in quoted:
            today = now.get(one.kpi, one.place, one.month)
            if _is_corrected(one, today):
                value = ", ".join(
                    filter(None, (printing.value_of(today), printing.cases_of(today)))
                )
                found[one] = gettext("corrected later: now %(value)s (as of %(day)s)") % {
                    "value": value,
                    "day": day,
                }
    return found


def corrections_beside(
    frozen: BriefingVersion | VersionVariant,
    document: BriefingDocument,
    institution: Institution,
    at: datetime,
) -> Mapping[QuotedFigure, str]:
    """The same for a frozen text, whose document this is; worked out again when it must be.

    That is on another Amsterdam day, after another run or release of the institution, and
    after some minutes. A run that ended after ``at`` is not yet known at it.
    """
    run, cell = last_run(institution.pk), last_release(institution.pk)
    if run is not None and run.finished_at is not None and run.finished_at > at:
        return corrections_of(document, institution, at)
    known = (run.pk if run else None, cell.pk if cell else None)
    key = (frozen.public_id, frozen.content_sha256, amsterdam_day(at), *known)
    return _remembered.get(key, lambda: corrections_of(document, institution, at))


_remembered: Final = Remembered[Mapping[QuotedFigure, str]](64, 600.0)


def _is_corrected(frozen: QuotedFigure, today: Figure) -> bool:
    if frozen.state in PROTECTED or today.state in PROTECTED:
        return False
    if frozen.state in WITHOUT_FIGURE and today.state in WITHOUT_FIGURE:
        return False
    numbers = ((one.value, one.numerator, one.denominator) for one in (frozen, today))
    return frozen.state is not today.state or len(set(numbers)) > 1
