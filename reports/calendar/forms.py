"""Which kinds the calendar shows: part of the address, without script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.dates.rules import DatedThing, DateKind
from reports.calendar.sentences import KINDS


class KindForm(forms.Form):
    """One kind, of those that there are. What is no choice filters nothing."""

    is_filter: ClassVar = True

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, data: Any, things: Iterable[DatedThing]) -> None:
        super().__init__(data)
        there = {thing.kind for thing in things}
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("all")),
            *((kind.value, capfirst(str(word))) for kind, word in KINDS.items() if kind in there),
        ]

    def chosen(self) -> DateKind | None:
        """The kind; None for all of them."""
        code = self.cleaned_data.get("kind") if self.is_valid() else ""
        return DateKind(code) if code else None
