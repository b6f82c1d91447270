"""The norms that come with the portal: the law's clocks, and the sector's ambitions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.apps.registry import Apps

from certification.indicators.rules.shapes import gettext_noop


class Shipped(NamedTuple):
    """One norm as it is loaded: at least so many percent, for every scope."""

    kpi: str
    threshold: Decimal
    is_judging: bool
    label: str
    source: str


LAW_IN_FORCE: Final = date(2015, 1, 1)
"""The Jeugdwet and the Wmo 2015 hold since this day."""

_LAW: Final = gettext_noop("the law")
_AMBITION: Final = gettext_noop("ambition of the sector")

NORMS: Final = (
    Shipped(
        "contact_5wd", Decimal(100), True, _LAW, "Besluit Jeugdwet art. 4.2.1 tot en met 4.2.3"
    ),
    Shipped(
        "assigned_5wd", Decimal(100), True, _LAW, "Besluit Jeugdwet art. 4.2.1 tot en met 4.2.3"
    ),
    Shipped(
        "contacted_5wd", Decimal(100), True, _LAW, "Besluit Jeugdwet art. 4.2.1 tot en met 4.2.3"
    ),
    Shipped("plan_6w", Decimal(100), True, _LAW, "Jeugdwet art. 4.1.3, lid 5"),
    Shipped("plan_current", Decimal(100), True, _LAW, "Besluit Jeugdwet art. 4.2.4"),
    Shipped(
        "vt_study_10w", Decimal(100), True, _LAW, "Uitvoeringsbesluit Wmo 2015 art. 4.1.7, lid 2"
    ),
    Shipped("vt_triage_5wd", Decimal(90), False, _AMBITION, "Landelijk Netwerk Veilig Thuis, 2019"),
    Shipped("vt_study_10w", Decimal(80), False, _AMBITION, "Landelijk Netwerk Veilig Thuis, 2019"),
)


def load(apps: Apps) -> None:
    """Create what is missing; leave what is there as it is. ``apps``: a migration's registry."""
    norms = apps.get_model("certification", "Norm")._default_manager
    for norm in NORMS:
        norms.get_or_create(
            kpi=norm.kpi,
            scope="",
            institution=None,
            is_judging=norm.is_judging,
            valid_from=LAW_IN_FORCE,
            defaults={
                "threshold": norm.threshold,
                "bound": "at_least",
                "label": norm.label,
                "source": norm.source,
            },
        )
