"""The form that names an early reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership
from reports.briefings.gate.forms import MandateField
from reports.briefings.gate.permissions import (
    mandates_that_may_read_early,
)
from reports.briefings.models.briefings import Briefing


class InviteForm(forms.Form):
    """Name one early reader, in one of the roles that the person holds."""

    mandate = MandateField(
        label=_("Person and role"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, briefing: Briefing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["mandate"]
        assert isinstance(choice, forms.ModelChoiceField)
        named = briefing.early_readers.filter(removed_at=None).values("user")
        choice.queryset = (
            mandates_that_may_read_early(briefing, on)
            .exclude(user__in=named)
            .select_related("user", "municipality", "region")
            .order_by("municipality__sort_name", "region__name", "user__name")
        )
