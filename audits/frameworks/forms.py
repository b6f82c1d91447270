"""Forms that take a file, and the form for a body's word."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from audits.forms.records import RecordForm
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose an authority"))
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Authority) -> str:
        """Its name, or its code where it has none today."""
        return authority_name(obj, amsterdam_day(utc_now()))


class CategoryForm(RecordForm[FindingCategory]):
    """A body's word for how grave a finding is."""

    settled = frozenset({"code", "position"})

    class Meta:
        model = FindingCategory
        fields = ("authority", "label", "is_shortcoming")
        field_classes: ClassVar = {"authority": AuthorityField}

    def __init__(self, data: Any = None, *, instance: FindingCategory) -> None:
        body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
        is_new = instance._state.adding
        initial = {"authority": body.code} if body and is_new else {}
        super().__init__(data, instance=instance, initial=initial)
        if not is_new:
            del self.fields["authority"]
