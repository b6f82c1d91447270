"""Pasting a letter above a form: what it says fills the form, and the letter is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.letters.rules import MOST_LETTERS, Suggestions, read
from jbn_oversight.http import PortalRequest

BUTTON: Final = "read_letter"
"""Name of the button that has the letter read; the form itself is then not sent."""


class LetterForm(forms.Form):
    """The text of a letter."""

    letter = forms.CharField(
        label=_("Text of the letter"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "nl"}),
        help_text=_("Days, terms and decisions in it fill the form. The text is not kept."),
    )


@dataclass(frozen=True, slots=True)
class Pasted:
    """The form to paste into and what was found; for ``audits/_letter.html``."""

    form: LetterForm
    was_read: bool
    found: Suggestions


def pasted(request: PortalRequest) -> Pasted:
    """What somebody pasted with this request; nothing where the other form was sent."""
    was_sent = request.method == "POST" and BUTTON in request.POST
    form = LetterForm(request.POST if was_sent else None)
    if was_sent and form.is_valid():
        return Pasted(form, True, read(form.cleaned_data["letter"]))
    return Pasted(form, False, Suggestions())
