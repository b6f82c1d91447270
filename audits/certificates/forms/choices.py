"""What the forms offer to choose from: figures, findings and requirements, by public names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audits.models.findings import Finding
from certification.indicators.rules.kpis import KPIS
from certification.models.frameworks import Requirement

Choice = tuple[str, str]
_SHOWN = 120


def kpi_choices() -> list[Choice]:
    """Every figure by its code."""
    return [(code, _(kpi.label)) for code, kpi in KPIS.items()]


class FindingsField(forms.ModelMultipleChoiceField[Finding]):
    """Findings, each as the beginning of its words."""

    def label_from_instance(self, obj: Finding) -> str:
        """The beginning of its words."""
        return Truncator(str(obj)).chars(_SHOWN)


class RequirementField(forms.ChoiceField):
    """A requirement by what is public of it; cleaned to the row, or None."""

    def prepare_value(self, value: Any) -> Any:
        """The key of a row."""
        return requirement_key(value) if isinstance(value, Requirement) else value

    def clean(self, value: Any) -> Requirement | None:
        """The chosen row."""
        return requirement_chosen(super().clean(value))


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
