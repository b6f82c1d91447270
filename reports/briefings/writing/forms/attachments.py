"""The form that adds a file to a draft."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES: Final = 10 * 1024 * 1024


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
