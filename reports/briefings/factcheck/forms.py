"""Forms of a fact check: asking for it, answering it, dealing with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.document.selectors.passages import DraftPassage
from reports.briefings.factcheck.actions import PassageAnswer
from reports.briefings.factcheck.models import FactCheckPassage, Settlement

HOURS: Final = (24, 48, 72)


class SendForm(forms.Form):
    """Who is asked, which passages, and for how long."""

    name = forms.CharField(label=_("Name"), max_length=150)
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For the log. The portal sends nothing to it."),
    )
    lasts = forms.TypedChoiceField(
        label=_("The link works for"),
        coerce=int,
        choices=[(hours, _("%(n)s hours") % {"n": hours}) for hours in HOURS],
        initial=48,
    )
    show_title = forms.BooleanField(label=_("Show the title of the briefing too"), required=False)
    request = forms.CharField(
        label=_("What you ask"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_personal_numbers],
    )
    passages = forms.MultipleChoiceField(
        label=_("Passages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only these are shown, as they stand now."),
        error_messages={
            "required": _("Choose at least one passage."),
            "invalid_choice": _("The text changed meanwhile. Choose again."),
        },
    )

    def __init__(self, *args: Any, passages: list[DraftPassage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["passages"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (one.key, f"{one.heading}: {one.text}" if one.heading else one.text) for one in passages
        ]


class PassageAnswerForm(forms.Form):
    """What an outsider says of one passage."""

    verdict = forms.ChoiceField(
        label=_("Is this right?"),
        required=False,
        choices=[("yes", _("Yes, this is right")), ("no", _("No, something is not right"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What is not right, or a remark"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[no_personal_numbers],
    )

    def __init__(self, data: Mapping[str, Any] | None, *, passage: FactCheckPassage) -> None:
        self.passage = passage
        last = passage.last_answer()
        initial = {"verdict": "yes" if last.correct else "no", "text": last.text} if last else {}
        super().__init__(data, prefix=passage.public_id, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Something that is not right needs words, and words need a verdict."""
        data = super().clean() or {}
        text = (data.get("text") or "").strip()
        if data.get("verdict") == "no" and not text and "text" not in self.errors:
            self.add_error("text", _("Say what is not right."))
        if text and not data.get("verdict"):
            self.add_error("verdict", _("Say whether it is right."))
        return data

    def said(self) -> PassageAnswer | None:
        """What was said; None for nothing. Only of a valid form."""
        verdict = self.cleaned_data["verdict"]
        return (
            PassageAnswer(verdict == "yes", self.cleaned_data["text"].strip()) if verdict else None
        )


class SettleForm(forms.Form):
    """What was done with an answer."""

    settlement = forms.ChoiceField(
        label=_("What you did"), choices=Settlement.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why not, or how"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Who does not adopt it says why."""
        data = super().clean() or {}
        if data.get("settlement") == Settlement.REJECTED and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Say why it is not adopted."))
        return data
