"""Forms of the time line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.events.actions.contradictions import ContradictionFields
from audits.events.actions.events import EventFields, state_of
from audits.forms.documents import PassageField
from audits.forms.imprecise_days import RoughDayField, SaidForm, SourceField, said_initial
from audits.forms.submitted import RefusableForm
from audits.models.timeline import Contradiction, Decided, EventKind, TimelineEvent
from audits.selectors.visibility import SourceVisibility
from certification.certificates.selectors import authority_name
from certification.imprecise_days import ImpreciseDay
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers

LONGEST_REASON: Final = 1000
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


def _sentence_field(label: Any, help_text: Any) -> forms.CharField:
    """One sentence, without numbers of persons."""
    return forms.CharField(
        label=label,
        max_length=300,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "nl"}),
        validators=[no_personal_numbers],
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
    passage = PassageField()
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
        self._choices("carries_out", self._plans)
        passage = self.fields["passage"]
        assert isinstance(passage, PassageField)
        passage.offer(institution, at, event.passage if event else None)
        names = {code: authority_name(row, today) for code, row in self._authorities.items()}
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *names.items()]

    def _choices(self, name: str, rows: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        words = ((key, Truncator(_words(row)).chars(_SHOWN)) for key, row in rows.items())
        field.choices = [("", "—"), *words]

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
            passage=cleaned["passage"],
            carries_out=self._plans.get(cleaned["carries_out"]),
        )


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
        "passage": event.passage,
        "seen": state_of(event),
        **said_initial(event, "event"),
        "event": ImpreciseDay.of(event.event_on, event.event_precision),
        "event_source": event.source.code,
    }


class ContradictionForm(SaidForm):
    """A matter on which one source says this and another says that."""

    matter = forms.CharField(
        label=_("Matter"),
        max_length=200,
        help_text=_("What it is about, in a few words: the day of the first audit."),
        widget=forms.TextInput(attrs={"lang": "nl"}),
        validators=[no_personal_numbers],
    )
    one = _sentence_field(_("One source says"), _("In your own words, one sentence."))
    one_source = SourceField(label=_("Which source says this"))
    other = _sentence_field(_("Another source says"), _("In your own words, one sentence."))
    other_source = SourceField(label=_("Which source says that"))
    events = forms.MultipleChoiceField(
        label=_("Claims on the time line that clash"),
        required=False,
        help_text=_("All that take part in it. Each stays on the time line and links here."),
        widget=forms.CheckboxSelectMultiple,
    )
    handling = _sentence_field(
        _("In this portal"), _("What the portal shows as long as nobody decides.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(
        self,
        data: Any = None,
        *,
        institution: Institution,
        row: Contradiction | None,
        about: TimelineEvent | None,
        sight: SourceVisibility,
        at: datetime,
    ) -> None:
        super().__init__(data, initial=_of_contradiction(row) if row else _of_claim(about), at=at)
        events = TimelineEvent.objects.of(institution)
        self._events = {event.code: event for event in events}
        field = self.fields["events"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (code, f"{in_words(event.on)}: {event.claim} ({sight.publisher(event.source)})")
            for code, event in self._events.items()
        ]
        if not self._events:
            del self.fields["events"]

    def lines(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """Each side beside its source."""
        for line in super().lines():
            name = line[0].name
            if name in ("one", "other"):
                yield (line[0], self[f"{name}_source"])
            elif name not in ("one_source", "other_source"):
                yield line

    def told(self, by: User) -> ContradictionFields:
        """What was typed; a new source is kept now."""
        one, other = self.source_of("one_source", by), self.source_of("other_source", by)
        assert one is not None  # both are required
        assert other is not None
        cleaned = self.cleaned_data
        return ContradictionFields(
            matter=cleaned["matter"],
            one=cleaned["one"],
            one_source=one,
            other=cleaned["other"],
            other_source=other,
            handling=cleaned["handling"],
            events=tuple(self._events[code] for code in cleaned.get("events", ())),
        )


def _of_contradiction(row: Contradiction) -> dict[str, object]:
    return {
        "matter": row.matter,
        "one": row.one,
        "one_source": row.one_source.code,
        "other": row.other,
        "other_source": row.other_source.code,
        "handling": row.handling,
        "events": [event.code for event in row.events.all()],
        "seen": state_of(row),
    }


def _of_claim(event: TimelineEvent | None) -> dict[str, object]:
    """What to begin with where somebody says that another source contradicts this claim."""
    if event is None:
        return {}
    claim = f"{event.claim} ({in_words(event.on)})"
    return {"one": claim[:300], "one_source": event.source.code, "events": [event.code]}


class DecideForm(RefusableForm):
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

    def __init__(self, data: Any = None, *, row: Contradiction, sight: SourceVisibility) -> None:
        initial = {
            "decided_for": row.decided_for,
            "reason": row.decided_reason,
            "seen": state_of(row),
        }
        super().__init__(data, initial=initial)
        field = self.fields["decided_for"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (Decided.ONE.value, f"{sight.publisher(row.one_source)}: {row.one}"),
            (Decided.OTHER.value, f"{sight.publisher(row.other_source)}: {row.other}"),
            (Decided.BOTH.value, _("both: they tell of different things")),
            (Decided.NEITHER.value, _("neither")),
        ]
