"""The form on which people choose how often they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jbn_oversight.notices.rules import Rhythm
from jbn_oversight.notices.selectors import all_kinds
from jbn_oversight.notices.sentences import always_at_once, rhythm_word


class RhythmsForm(forms.Form):
    """A rhythm for each kind that can be put off or switched off."""

    def __init__(self, *args: Any, chosen: Mapping[str, Rhythm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, kind in all_kinds().items():
            if not kind.is_fixed:
                self.fields[code] = forms.ChoiceField(
                    label=_(kind.word),
                    choices=[
                        (one.value, rhythm_word(one)) for one in Rhythm if one in kind.rhythms
                    ],
                    widget=forms.RadioSelect,
                    initial=chosen[code].value,
                    error_messages={"invalid_choice": _("Choose one of the rhythms on this page.")},
                )

    def clean(self) -> dict[str, Any]:
        """Say why, where somebody sends a choice of which the page has no field."""
        for code, kind in all_kinds().items():
            if kind.is_fixed and self.data.get(code, Rhythm.AT_ONCE) != Rhythm.AT_ONCE:
                raise ValidationError(always_at_once(kind))
        return super().clean() or {}
