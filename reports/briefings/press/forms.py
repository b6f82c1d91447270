"""Forms of the press release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.gate.forms import MandateField


class PressTextForm(forms.Form):
    """The text of the press release."""

    text = forms.CharField(
        label=_("Text of the press release"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        validators=[no_personal_numbers],
    )


class PartyForm(forms.Form):
    """Who agrees for a party."""

    mandate = MandateField(
        label=_("Person and role"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose somebody"),
        help_text=_("Sees this text alone, by name, from now on."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["mandate"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = people.select_related("user", "region", "institution").order_by(
            "institution__name", "region__name", "user__name"
        )
