"""The form that asks whose copy a file is."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES: Final = 60 * 1024 * 1024


class CopyForm(forms.Form):
    """A code read off a page, or the file itself."""

    code = forms.CharField(
        label=_("Copy code"),
        max_length=40,
        required=False,
        help_text=_("The eight letters and digits in the margins. Spaces do not matter."),
    )
    file = forms.FileField(
        label=_("Or the PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        max_length=200,
        help_text=_("The file is only looked into; it is not kept."),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Not larger than a briefing with its attachments can be."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size is None or file.size > MOST_BYTES):
            raise ValidationError(_("This file is larger than 60 MB."))
        return file

    def clean(self) -> dict[str, object]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not (data.get("code") or data.get("file")):
            raise ValidationError(_("Type a code or choose a file."))
        return data
