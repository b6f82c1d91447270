"""Forms about people, their roles and their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.managing.actions import KINDS
from jbn_oversight.accounts.models import Role
from jbn_oversight.organisations.models import Place


def key_of(place: Place) -> str:
    """How a choice names a place."""
    return f"{KINDS[type(place)]}-{place.pk}"


class RoleForm(forms.Form):
    """A role for somebody, in one of the places that the administrator looks after."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    place = forms.ChoiceField(label=_("Where"))
    from_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("Until (this day no longer counts)"),
        required=False,
        help_text=_("Leave empty where the end is not known."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {key_of(place): place for place in places}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, str(place)) for key, place in self.places.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        data = super().clean() or {}
        start, end = data.get("from_on"), data.get("until_on")
        if start and end and end <= start:
            raise ValidationError({"until_on": _("Choose a day after the first day.")})
        return data

    def given(self) -> dict[str, Any]:
        """The role as an action takes it."""
        data = self.cleaned_data
        return {
            "role": Role(data["role"]),
            "place": self.places[data["place"]],
            "from_on": data["from_on"],
            "until_on": data["until_on"],
        }


class NewPersonForm(RoleForm):
    """Somebody new, or known by the address already, with a role."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The person's own address; not one that a group shares."),
    )
    field_order = ("name", "email", "role", "place", "from_on", "until_on")


class NameForm(forms.Form):
    """Another name for somebody."""

    name = forms.CharField(label=_("Name"), max_length=150)


class AddressForm(forms.Form):
    """Another address for somebody."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        help_text=_("Both addresses get a mail. The new one must be confirmed."),
    )
