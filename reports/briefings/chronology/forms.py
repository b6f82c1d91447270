"""The form that notes what a council was told outside the portal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.selectors.choosing import limit_institutions
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.gate.forms import day_input
from reports.briefings.sharing.models import ToldKind


class ToldForm(forms.Form):
    """What a council was told outside the portal."""

    institution = forms.ModelChoiceField(
        label=_("About"), queryset=Institution.objects.none(), to_field_name="code"
    )
    on = forms.DateField(label=_("Day"), widget=day_input())
    kind = forms.ChoiceField(label=_("How"), choices=ToldKind.choices)
    text = forms.CharField(
        label=_("What the council was told"), max_length=500, validators=[no_personal_numbers]
    )
    source = forms.CharField(
        label=_("Where that can be found"),
        max_length=300,
        required=False,
        validators=[no_personal_numbers],
    )
    for_council = forms.BooleanField(
        label=_("The people of the council may see this line"), required=False
    )

    def __init__(self, *args: Any, institutions: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_institutions(self, institutions, "institution")
