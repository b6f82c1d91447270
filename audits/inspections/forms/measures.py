"""Forms about measures: imposed with a term, visited, lifted, and told otherwise elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.imprecise_days import RoughDayField, SaidForm, SourceField, said_initial
from audits.inspections.actions.measures import MeasureFields
from audits.inspections.forms.inspections import text_field
from audits.models.inspections import (
    ClaimAbout,
    MeasureClaim,
    SupervisionMeasure,
    SupervisionVisit,
    SupervisoryMeasure,
)
from jbn_oversight.accounts.models import User
from jbn_oversight.personal_numbers import no_personal_numbers


class MeasureForm(SaidForm):
    """A measure with its term, as the letter says it."""

    kind = forms.ChoiceField(
        label=_("Measure"),
        choices=[
            (each.value, each.label)
            for each in SupervisoryMeasure
            if each is not SupervisoryMeasure.NONE
        ],
    )
    imposed = RoughDayField(label=_("Imposed"))
    term_ends = RoughDayField(
        label=_("Last day to improve"),
        required=False,
        help_text=_("The last day that still counts, as the source writes it."),
    )
    reason = text_field(_("Reason"), help_text=_("In your own words."))

    def __init__(
        self,
        data: Any = None,
        *,
        measure: SupervisionMeasure | None,
        suggested: dict[str, object],
        at: datetime,
    ) -> None:
        initial: dict[str, object] = {}
        if measure is not None:
            initial = {
                "kind": measure.kind,
                "reason": measure.reason,
                **said_initial(measure, "imposed", "term_ends"),
            }
        super().__init__(data, initial={**initial, **suggested}, at=at)

    def said_of_it(self, by: User) -> MeasureFields:
        """What was typed; a new source is kept now."""
        imposed = self.said("imposed", by)
        assert imposed is not None
        return MeasureFields(
            kind=SupervisoryMeasure(self.cleaned_data["kind"]),
            imposed=imposed,
            term_ends=self.said("term_ends", by),
            reason=self.cleaned_data["reason"],
        )


class LiftForm(SaidForm):
    """The day on which a measure was lifted; empty takes that back."""

    ended = RoughDayField(label=_("Lifted"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        measure: SupervisionMeasure,
        suggested: dict[str, object],
        at: datetime,
    ) -> None:
        super().__init__(data, initial={**said_initial(measure, "ended"), **suggested}, at=at)


class VisitForm(SaidForm):
    """A visit that a measure asks for."""

    due = RoughDayField(
        label=_("Due"), required=False, help_text=_("Empty where the visit is unannounced.")
    )
    held = RoughDayField(label=_("Held"), required=False)
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"lang": "nl"}),
        validators=[no_personal_numbers],
    )

    def __init__(
        self,
        data: Any = None,
        *,
        visit: SupervisionVisit | None,
        suggested: dict[str, object],
        at: datetime,
    ) -> None:
        initial: dict[str, object] = {}
        if visit is not None:
            initial = {"remark": visit.remark, **said_initial(visit, "due", "held")}
        super().__init__(data, initial={**initial, **suggested}, at=at)


class ClaimForm(SaidForm):
    """What another source says of the day or the term of a measure."""

    about = forms.ChoiceField(label=_("About"), choices=ClaimAbout.choices)
    claimed = RoughDayField(label=_("Day that it names"), required=False, with_source=False)
    months = forms.IntegerField(
        label=_("Or the term in months"), min_value=1, max_value=120, required=False
    )
    from_source = SourceField(label=_("Who says so"))

    def __init__(self, data: Any = None, *, claim: MeasureClaim | None, at: datetime) -> None:
        initial: dict[str, object] = {"about": ClaimAbout.TERM}
        if claim is not None:
            initial = {
                "about": claim.about,
                "claimed": claim.claimed,
                "months": claim.months,
                "from_source": claim.source.code,
            }
        super().__init__(data, initial=initial, at=at)
