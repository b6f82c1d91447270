"""What each kind of document consists of. Pure.

Sections come with a heading in the language of the document and a hint for the writer. A
required one cannot be taken out, and may not be empty at the sign-off. The order is the one in
which the reader needs it; writers may change it and add sections of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue; the screen translates it."""
    return message


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """One section of a kind of document. ``heading`` and ``hint`` are message ids."""

    key: str
    heading: str
    hint: str
    required: bool = True


_OPLEGGER: Final = (
    SectionTemplate(
        "introduction",
        gettext_noop("Introduction"),
        gettext_noop("Why do councils get this now? What were they told before, and when?"),
    ),
    SectionTemplate(
        "background",
        gettext_noop("Background"),
        gettext_noop("What does the institution do, and what is the municipality's own task?"),
    ),
    SectionTemplate(
        "situation",
        gettext_noop("Situation"),
        gettext_noop("How does it stand? Give figures with their date, and what others found."),
    ),
    SectionTemplate(
        "measures",
        gettext_noop("Measures"),
        gettext_noop("What is being done, by whom, and when should it show?"),
    ),
    SectionTemplate(
        "risks",
        gettext_noop("Risks"),
        gettext_noop("What can go wrong, for whom, and what happens then?"),
    ),
    SectionTemplate(
        "finance",
        gettext_noop("Finance"),
        gettext_noop("What does it cost, who pays, and is it a single amount?"),
        required=False,
    ),
    SectionTemplate(
        "steering",
        gettext_noop("Steering together"),
        gettext_noop("How do the municipalities and the regions follow this together?"),
    ),
    SectionTemplate(
        "communication",
        gettext_noop("Communication"),
        gettext_noop("Who tells whom, and on which day? Until when is this confidential?"),
    ),
    SectionTemplate(
        "next",
        gettext_noop("What comes next"),
        gettext_noop("Which dates come, and when does the council hear more?"),
    ),
)
_LETTER: Final = (
    SectionTemplate(
        "occasion",
        gettext_noop("Occasion"),
        gettext_noop("What happened, so that the executive writes to the council?"),
    ),
    SectionTemplate(
        "core",
        gettext_noop("Core of the message"),
        gettext_noop("What should the council know, in three sentences?"),
    ),
    SectionTemplate(
        "explanation",
        gettext_noop("Explanation in detail"),
        gettext_noop("Figures, findings of others, and what is being done."),
    ),
    SectionTemplate(
        "consequences",
        gettext_noop("Consequences"),
        gettext_noop("For youths and families, for the municipality, for money."),
    ),
    SectionTemplate(
        "communication",
        gettext_noop("Communication"),
        gettext_noop("Who tells whom, and on which day? Until when is this confidential?"),
        required=False,
    ),
    SectionTemplate(
        "next",
        gettext_noop("What comes next"),
        gettext_noop("Which dates come, and when does the council hear more?"),
    ),
)
_ANSWER: Final = (
    SectionTemplate(
        "questions",
        gettext_noop("The questions"),
        gettext_noop("Who asked, on which day, under which article of the rules of order?"),
    ),
    SectionTemplate(
        "answers",
        gettext_noop("The answers"),
        gettext_noop("Repeat each question, and answer it below. Number them."),
    ),
    SectionTemplate(
        "explanation",
        gettext_noop("Explanation in detail"),
        gettext_noop("Figures, findings of others, and what is being done."),
        required=False,
    ),
    SectionTemplate(
        "next",
        gettext_noop("What comes next"),
        gettext_noop("Which dates come, and when does the council hear more?"),
        required=False,
    ),
)

TEMPLATES: Final[Mapping[str, tuple[SectionTemplate, ...]]] = {
    "oplegger": _OPLEGGER,
    "raadsinformatiebrief": _LETTER,
    "answer": _ANSWER,
}
"""By the value of ``DocumentType``."""


def template_of(document_type: str) -> tuple[SectionTemplate, ...]:
    """The sections of a kind of document. Raises KeyError for an unknown kind."""
    return TEMPLATES[document_type]


def section_template(document_type: str, key: str) -> SectionTemplate | None:
    """The template of one section; None for a section that writers added."""
    return next((one for one in template_of(document_type) if one.key and one.key == key), None)


def is_required(document_type: str, key: str) -> bool:
    """Whether a section may neither go nor stay empty."""
    found = section_template(document_type, key)
    return found is not None and found.required
