"""Forms about measures: imposed with a term, visited, lifted, and told otherwise elsewhere."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, ClassVar

from django import forms

from audits.forms.records import SaidRecordForm
from audits.inspections.forms.inspections import SuggestedForm
from audits.models.inspections import (
    ClaimAbout,
    MeasureClaim,
    SupervisionMeasure,
    SupervisionVisit,
    SupervisoryMeasure,
)


class MeasureForm(SuggestedForm[SupervisionMeasure]):
    """A measure with its term, as the letter says it."""

    class Meta:
        model = SupervisionMeasure
        fields = ("kind", "imposed", "term_ends", "reason")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            choice for choice in SupervisoryMeasure.choices if choice[0] != SupervisoryMeasure.NONE
        ]


class LiftForm(SuggestedForm[SupervisionMeasure]):
    """The day on which a measure was lifted; empty takes that back."""

    class Meta:
        model = SupervisionMeasure
        fields = ("ended",)


class VisitForm(SuggestedForm[SupervisionVisit]):
    """A visit that a measure asks for."""

    class Meta:
        model = SupervisionVisit
        fields = ("due", "held", "remark")
        widgets: ClassVar = {"remark": forms.TextInput(attrs={"lang": "nl"})}


class ClaimForm(SaidRecordForm[MeasureClaim]):
    """What another source says of the day or the term of a measure."""

    stored_as = MappingProxyType({"from_source": "source"})

    class Meta:
        model = MeasureClaim
        fields = ("about", "claimed", "months", "from_source")

    def __init__(self, data: Any = None, *, instance: MeasureClaim, **kwargs: Any) -> None:
        usual = {"about": ClaimAbout.TERM} if instance._state.adding else {}
        super().__init__(data, instance=instance, initial=usual, **kwargs)
