"""Fields for the paper that a fact rests on: a document of the register, or a quoted passage.

Only papers that are out are offered. What is there already may stay while its paper is not out:
it can be chosen again, but no word of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.selectors.public_documents import open_documents, open_passages
from certification.models import Document, Passage
from jbn_oversight.organisations.models import Institution

_SHOWN: Final = 100
_Choice = tuple[str, str | Promise]


class _PaperField(forms.ChoiceField):
    """Rows by their public id; cleaned to the row, or None."""

    not_out: str | Promise

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self._rows: dict[str, Document | Passage] = {}

    def _offer(
        self,
        rows: Iterable[Document | Passage],
        groups: Iterable[_Choice | tuple[str, list[_Choice]]],
        kept: Document | Passage | None,
    ) -> None:
        self._rows = {row.public_id: row for row in rows}
        choices: list[Any] = [("", "—"), *groups]
        if kept is not None and kept.public_id not in self._rows:
            self._rows[kept.public_id] = kept
            choices.append((kept.public_id, self.not_out))
        self.choices = choices

    def prepare_value(self, value: Any) -> Any:
        """The public id of a row."""
        return getattr(value, "public_id", value)

    def clean(self, value: Any) -> Any:
        """The chosen row; None where nothing was chosen."""
        return self._rows.get(super().clean(value))


class DocumentField(_PaperField):
    """A document of the institution's register; call ``offer`` when the form is made."""

    not_out = _("the document that is there now; it is not open")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Document in the register"))
        kwargs.setdefault(
            "help_text",
            _("The paper itself, once it is in the register and open. It becomes a link."),
        )
        super().__init__(**kwargs)

    def offer(self, institution: Institution, at: datetime, kept: Document | None) -> None:
        """The papers that are out at the instant (aware), and what is there already."""
        rows = list(open_documents(institution, at))
        self._offer(rows, [(row.public_id, _short(str(row))) for row in rows], kept)


class PassageField(_PaperField):
    """A passage quoted in the institution's register; call ``offer`` when the form is made."""

    not_out = _("the passage that is there now; its paper is not out")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Passage"))
        kwargs.setdefault(
            "help_text",
            _("A place in a paper of the register. Papers under embargo are not offered."),
        )
        super().__init__(**kwargs)

    def offer(self, institution: Institution, at: datetime, kept: Passage | None) -> None:
        """The passages of papers that are out at the instant (aware), and what is there."""
        rows = list(open_passages(institution, at))
        papers: dict[str, list[_Choice]] = {}
        for row in rows:
            choice = (row.public_id, _short(f"{row.place}: {row.quote}"))
            papers.setdefault(_short(str(row.version.document)), []).append(choice)
        self._offer(rows, papers.items(), kept)


def _short(words: str) -> str:
    return Truncator(words).chars(_SHOWN)
