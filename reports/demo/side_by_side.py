"""For the demonstration: the themes, one explanation and one decision by a made-up adviser."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from audits.comparison.actions.explanations import explain
from audits.comparison.actions.reference import load_themes
from audits.events.actions.events import decide, state_of
from audits.models.comparison import DisagreementNote
from audits.models.timeline import Contradiction, Decided
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution
from reports.demo.public_facts import FACTS
from reports.figure_pages.forms.days import AskedDay
from reports.side_by_side.selectors.page import compared

_DECIDED: Final = "Naam van de inspectie"
_REASON: Final = "Fictief besluit: zo noemt de inspectie zichzelf."
_EXPLANATION: Final = (
    "Fictieve uitleg: de inspectie keek in het voorjaar of de zorg toen goed en veilig was. Het "
    "Keurmerkinstituut keek in september of de organisatie op orde is. Het zijn twee vragen op "
    "twee momenten. Het toezicht gaat door tot de inspectie ziet dat ook de uitvoering beter is."
)


@transaction.atomic
def load_side_by_side(*, by: User, at: datetime) -> bool:
    """Load what is not there yet; False where all was. ``at`` is an aware instant."""
    new = bool(load_themes(by=None))
    institution = Institution.objects.get(code=FACTS.institution)
    if not DisagreementNote.objects.filter(institution=institution).exists():
        new = _explain(institution, by, at) or new
    row = Contradiction.objects.filter(institution=institution, matter=_DECIDED).first()
    if row is not None and not row.decided_for:
        decide(
            contradiction=row,
            seen=state_of(row),
            decided_for=Decided.ONE,
            reason=_REASON,
            at=at,
            by=by,
        )
        new = True
    return new


def _explain(institution: Institution, by: User, at: datetime) -> bool:
    """The institution as a whole, as it stood on the demonstration's day."""
    day = settings.DEMO_DAY or amsterdam_day(at)
    whole = compared(institution, AskedDay(day, None, is_default=True))[0]
    if whole.found is None:
        return False
    explain(
        institution=institution,
        theme_id=None,
        found=whole.found,
        seen_sha256=whole.found.sha256,
        text=_EXPLANATION,
        at=at,
        by=by,
    )
    return True
