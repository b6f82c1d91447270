"""Forms of the time line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.audits_held.refusals import RefusedError
from audits.events.actions import EventFields, state_of
from audits.events.selectors import open_passages
from audits.models import Contradiction, Decided, EventKind, TimelineEvent
from audits.rough_fields import RoughDayField, SaidForm, said_initial
from certification.imprecise_days import ImpreciseDay
from certification.models.documents import Passage
from certification.selectors import authority_name
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers

LONGEST_REASON: Final = 1000
_SHOWN: Final = 100


class FilterForm(forms.Form):
    """Which kinds of events to show."""

    kind = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=EventKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class EventForm(SaidForm):
    """What one source says happened, or is planned."""

    claim = forms.CharField(
        label=_("What the source says"),
        max_length=400,
        help_text=_("In your own words, one sentence. No names of persons."),
        widget=forms.TextInput(attrs={"lang": "nl", "autocomplete": "off"}),
        validators=[no_personal_numbers],
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    event = RoughDayField(label=_("Day"))
    is_planned = forms.BooleanField(
        label=_("This is planned"),
        required=False,
        help_text=_("The source says that it is to happen, not that it happened."),
    )
    carries_out = forms.ChoiceField(
        label=_("Carries out what was planned"),
        required=False,
        help_text=_("Planned and actual then stand beside each other; both stay."),
    )
    authority = forms.ChoiceField(label=_("Whose act it is"), required=False)
    passage = forms.ChoiceField(
        label=_("Passage"),
        required=False,
        help_text=_("A place in a paper of the register. Papers under embargo are not offered."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(
        self,
        data: Any = None,
        *,
        institution: Institution,
        event: TimelineEvent | None,
        today: date,
        at: datetime,
    ) -> None:
        super().__init__(data, initial=_initial(event), at=at)
        plans = TimelineEvent.objects.filter(institution=institution, is_planned=True)
        plans = plans.exclude(pk=event.pk) if event else plans
        self._plans = {row.code: row for row in plans}
        rows = Authority.objects.prefetch_related("names")
        self._authorities = {row.code: row for row in rows}
        self._passages = {row.public_id: row for row in open_passages(institution, at)}
        self._choices("carries_out", self._plans)
        self._choices("passage", self._passages)
        if event and event.passage and event.passage.public_id not in self._passages:
            self._keep_passage(event.passage)
        names = {code: authority_name(row, today) for code, row in self._authorities.items()}
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *names.items()]

    def _choices(self, name: str, rows: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        words = ((key, Truncator(_words(row)).chars(_SHOWN)) for key, row in rows.items())
        field.choices = [("", "—"), *words]

    def _keep_passage(self, passage: Passage) -> None:
        """What stands there may stay while its paper is not out; its words are not shown."""
        self._passages[passage.public_id] = passage
        field = self.fields["passage"]
        assert isinstance(field, forms.ChoiceField)
        kept = (passage.public_id, _("the passage that is there now; its paper is not out"))
        field.choices = [*field.choices, kept]  # type: ignore[misc]

    def told(self, by: User) -> EventFields:
        """What was typed; a new source is kept now."""
        said = self.said("event", by)
        assert said is not None  # the day is required, and a day has its source
        cleaned = self.cleaned_data
        return EventFields(
            kind=EventKind(cleaned["kind"]),
            claim=cleaned["claim"],
            on=said[0],
            source=said[1],
            is_planned=cleaned["is_planned"],
            authority=self._authorities.get(cleaned["authority"]),
            passage=self._passages.get(cleaned["passage"]),
            carries_out=self._plans.get(cleaned["carries_out"]),
        )

    def refuse(self, error: RefusedError) -> None:
        """Show the sentence at the field that it is about, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)


def _words(row: Model) -> str:
    if isinstance(row, TimelineEvent):
        return f"{row.claim} ({row.on.on:%Y})"
    return str(row)


def _initial(event: TimelineEvent | None) -> dict[str, object]:
    if event is None:
        return {}
    return {
        "claim": event.claim,
        "kind": event.kind,
        "is_planned": event.is_planned,
        "carries_out": event.carries_out.code if event.carries_out else "",
        "authority": event.authority.code if event.authority else "",
        "passage": event.passage.public_id if event.passage else "",
        "seen": state_of(event),
        **said_initial(event, "event"),
        "event": ImpreciseDay.of(event.event_on, event.event_precision),
        "event_source": event.source.code,
    }


class DecideForm(forms.Form):
    """Which source is followed, and why."""

    decided_for = forms.ChoiceField(
        label=_("Which source does the portal follow?"), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("Both claims stay. Everybody who sees the time line reads the reason."),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
        validators=[no_personal_numbers],
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, data: Any = None, *, row: Contradiction) -> None:
        initial = {
            "decided_for": row.decided_for,
            "reason": row.decided_reason,
            "seen": state_of(row),
        }
        super().__init__(data, initial=initial)
        field = self.fields["decided_for"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (Decided.ONE.value, f"{row.one_source.publisher}: {row.one}"),
            (Decided.OTHER.value, f"{row.other_source.publisher}: {row.other}"),
            (Decided.BOTH.value, _("both: they tell of different things")),
            (Decided.NEITHER.value, _("neither")),
        ]
