"""Forms that take a file, and the form for a body's word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from audits.imports.tables import MOST_BYTES
from audits.models.findings import FindingCategory
from certification.certificates.selectors import authority_name
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.organisations.models import Authority, AuthorityKind


def clean_size(file: UploadedFile[Any]) -> UploadedFile[Any]:
    """The file, if it is of a size that these tables have. Raises ValidationError."""
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than 2 MB. Leave out what is no table."))
    return file


class FrameworkUploadForm(forms.Form):
    """One framework in one file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or TOML, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.toml"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Not too large."""
        return clean_size(self.cleaned_data["file"])


class AuthorityField(forms.ModelChoiceField[Authority]):
    """An authority by the name that it has today."""

    def label_from_instance(self, obj: Authority) -> str:
        """Its name, or its code where it has none today."""
        return authority_name(obj, amsterdam_day(utc_now()))


class CategoryForm(forms.Form):
    """A body's word for how grave a finding is."""

    authority = AuthorityField(
        Authority.objects.all(),
        label=_("Body"),
        to_field_name="code",
        empty_label=_("Choose an authority"),
    )
    label = forms.CharField(label=_("Word"), max_length=100)
    is_shortcoming = forms.BooleanField(label=_("A norm is not met"), required=False)

    def __init__(
        self, data: Any = None, *, category: FindingCategory | None, **kwargs: Any
    ) -> None:
        if category:
            initial = {"label": category.label, "is_shortcoming": category.is_shortcoming}
        else:
            body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
            initial = {"is_shortcoming": True, "authority": body.code if body else None}
        super().__init__(data, initial=initial, **kwargs)
        if category:
            del self.fields["authority"]

    def code(self) -> str:
        """The word as it stands in addresses and files."""
        return slugify(self.cleaned_data["label"])[:40] or "woord"
