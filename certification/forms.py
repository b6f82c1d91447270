"""Forms of this floor."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jbn_oversight.clock import month_of, months_between, parse_month
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.selectors.choosing import limit_institutions

MOST_MONTHS: Final = 120


class MonthField(forms.CharField):
    """A month, written ``YYYY-MM``; cleaned to its first day."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write the month as YYYY-MM, for example 2025-09.")}

    @classmethod
    def of(cls, model: type[models.Model], name: str) -> MonthField:
        """The field of a column that keeps the first day of a month."""
        column: Any = model._meta.get_field(name)
        return cls(
            label=capfirst(column.verbose_name),
            help_text=column.help_text,
            required=not column.blank,
        )

    def prepare_value(self, value: Any) -> Any:
        """The month as it is written."""
        return f"{value:%Y-%m}" if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        """The first day of the month; None for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_month(text)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class RunForm(forms.Form):
    """Which months of which institution are to be computed again."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution"), to_field_name="code"
    )
    period_from = MonthField(label=_("From month"), help_text=_("For example 2025-01."))
    period_until = MonthField(
        label=_("Until month"), help_text=_("This month is computed too. For example 2025-09.")
    )

    def __init__(
        self, data: Any = None, *, institutions: Collection[str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self._today = today
        limit_institutions(self, institutions, "institution")

    def clean(self) -> dict[str, Any]:
        """The months are in order, not to come, and not too many."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last:
            if first > last:
                self.add_error("period_until", _("The first month lies after the last month."))
            elif last > month_of(self._today):
                self.add_error("period_until", _("This month is yet to come."))
            elif len(months_between(first, last)) > MOST_MONTHS:
                self.add_error(
                    "period_from",
                    _("Ask for at most %(months)d months at once.") % {"months": MOST_MONTHS},
                )
        return cleaned
