"""The form with which an adviser explains a disagreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.comparison.actions.explanations import LONGEST
from jbn_oversight.personal_numbers import no_personal_numbers


class ExplainForm(forms.Form):
    """Why the parties differ; ``seen`` is the hash of the verdicts that the writer saw."""

    text = forms.CharField(
        label=_("Explanation"),
        max_length=LONGEST,
        help_text=_(
            "Why do they differ: another moment, another norm, another weight? Everybody who sees "
            "this page reads it, and it can be quoted in a briefing. Write no figures and no names."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "lang": "nl"}),
        validators=[no_personal_numbers],
        error_messages={"required": _("Say why the parties can both be right, or who is not.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, matter: str, seen: str) -> None:
        super().__init__(data, prefix=f"explain-{matter}", initial={"seen": seen})

    def renew(self, seen: str) -> None:
        """Let the next sending speak of the verdicts as they are now."""
        self.data = {**dict(self.data.items()), self.add_prefix("seen"): seen}
