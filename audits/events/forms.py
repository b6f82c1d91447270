"""Forms of the time line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.events.actions.events import state_of
from audits.forms.imprecise_days import RoughDayField
from audits.forms.records import RecordForm, SaidRecordForm
from audits.frameworks.forms import AuthorityField
from audits.models.timeline import Contradiction, Decided, EventKind, TimelineEvent
from audits.selectors.visibility import SourceVisibility
from certification.sentences import in_words
from jbn_oversight.organisations.models import Authority

_SHOWN: Final = 100


class EventFilterForm(forms.Form):
    """Which kinds of events to show."""

    is_filter: ClassVar = True

    kind = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=EventKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _seen() -> forms.CharField:
    """The state of the row when the form was opened."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class _PlansField(forms.ModelChoiceField[TimelineEvent]):
    """What was planned, with the year."""

    def label_from_instance(self, obj: TimelineEvent) -> str:
        return Truncator(f"{obj.claim} ({obj.on.on:%Y})").chars(_SHOWN)


class _EventsField(forms.ModelMultipleChoiceField[TimelineEvent]):
    """Claims with their day and who says so, as far as the reader's ``sight`` goes."""

    sight: SourceVisibility

    def label_from_instance(self, obj: TimelineEvent) -> str:
        return f"{in_words(obj.on)}: {obj.claim} ({self.sight.publisher(obj.source)})"


class EventForm(SaidRecordForm[TimelineEvent]):
    """What one source says happened, or is planned."""

    stored_as = MappingProxyType({"event_source": "source"})
    settled = frozenset({"code"})
    event = RoughDayField(label=_("Day"))
    seen = _seen()

    class Meta:
        model = TimelineEvent
        fields = (
            *("claim", "kind", "event", "is_planned"),
            *("carries_out", "authority", "passage", "seen"),
        )
        field_classes: ClassVar = {"carries_out": _PlansField, "authority": AuthorityField}
        widgets: ClassVar = {"claim": forms.TextInput(attrs={"lang": "nl", "autocomplete": "off"})}

    def __init__(self, data: Any = None, *, instance: TimelineEvent, at: datetime) -> None:
        institution = instance.institution
        super().__init__(
            data,
            instance=instance,
            institution=institution,
            at=at,
            initial={} if instance._state.adding else {"seen": state_of(instance)},
        )
        plans = TimelineEvent.objects.filter(institution=institution, is_planned=True)
        self.offer("carries_out", plans.exclude(pk=instance.pk))
        self.offer("authority", Authority.objects.prefetch_related("names"))


class ContradictionForm(SaidRecordForm[Contradiction]):
    """A matter on which one source says this and another says that."""

    settled = frozenset({"code"})
    seen = _seen()

    class Meta:
        model = Contradiction
        fields = (
            *("matter", "one", "one_source", "other", "other_source"),
            *("events", "handling", "seen"),
        )
        labels: ClassVar = {"one": _("One source says"), "handling": _("In this portal")}
        field_classes: ClassVar = {"events": _EventsField}
        widgets: ClassVar = dict.fromkeys(
            ("one", "other", "handling"), forms.Textarea(attrs={"rows": 2, "lang": "nl"})
        )

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Contradiction,
        about: TimelineEvent | None,
        sight: SourceVisibility,
        at: datetime,
    ) -> None:
        initial = _of_claim(about) if instance._state.adding else {"seen": state_of(instance)}
        super().__init__(data, instance=instance, initial=initial, at=at)
        field = self.fields["events"]
        assert isinstance(field, _EventsField)
        field.sight = sight
        events = TimelineEvent.objects.of(instance.institution)
        self.offer("events", events)
        if not events:
            del self.fields["events"]

    def lines(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """Each side beside its source."""
        for line in super().lines():
            name = line[0].name
            if name in ("one", "other"):
                yield (line[0], self[f"{name}_source"])
            elif name not in ("one_source", "other_source"):
                yield line


def _of_claim(event: TimelineEvent | None) -> dict[str, object]:
    """What to begin with where somebody says that another source contradicts this claim."""
    if event is None:
        return {}
    claim = f"{event.claim} ({in_words(event.on)})"
    return {"one": claim[:300], "one_source": event.source.code, "events": [event.code]}


class DecideForm(RecordForm[Contradiction]):
    """Which source is followed, and why."""

    stored_as = MappingProxyType({"reason": "decided_reason"})
    settled = frozenset({"decided_at", "decided_by"})
    needed = ("decided_for", "reason")
    seen = _seen()

    class Meta:
        model = Contradiction
        fields = ("decided_for", "reason", "seen")
        labels: ClassVar = {"decided_for": _("Which source does the portal follow?")}
        widgets: ClassVar = {"decided_for": forms.RadioSelect}

    def __init__(
        self, data: Any = None, *, instance: Contradiction, sight: SourceVisibility
    ) -> None:
        super().__init__(data, instance=instance, initial={"seen": state_of(instance)})
        field = self.fields["decided_for"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (Decided.ONE.value, f"{sight.publisher(instance.one_source)}: {instance.one}"),
            (Decided.OTHER.value, f"{sight.publisher(instance.other_source)}: {instance.other}"),
            (Decided.BOTH.value, _("both: they tell of different things")),
            (Decided.NEITHER.value, _("neither")),
        ]
