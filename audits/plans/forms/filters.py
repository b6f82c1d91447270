"""The filters above the table "Findings and actions": parts of the address, without script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.plans.selectors.plan_actions import ActionLine
from audits.plans.sentences.states import STATES

NO_ACTION: Final = "no_action"
OPEN: Final = "finding_open"
CLOSED: Final = "finding_closed"


class ActionFilterForm(forms.Form):
    """What to show: everything where nothing is chosen. What is no choice filters nothing."""

    is_filter: ClassVar = True

    body = forms.ChoiceField(label=gettext_lazy("Found by"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    overdue = forms.BooleanField(label=gettext_lazy("Only what is overdue"), required=False)

    def __init__(self, data: Any, lines: Sequence[ActionLine]) -> None:
        super().__init__(data)
        self._set("body", ((body.code, body.name) for line in lines for body in line.bodies))
        self._set("theme", ((slugify(line.theme), line.theme) for line in lines))
        self._set("owner", ((slugify(line.owner), line.owner) for line in lines))
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("all")),
            (_("Finding"), [(OPEN, _("finding is open")), (CLOSED, _("finding is closed"))]),
            (
                _("Action"),
                [
                    (NO_ACTION, _("no action yet")),
                    *((state.value, words) for state, (words, _kind) in STATES.items()),
                ],
            ),
        ]

    def _set(self, name: str, found: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        known = {code: word for code, word in found if code}
        field.choices = [("", _("all")), *sorted(known.items(), key=lambda pair: pair[1])]

    def kept(self, lines: Iterable[ActionLine]) -> list[ActionLine]:
        """The lines that pass every filter that is set."""
        self.is_valid()
        asked = self.cleaned_data
        return [line for line in lines if _passes(line, asked)]

    @property
    def is_set(self) -> bool:
        """Whether any filter is."""
        self.is_valid()
        return any(self.cleaned_data.values())


def _passes(line: ActionLine, asked: dict[str, Any]) -> bool:
    if asked.get("body") and asked["body"] not in {body.code for body in line.bodies}:
        return False
    if asked.get("theme") and asked["theme"] != slugify(line.theme):
        return False
    if asked.get("owner") and asked["owner"] != slugify(line.owner):
        return False
    if asked.get("overdue") and not (line.action and line.action.overdue):
        return False
    return _in_state(line, asked.get("state") or "")


def _in_state(line: ActionLine, state: str) -> bool:
    if not state:
        return True
    if state in (OPEN, CLOSED):
        return line.found is not None and line.found.is_open is (state == OPEN)
    if state == NO_ACTION:
        return line.action is None
    return line.action is not None and line.action.state == state
