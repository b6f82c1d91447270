"""What the forms offer to choose from: figures, findings and requirements, by public names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audits.models.findings import Finding
from certification.indicators.rules.kpis import KPIS
from certification.models.frameworks import Requirement
from jbn_oversight.organisations.models import Institution

Choice = tuple[str, str]
_SHOWN = 120


def kpi_choices() -> list[Choice]:
    """Every figure by its code."""
    return [(code, _(kpi.label)) for code, kpi in KPIS.items()]


def finding_choices(institution: Institution) -> list[Choice]:
    """Every finding about the institution."""
    rows = Finding.objects.of(institution).select_related("found_in", "inspected")
    return [(row.public_id, Truncator(str(row)).chars(_SHOWN)) for row in rows]


def findings_chosen(institution: Institution, chosen: Iterable[str]) -> list[Finding]:
    """The findings about the institution with these addresses."""
    return list(Finding.objects.of(institution).filter(public_id__in=list(chosen)))


def requirement_key(row: Requirement) -> str:
    """A requirement by what is public of it: framework, theme and code."""
    return f"{row.theme.framework.public_id}/{row.theme.code}/{row.code}"


def _requirements() -> Iterable[Requirement]:
    rows = Requirement.objects.select_related("theme__framework")
    return rows.order_by("theme__framework", "theme__position", "position")


def requirement_choices() -> list[Choice]:
    """Every requirement of every framework, in order."""
    return [
        (requirement_key(row), Truncator(f"{row.theme}: {row}").chars(_SHOWN))
        for row in _requirements()
    ]


def requirement_chosen(key: str) -> Requirement | None:
    """The requirement by that key; None for no key."""
    return next((row for row in _requirements() if key and requirement_key(row) == key), None)
