"""Forms of rules for sharing, and of passing on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.organisations.models import Municipality
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.gate.forms import MandatesField, day_input
from reports.briefings.models.briefings import Briefing


class RuleForm(forms.Form):
    """What was agreed on sharing."""

    holder = forms.ModelChoiceField(
        label=_("Who may pass it on"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose somebody"),
    )
    councils = forms.ModelMultipleChoiceField(
        label=_("To the councils of"),
        queryset=Municipality.objects.none(),
        to_field_name="cbs_code",
        widget=forms.CheckboxSelectMultiple,
    )
    agreed_by = forms.CharField(
        label=_("Agreed by"), max_length=200, help_text=_("The body, or the people.")
    )
    agreed_on = forms.DateField(label=_("Agreed on"), widget=day_input())
    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, validators=[no_personal_numbers]
    )

    def __init__(self, *args: Any, holders: Any, on: date, briefing: Briefing, **kwargs: Any):
        super().__init__(*args, **kwargs)
        holder, councils = self.fields["holder"], self.fields["councils"]
        assert isinstance(holder, forms.ModelChoiceField)
        assert isinstance(councils, forms.ModelMultipleChoiceField)
        holder.queryset = User.objects.filter(pk__in=holders.values("user")).order_by("name")
        councils.queryset = Municipality.objects.valid(on).served_by(briefing.institution, on)


class PassOnForm(forms.Form):
    """To whom it is passed on."""

    mandates = MandatesField(
        label=_("People"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["mandates"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = people.select_related("user", "municipality", "region").order_by(
            "municipality__sort_name", "user__name"
        )
