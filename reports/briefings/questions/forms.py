"""Forms of questions and answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """A council member asks the makers."""

    text = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_(
            "The answer goes to all councils at once, with your question and the name of your "
            "council, without your own name. Name no child and no family."
        ),
    )


class AnswerForm(forms.Form):
    """The makers answer, for all readers."""

    text = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
        help_text=_("Everybody who may read this briefing sees the question and the answer."),
    )
