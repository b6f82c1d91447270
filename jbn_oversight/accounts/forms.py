"""Forms about people."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role


class CouncilPersonForm(forms.Form):
    """A clerk adds somebody of the own council."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person's own address; not one that a group shares."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.COUNCIL_MEMBER, Role.COUNCIL_MEMBER.label), (Role.CLERK, Role.CLERK.label)],
    )
    from_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("Until (this day no longer counts)"),
        required=False,
        help_text=_("Leave empty where the end is not known."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, object]:
        """The end lies after the beginning."""
        data = super().clean() or {}
        start, end = data.get("from_on"), data.get("until_on")
        if start and end and end <= start:
            raise ValidationError({"until_on": _("Choose a day after the first day.")})
        return data
