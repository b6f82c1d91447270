"""Choosing early readers: first an organisation, then its people by name, or its whole council."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.organisations.models import Municipality, Region
from reports.briefings.gate.permissions import mandates_that_may_read_early
from reports.briefings.models.briefings import Briefing


def key_of(place: Municipality | Region) -> str:
    """What stands for an organisation in this form."""
    return place.slug if isinstance(place, Region) else place.cbs_code


class _People(forms.ModelMultipleChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role."""
        return f"{obj.user.name}, {obj.get_role_display()}"


class ChooseReadersForm(forms.Form):
    """People of one organisation, each in a role that runs today.

    ``whole`` takes all its council members at once. There is no field for an address: only
    people who have an account can be named.
    """

    mandates = _People(
        label=_("People"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    whole = forms.BooleanField(label=_("The whole council"), required=False)

    def __init__(
        self, *args: Any, briefing: Briefing, on: date, place: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = mandates_that_may_read_early(briefing, on).select_related(
            "user", "municipality", "region"
        )
        found = {
            key_of(where): where
            for where in (row.place for row in rows)
            if isinstance(where, Municipality | Region)
        }
        addressed = {key_of(row.place) for row in briefing.audience.all()}
        self.places = sorted(
            ((key, str(name), key in addressed) for key, name in found.items()),
            key=lambda one: (not one[2], one[1]),
        )
        """Each organisation with somebody to name: key, name, and whether it is addressed."""
        self.place_key = place if place in found else next((one[0] for one in self.places), "")
        self.place_name = str(found.get(self.place_key, ""))
        chosen = found.get(self.place_key)
        self.here = rows.none()
        if isinstance(chosen, Municipality):
            self.here = rows.filter(municipality=chosen)
        elif isinstance(chosen, Region):
            self.here = rows.filter(region=chosen)
        self.council = self.here.filter(role=Role.COUNCIL_MEMBER)
        choice = self.fields["mandates"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = self.here.order_by("role", "user__name")

    def clean(self) -> dict[str, Any]:
        """At least somebody."""
        data = super().clean() or {}
        if data.get("whole"):
            data["mandates"] = self.council
        if not self.errors and not data.get("mandates"):
            raise ValidationError(_("Choose at least one person."))
        return data
