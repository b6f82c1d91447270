"""Forms for the phases of a control chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from certification.models.chart_phases import REASON_LENGTH


class PhaseForm(forms.Form):
    """From which month on a chart is calculated again, and why."""

    starts_month = forms.TypedChoiceField(
        label=_("From month"),
        help_text=_("The first month in which things went differently."),
        coerce=date.fromisoformat,
        choices=(),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("What changed in the work? Everybody who sees the chart reads this. No names."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, months: Sequence[date]) -> None:
        super().__init__(data, prefix="phase")
        field = self.fields["starts_month"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(month.isoformat(), date_format(month, "F Y")) for month in months]


class RemovalForm(forms.Form):
    """Why a phase is taken away."""

    reason = forms.CharField(
        label=_("Why remove it?"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, phase_id: str) -> None:
        super().__init__(data, prefix=f"remove-{phase_id}")
