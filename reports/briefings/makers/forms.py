"""The form that names the makers of a briefing."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from reports.briefings.gate.forms import PeopleField, PersonField, SignatoriesField
from reports.briefings.gate.permissions import (
    DRAFT_RIGHT,
    PUBLISH_RIGHT,
    mandates_that_may_sign,
    people_with,
)
from reports.briefings.models.briefings import Briefing


class MakersForm(forms.Form):
    """Who is asked to sign and to publish, and who writes along."""

    needed_when: ClassVar = {
        "signatories": _("needed to hand it in"),
        "publisher": _("needed to hand it in"),
    }

    signatories = SignatoriesField(
        label=_("Asked to approve"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One for each region or municipality. The last signature makes the version."),
    )
    publisher = PersonField(
        label=_("Asked to publish"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("nobody yet"),
    )
    co_writers = PeopleField(
        label=_("Writing along"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, briefing: Briefing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrote = briefing.contributions.values("user")
        signing = self.fields["signatories"]
        assert isinstance(signing, forms.ModelMultipleChoiceField)
        signing.queryset = (
            mandates_that_may_sign(briefing, on)
            .select_related("user", "municipality", "region")
            .order_by("-region__name", "municipality__sort_name", "user__name")
        )
        for name, right in (
            ("publisher", PUBLISH_RIGHT),
            ("co_writers", DRAFT_RIGHT),
        ):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelChoiceField)
            people = people_with(right, briefing.owner, on).exclude(pk=briefing.author_id)
            if name != "co_writers":
                people = people.exclude(pk__in=wrote)
            choice.queryset = people
