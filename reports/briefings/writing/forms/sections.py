"""The forms of one section: its text, for whom it is, and comments on it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.document.rules.kinds import is_required
from reports.briefings.document.selectors.documents import places_of
from reports.briefings.models.parts import Section
from reports.briefings.sentences import place_to_choose
from reports.briefings.writing.actions.sections import LONGEST, TypedText

MOST_WORDS: Final = 300


class SectionForm(forms.Form):
    """One section, with the revision on which its writer began."""

    heading = forms.CharField(label=_("Heading"), max_length=200, required=False)
    place = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        help_text=_("A section for one region or municipality stands in its text alone."),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        max_length=LONGEST,
        strip=False,
        validators=[no_personal_numbers],
    )
    base = forms.IntegerField(widget=forms.HiddenInput)
    """The revision on which the writer began: what is kept is kept with it."""
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision of another that the writer saw beside the own text, and goes over."""
    page = forms.RegexField(r"^[A-Za-z0-9_-]{1,32}$", widget=forms.HiddenInput, required=False)
    """This open page: no two have the same."""
    sequence = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )
    """How often this page has sent its text."""
    began_with = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    """The working copy that this page began with."""

    def __init__(self, *args: Any, section: Section, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(section.briefing, on)
        if section.place is not None and section.place not in places:
            places.append(section.place)
        self.places: dict[str, Municipality | Region] = {code_of(one): one for one in places}
        choice = self.fields["place"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", _("everybody")),
            *((code, place_to_choose(place)) for code, place in self.places.items()),
        ]
        if is_required(section.briefing.document_type, section.key) or not self.places:
            del self.fields["place"]

    def typed(self) -> TypedText:
        """What was typed, for the action; only of a valid form."""
        data = self.cleaned_data
        return TypedText(
            heading=data["heading"],
            text=data["text"].replace("\r\n", "\n"),
            base_revision=data["seen"] or data["base"],
            place=self.places.get(data.get("place", "")),
            page=data["page"],
            sequence=data["sequence"] or 0,
            began_with=data["began_with"],
        )


def code_of(place: Municipality | Region) -> str:
    """A place as forms and addresses name it."""
    return place.slug if isinstance(place, Region) else place.cbs_code


class CommentForm(forms.Form):
    """A remark on some words of a section."""

    quoted = forms.CharField(
        label=_("The words it is about"),
        required=False,
        max_length=MOST_WORDS,
        help_text=_("Select words in the text, or copy them. Empty means the whole section."),
    )
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        validators=[no_personal_numbers],
    )


class ReplyForm(forms.Form):
    """An answer to a comment."""

    text = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        validators=[no_personal_numbers],
    )
