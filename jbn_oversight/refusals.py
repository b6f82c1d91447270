"""How an action says no: with a sentence that says what to do, and the field that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final, TypeAlias

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence: TypeAlias = str | Promise
Meanings: TypeAlias = Mapping[str, tuple[str, Sentence]]
"""By name of a constraint of the database: the field that it is about, and the sentence."""

NOTHING: Final[Meanings] = MappingProxyType({})


def meanings_of(*rows: type[models.Model]) -> Meanings:
    """What the constraints of these models mean: the sentences that their forms show too."""
    return MappingProxyType(
        {
            constraint.name: (
                constraint.violation_error_code or "",
                constraint.violation_error_message or "",
            )
            for model in rows
            for constraint in model._meta.constraints
        }
    )


SPAN: Final = _(
    "A month, a part of one, a quarter or a year is kept by its first day. Change the day or how "
    "precisely it is known."
)
NO_SOURCE: Final = _(
    "This day has no source. Choose the source that names it, or leave the day out."
)


class RefusedError(Exception):
    """Not now, or not so; ``sentence`` says why and what to do, ready to show.

    ``field`` names the field of the form that it is about; empty where it is about the whole.
    """

    def __init__(self, sentence: Sentence, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence, self.field = str(sentence), field


@contextmanager
def told_in_words(meanings: Meanings, *, beginnings: Meanings = NOTHING) -> Iterator[None]:
    """A transaction whose broken constraint is told as a RefusedError with its sentence.

    ``beginnings`` is by how a name begins, for names that the database makes up. What neither
    names is raised as it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        made_up = (meaning for start, meaning in beginnings.items() if name.startswith(start))
        meaning = meanings.get(name) or next(made_up, None)
        if meaning is None:
            raise
        field, sentence = meaning
        raise RefusedError(sentence, field) from error


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed it after this person opened it."""
