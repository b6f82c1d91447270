"""What somebody looks for in the log of acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.selectors import AskedActs


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    # Far-away years overflow the arithmetic of days.
    bounds = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2200, 1, 1))]
    return forms.DateField(label=label, required=False, widget=widget, validators=bounds)


class ActsFilter(forms.Form):
    """By whom, what, and in which days; all of it may stay empty."""

    who = forms.CharField(label=_("Name of who did it"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("What was done"), required=False)
    from_on = _day(_("From"))
    until_on = _day(_("Until and including"))

    def __init__(self, *args: Any, kinds: Iterable[KindOfAct], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["kind"]
        choice.choices = [("", _("everything")), *((kind.code, kind.label) for kind in kinds)]

    def asked(self) -> AskedActs:
        """What was asked for; of what makes no sense nothing counts, and the form says so."""
        self.full_clean()
        data = self.cleaned_data
        return AskedActs(
            who=data.get("who", ""),
            kind=data.get("kind", ""),
            from_on=data.get("from_on"),
            until_on=data.get("until_on"),
        )
