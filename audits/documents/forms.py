"""Forms of the register of documents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.documents.actions.documents import Embargo
from audits.documents.selectors import FactView, possible_readers, possible_releasers
from audits.forms.imprecise_days import RoughDayField, SaidForm, SourceField
from audits.forms.records import RecordForm
from certification.models import Document, DocumentVersion, Passage
from certification.models.documents import DocumentKind
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.embargo import NonexistentHourError, moment_from_local
from jbn_oversight.files.actions import MOST_BYTES
from jbn_oversight.organisations.models import Institution
from jbn_oversight.personal_numbers import no_personal_numbers


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class _Readers(forms.ModelMultipleChoiceField[Membership]):
    """People by name, with the mandate in which they read."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


class VersionForm(SaidForm):
    """The next version of a paper: the file, its date, and an embargo if there is one."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG or CSV, at most 10 MB. It is cleaned first."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.csv"}),
    )
    dated = RoughDayField(label=_("Date on the paper"), required=False, with_source=False)
    reason = forms.CharField(
        label=_("What changed since the version before"),
        max_length=300,
        validators=[no_personal_numbers],
    )
    until_day = _day(
        _("Embargo until: day"), _("Leave the embargo empty for a paper that all may read now.")
    )
    until_hour = _hour(_("Embargo until: hour"))
    releaser = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who releases it"),
        required=False,
        to_field_name="public_id",
        help_text=_("Somebody else than you. Without a release it stays shut after the hour too."),
    )
    window_day = _day(_("Named readers may read from: day"))
    window_hour = _hour(_("Named readers may read from: hour"))
    readers = _Readers(
        Membership.objects.none(),
        label=_("Named readers"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They read before the hour. Nobody else knows that the paper is there."),
    )

    def __init__(
        self, *args: Any, institution: Institution, by: User, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, at=at, **kwargs)
        _offer_people(self, institution, by, at)
        self._window: datetime | None = None
        self._until: datetime | None = None

    def clean_file(self) -> Any:
        """Not read where it is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """An embargo is whole: a day, an hour that exists, and who releases it."""
        cleaned = super().clean()
        self._until = self._moment("until")
        self._window = self._moment("window")
        if self._until is None:
            for name in ("releaser", "window_day", "window_hour", "readers"):
                if cleaned.get(name) and "until_day" not in self.errors:
                    self.add_error("until_day", _("Fill in until when the embargo lasts."))
        elif not cleaned.get("releaser"):
            self.add_error("releaser", _("Choose who releases it on the hour."))
        elif any(row.user == cleaned["releaser"] for row in cleaned.get("readers", ())):
            self.add_error("readers", _("Who releases it sees it already. Name others, or nobody."))
        return cleaned

    def _moment(self, name: str) -> datetime | None:
        day: date | None = self.cleaned_data.get(f"{name}_day")
        hour: time | None = self.cleaned_data.get(f"{name}_hour")
        if day is None and hour is None:
            return None
        for part, value in (("day", day), ("hour", hour)):
            if value is None and f"{name}_{part}" not in self.errors:
                self.add_error(f"{name}_{part}", _("Fill in the day and the hour, or neither."))
        if day is None or hour is None:
            return None
        try:
            return moment_from_local(day, hour)
        except NonexistentHourError:
            self.add_error(
                f"{name}_hour",
                _("This hour does not exist: the clock goes forward. Choose another hour."),
            )
            return None

    def embargo(self) -> Embargo | None:
        """The embargo that was filled in; None for a paper that is open at once."""
        if self._until is None:
            return None
        return Embargo(
            until=self._until,
            releaser=self.cleaned_data["releaser"],
            window_opens_at=self._window,
            readers=tuple(self.cleaned_data["readers"]),
        )


class DocumentForm(VersionForm):
    """A paper that is new to the register."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    source = SourceField(
        label=_("Which paper"),
        help_text=_("Choose a source that facts name already, or type a new one below."),
    )
    field_order = ("kind", "source", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        field = self.fields["source"]
        assert isinstance(field, SourceField)
        kept = set(Document.objects.values_list("source__code", flat=True))
        field.offer(choice for choice in field.offered if choice[0] not in kept)


class ReadersForm(forms.Form):
    """Who may read a version before its hour."""

    readers = _Readers(
        Membership.objects.none(),
        label=_("Named readers"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who is no longer ticked is shut out at once."),
    )

    def __init__(self, data: Any = None, *, version: DocumentVersion, at: datetime) -> None:
        named = [row.membership.public_id for row in version.readers.filter(removed_at=None)]
        super().__init__(data, initial={"readers": named})
        # Its makers see it already: naming them would seem to say that they do not.
        makers = {version.added_by_id, version.asked_releaser_id}
        rows = possible_readers(version.document.institution, at)
        people = [row.pk for row in rows if row.user_id not in makers]
        field = self.fields["readers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Membership.objects.with_places().filter(pk__in=people)


class WithdrawVersionForm(forms.Form):
    """Why a version is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"), max_length=300, validators=[no_personal_numbers]
    )


class DocumentPassageForm(RecordForm[Passage]):
    """A place in a version and what stands there."""

    settled = frozenset({"version", "added_at", "added_by"})

    class Meta:
        model = Passage
        fields = ("place", "quote")
        widgets: ClassVar = {"quote": forms.Textarea(attrs={"rows": 4, "lang": "nl"})}


class TieForm(forms.Form):
    """A fact that rests on a passage."""

    fact = forms.ChoiceField(label=_("Fact"))

    def __init__(self, *args: Any, facts: Collection[FactView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["fact"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, f"{one.label}: {one.text[:120]}") for one in facts]


def _offer_people(form: forms.Form, institution: Institution, by: User, at: datetime) -> None:
    readers, releaser = form.fields["readers"], form.fields["releaser"]
    assert isinstance(readers, forms.ModelMultipleChoiceField)
    assert isinstance(releaser, forms.ModelChoiceField)
    people = [row.pk for row in possible_readers(institution, at) if row.user_id != by.pk]
    readers.queryset = Membership.objects.with_places().filter(pk__in=people)
    others = [user.pk for user in possible_releasers(institution, at, by)]
    releaser.queryset = User.objects.filter(pk__in=others).order_by("name")
