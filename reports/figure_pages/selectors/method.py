"""How a figure was computed: settings, delivery, moment, and the norms that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import DeliveryMonth
from certification.indicators.rules.shapes import Kpi
from certification.models import Norm
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution
from reports.documents.sentences import day_of, in_unit
from reports.figures.selectors.figures import provenance

CLOCK_STARTS: Final = {
    "notified_on": gettext_lazy("the day on which the institution was notified"),
    "family_plan_waived_on": gettext_lazy("the day on which it was settled: no family plan"),
    "first_contact_on": gettext_lazy("the day of the first contact"),
}


@dataclass(frozen=True, slots=True)
class Method:
    """What is printed with a figure about how it came about."""

    recorded_at: datetime
    settings: tuple[str, ...]
    sources: tuple[str, ...]
    beside: tuple[tuple[str, str, str], ...]
    """Norms that do not judge: threshold, label and source."""
    delivery: str
    """Which delivery the month was computed from, in words; empty for staffing alone."""


def method(
    institution: Institution, kpi: Kpi, month: date, known_at: datetime | None
) -> Method | None:
    """How the figure of the month was computed; None where it never was."""
    found = provenance(institution, kpi.code, month, known_at)
    if found is None:
        return None
    norms = Norm.objects.beside(institution, month).filter(kpi=kpi.code)
    judging = Norm.objects.judging(institution).filter(kpi=kpi.code, valid_from__lte=month)
    return Method(
        recorded_at=found.recorded_at,
        settings=tuple(_settings(kpi, found.settings)),
        sources=tuple(
            norm.source for norm in judging if not norm.valid_until or norm.valid_until > month
        ),
        delivery=_delivery(institution, month, known_at),
        beside=tuple(
            (in_unit(norm.threshold, kpi.unit), _(norm.label), norm.source) for norm in norms
        ),
    )


def _settings(kpi: Kpi, settings: dict[str, Any]) -> list[str]:
    lines = []
    start = settings.get("plan_clock_start")
    if kpi.code == "plan_6w" and start in CLOCK_STARTS:
        lines.append(_("The six weeks run from %(start)s.") % {"start": CLOCK_STARTS[start]})
    equated = settings.get("equated_days_are_working_days")
    if "5wd" in kpi.code and equated is not None:
        lines.append(
            _("Days that the law equates with holidays count as working days.")
            if equated
            else _("Days that the law equates with holidays do not count as working days.")
        )
    return lines


def _delivery(institution: Institution, month: date, known_at: datetime | None) -> str:
    """The delivery that the month points to, or pointed to at the instant."""
    rows = DeliveryMonth.objects.filter(institution=institution, month=month)
    if known_at is None:
        rows = rows.filter(superseded_at__isnull=True)
    else:
        rows = rows.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at), since__lte=known_at
        )
    row = rows.select_related("delivery").first()
    if row is None:
        return ""
    return _("Delivered on %(day)s, up to %(reference)s, mark %(mark)s.") % {
        "day": day_of(amsterdam_day(row.delivery.received_at)),
        "reference": day_of(row.delivery.reference_on),
        "mark": row.delivery.sha256[:12],
    }
