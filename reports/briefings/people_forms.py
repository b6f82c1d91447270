"""Forms that name people, add a file, or close a briefing."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from reports.briefings.permissions import (
    DRAFT_RIGHT,
    PUBLISH_RIGHT,
    mandates_that_may_read_early,
    mandates_that_may_sign,
    people_with,
)
from reports.models import Briefing

MOST_BYTES: Final = 10 * 1024 * 1024


class _Person(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        """A person's name and address, as two can share a name."""
        return f"{obj.name} ({obj.email})"


class _People(forms.ModelMultipleChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        """A person's name and address, as two can share a name."""
        return f"{obj.name} ({obj.email})"


class _Mandate(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role, where."""
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


class _Mandates(forms.ModelMultipleChoiceField[Membership]):
    def label_from_instance(self, obj: Any) -> str:
        """On whose behalf, and who."""
        return f"{obj.place}: {obj.user.name} ({obj.user.email})"


class MakersForm(forms.Form):
    """Who is asked to sign and to publish, and who writes along."""

    needed_when: ClassVar = {
        "signatories": _("needed to hand it in"),
        "publisher": _("needed to hand it in"),
    }

    signatories = _Mandates(
        label=_("Asked to approve"),
        queryset=Membership.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One for each region or municipality. The last signature makes the version."),
    )
    publisher = _Person(
        label=_("Asked to publish"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("nobody yet"),
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
        signing = self.fields["signatories"]
        assert isinstance(signing, forms.ModelMultipleChoiceField)
        signing.queryset = (
            mandates_that_may_sign(briefing, on)
            .select_related("user", "municipality", "region")
            .order_by("-region__name", "municipality__sort_name", "user__name")
        )
        for name, right in (
            ("publisher", PUBLISH_RIGHT),
            ("co_writers", DRAFT_RIGHT),
        ):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelChoiceField)
            people = people_with(right, briefing.owner, on).exclude(pk=briefing.author_id)
            if name != "co_writers":
                people = people.exclude(pk__in=wrote)
            choice.queryset = people


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
        help_text=_("A PDF, picture (PNG, JPEG) or CSV of at most 10 MB. It is cleaned first."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.csv"}),
        max_length=200,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Not too large; what it is and holds is looked into when it is added."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 10 MB."))
        return file
