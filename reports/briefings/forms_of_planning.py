"""Forms of the plan, the calendar, looking again, the press release, sharing and telling."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.embargo import NonexistentHourError, moment_from_local
from jbn_oversight.organisations.choosing import limit_institutions
from jbn_oversight.organisations.models import Institution, Municipality
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.models import AnnouncedTo, Briefing, ToldKind


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StepForm(forms.Form):
    """Who tells whom what, and when."""

    teller = forms.CharField(label=_("Who tells"), max_length=200, validators=[no_personal_numbers])
    audience = forms.CharField(label=_("Whom"), max_length=200, validators=[no_personal_numbers])
    what = forms.CharField(
        label=_("What, and how"), max_length=300, validators=[no_personal_numbers]
    )
    day = forms.DateField(label=_("Day"), widget=_day())
    hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def clean(self) -> dict[str, Any]:
        """The day and hour as one instant that exists."""
        data = super().clean() or {}
        if data.get("day") and data.get("hour"):
            try:
                data["planned_at"] = moment_from_local(data["day"], data["hour"])
            except (NonexistentHourError, OverflowError):
                self.add_error("hour", _("This hour does not exist. Choose another one."))
        return data


class AnnounceForm(forms.Form):
    """A neutral title, a day or none, and who sees it."""

    title = forms.CharField(
        label=_("Title in the calendar"),
        max_length=200,
        help_text=_("Neutral: it tells that something comes, not what it says."),
        validators=[no_personal_numbers],
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=_day(), help_text=_("Empty means: told later.")
    )
    to = forms.ChoiceField(
        label=_("Seen by"),
        choices=AnnouncedTo.choices,
        widget=forms.RadioSelect,
        initial=AnnouncedTo.COUNCILS,
    )


class DayForm(forms.Form):
    """Another day."""

    day = forms.DateField(
        label=_("New day"), required=False, widget=_day(), help_text=_("Empty means: told later.")
    )


class ReviewOnForm(forms.Form):
    """When somebody looks again."""

    on = forms.DateField(
        label=_("Look again on"), required=False, widget=_day(), help_text=_("Empty means: never.")
    )


class ReviewForm(forms.Form):
    """What somebody found."""

    still_holds = forms.ChoiceField(
        label=_("Does it still hold?"),
        choices=[("yes", _("Yes")), ("no", _("No, it needs a correction"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What you found"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_personal_numbers],
    )
    next_on = forms.DateField(label=_("Look again on"), required=False, widget=_day())


class _Mandate(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role, where."""
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


class _Mandates(forms.ModelMultipleChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role, where."""
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


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

    mandate = _Mandate(
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
    agreed_on = forms.DateField(label=_("Agreed on"), widget=_day())
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

    mandates = _Mandates(
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


class ToldForm(forms.Form):
    """What a council was told outside the portal."""

    institution = forms.ModelChoiceField(
        label=_("About"), queryset=Institution.objects.none(), to_field_name="code"
    )
    on = forms.DateField(label=_("Day"), widget=_day())
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
