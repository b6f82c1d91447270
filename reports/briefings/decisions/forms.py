"""Forms of what makers decide: acts of two people, emergencies, secrecy and breaches."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.embargo import NonexistentHourError, moment_from_local
from reports.briefings.decisions.models import StepKind
from reports.briefings.gate.forms import day_input, hour_input
from reports.briefings.models.dossiers import Dossier
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.printing.forms import CopyForm

LONGEST: Final = 2000


NOT_FOR_READERS: Final = _("The makers see this. Readers do not.")


def _reason(help_text: Any = NOT_FOR_READERS) -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        help_text=help_text,
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason()


class MomentForm(forms.Form):
    """A day and an hour in Dutch time that exist; ``moment`` is the instant."""

    day = forms.DateField(label=_("Day"), widget=day_input())
    hour = forms.TimeField(label=_("Hour"), widget=hour_input(), help_text=_("In Dutch time."))

    def clean(self) -> dict[str, Any]:
        """The hour exists on that day; one that comes twice is the later."""
        data = super().clean() or {}
        day: date | None = data.get("day")
        hour: time | None = data.get("hour")
        if day is None or hour is None:
            return data
        try:
            data["moment"] = moment_from_local(day, hour)
        except NonexistentHourError:
            words = _("This hour does not exist: the clock goes forward. Choose another one.")
            self.add_error("hour", words)
        except OverflowError:
            self.add_error("day", _("Choose a day that lies nearer."))
        return data

    @property
    def moment(self) -> datetime | None:
        """The instant, of a valid form."""
        found: datetime | None = self.cleaned_data.get("moment")
        return found


class MoveForm(MomentForm):
    """The new hour, and why."""

    reason = _reason()
    field_order = ("day", "hour", "reason")


class WithdrawBriefingForm(forms.Form):
    """Why a briefing is closed for everybody and for good."""

    reason = _reason()
    in_error = forms.BooleanField(
        label=_("It was published in error: it should never have been published."),
        required=False,
    )


class LiftSecrecyForm(forms.Form):
    """Which organ lifted it, and when."""

    organ = forms.ChoiceField(label=_("Lifted by"), choices=Organ.choices)
    lifted_on = forms.DateField(label=_("Lifted on"), widget=day_input())
    reason = _reason(_("For instance the decision and its number."))


class SecrecyForm(forms.Form):
    """Who imposed it, on which ground, when, and whether the council has it."""

    organ = forms.ChoiceField(label=_("Imposed by"), choices=Organ.choices)
    ground = forms.ChoiceField(
        label=_("Ground in the Woo"),
        choices=SecrecyGround.choices,
        help_text=_("Only the interests of article 5.1, first and second paragraph, will do."),
    )
    imposed_on = forms.DateField(label=_("Imposed on"), widget=day_input())
    given_to_council_on = forms.DateField(
        label=_("Given to the council on"),
        widget=day_input(),
        required=False,
        help_text=_("From then on only the council lifts it. Empty if it was not given."),
    )


class GivenForm(forms.Form):
    """When it was given to the council."""

    on = forms.DateField(label=_("Given to the council on"), widget=day_input())


class DossierForm(forms.Form):
    """One of the dossiers that the person may know, a new one, or none."""

    dossier = forms.ModelChoiceField(
        label=_("Dossier"),
        queryset=Dossier.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("none: this briefing stands by itself"),
    )
    new_name = forms.CharField(
        label=_("Or the name of a new dossier"),
        max_length=120,
        required=False,
        help_text=_("Its makers see this name."),
    )


class BreachForm(MomentForm):
    """What happened, and when it was noticed."""

    what = forms.CharField(
        label=_("What happened"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    field_order = ("what", "day", "hour")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("Noticed on")


class BreachStepForm(forms.Form):
    """What was done, or who was notified."""

    kind = forms.ChoiceField(
        label=_("What is it"),
        choices=[
            (StepKind.DONE.value, _("something that was done")),
            (StepKind.NOTIFIED.value, _("somebody who was notified")),
        ],
    )
    text = forms.CharField(
        label=_("What was done, or who was notified and how"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
    )


class TraceForm(CopyForm):
    """A code or a file, to find whose copy got out."""
