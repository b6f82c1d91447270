"""Forms of the plan, the announcement and looking again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.embargo import NonexistentHourError, moment_from_local
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.gate.forms import day_input
from reports.briefings.planning.models import AnnouncedTo


class PlanStepForm(forms.Form):
    """Who tells whom what, and when."""

    teller = forms.CharField(label=_("Who tells"), max_length=200, validators=[no_personal_numbers])
    audience = forms.CharField(label=_("Whom"), max_length=200, validators=[no_personal_numbers])
    what = forms.CharField(
        label=_("What, and how"), max_length=300, validators=[no_personal_numbers]
    )
    day = forms.DateField(label=_("Day"), widget=day_input())
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
        label=_("Day"), required=False, widget=day_input(), help_text=_("Empty means: told later.")
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
        label=_("New day"),
        required=False,
        widget=day_input(),
        help_text=_("Empty means: told later."),
    )


class ReviewOnForm(forms.Form):
    """When somebody looks again."""

    on = forms.DateField(
        label=_("Look again on"),
        required=False,
        widget=day_input(),
        help_text=_("Empty means: never."),
    )


class PlanReviewForm(forms.Form):
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
    next_on = forms.DateField(label=_("Look again on"), required=False, widget=day_input())
