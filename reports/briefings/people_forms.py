"""Forms that name people, add a file, or close a briefing."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from reports.briefings.permissions import (
    APPROVE_RIGHT,
    DRAFT_RIGHT,
    PUBLISH_RIGHT,
    mandates_that_may_read_early,
    people_with,
)
from reports.models import Briefing

MOST_BYTES: Final = 10 * 1024 * 1024


class _Person(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        """A person's name and address, as two can share a name."""
        return f"{obj.name} ({obj.email})"


class _People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        """A person's name and address, as two can share a name."""
        return f"{obj.name} ({obj.email})"


class MakersForm(forms.Form):
    """Who is asked to approve and to publish, and who writes along."""

    approver = _Person(
        label=_("Asked to approve"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    publisher = _Person(
        label=_("Asked to publish"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    co_writers = _People(
        label=_("Writing along"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, briefing: Briefing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrote = briefing.contributions.values("user")
        for name, right in (
            ("approver", APPROVE_RIGHT),
            ("publisher", PUBLISH_RIGHT),
            ("co_writers", DRAFT_RIGHT),
        ):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelChoiceField)
            people = people_with(right, briefing.owner, on).exclude(pk=briefing.author_id)
            if name != "co_writers":
                people = people.exclude(pk__in=wrote)
            choice.queryset = people


class _Mandate(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role, where."""
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


class InviteForm(forms.Form):
    """Name one early reader, in one of the roles that the person holds."""

    mandate = _Mandate(
        label=_("Person and role"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, briefing: Briefing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["mandate"]
        assert isinstance(choice, forms.ModelChoiceField)
        named = briefing.early_readers.filter(removed_at=None).values("user")
        choice.queryset = (
            mandates_that_may_read_early(briefing, on)
            .exclude(user__in=named)
            .select_related("user", "municipality", "region")
            .order_by("municipality__sort_name", "region__name", "user__name")
        )


class AttachForm(forms.Form):
    """Add a file to the draft."""

    title = forms.CharField(label=_("Title"), max_length=120)
    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF of at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        max_length=200,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """A PDF by its own first bytes, whatever it calls itself."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 10 MB."))
        start = file.read(5)
        file.seek(0)
        if start != b"%PDF-":
            raise ValidationError(_("This is not a PDF."))
        return file


class WithdrawForm(forms.Form):
    """Why a briefing is closed for everybody."""

    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("The makers see this. Readers do not."),
    )
