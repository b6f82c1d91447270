"""How recording about inspections is refused: a sentence that says what to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SPAN: Final = _(
    "A month, a part of one, a quarter or a year is kept by its first day. Change the day or how "
    "precisely it is known."
)
_SOURCE: Final = _("This day has no source. Choose the source that names it, or leave the day out.")

TITLE_TAKEN: Final = _(
    "An inspection with this subject is here already. Change that one, or give this one a "
    "subject of its own."
)
FIELDWORK_FIRST: Final = _(
    "The field work lies before the announcement. Change one of the two days."
)
NOT_PUBLISHED: Final = _(
    "There is no report yet, as far as recorded. Record first on which day it was published."
)
TERM_FIRST: Final = _(
    "The term to improve ends before the measure was imposed. Change one of the two days."
)
LIFTED_FIRST: Final = _(
    "The measure would be lifted before it was imposed. Change one of the two days."
)
STILL_RUNNING: Final = _(
    "A measure of this kind is running already. Change that one, or record first when it was "
    "lifted."
)
NO_DAY_OF_A_VISIT: Final = _("Give the day on which the visit is due, or on which it was held.")

BY_CONSTRAINT: Final[Mapping[str, tuple[str, str | Promise]]] = MappingProxyType(
    {
        "inspection_announced": ("announced", _SPAN),
        "inspection_fieldwork": ("fieldwork", _SPAN),
        "inspection_planned": ("planned", _SPAN),
        "inspection_announced_first": ("fieldwork", FIELDWORK_FIRST),
        "inspection_days_have_a_source": ("announced", _SOURCE),
        "inspection_covers_somebody": (
            "covers",
            _("An inspection covers at least one institution. Give the number, or leave it out."),
        ),
        "inspected_once": (
            "name",
            _("This institution is in this inspection already. Change that one."),
        ),
        "inspected_name_once": (
            "name",
            _("An institution with this name is in this inspection already. Change that one."),
        ),
        "inspected_is_somebody": ("name", _("Give the name of the institution.")),
        "inspected_published": ("published", _SPAN),
        "inspected_days_have_a_source": ("published", _SOURCE),
        "inspected_judged_when_published": ("published", NOT_PUBLISHED),
        "norm_verdict_once": (
            "",
            _("There is a verdict on this norm already. Change that one."),
        ),
        "supervision_once": (
            "imposed",
            _("This measure is recorded already: the same kind on the same day. Change that one."),
        ),
        "supervision_is_a_measure": (
            "kind",
            _("Choose a measure. If none was imposed, say so with the report."),
        ),
        "supervision_imposed": ("imposed", _SPAN),
        "supervision_term_ends": ("term_ends", _SPAN),
        "supervision_ended": ("ended", _SPAN),
        "supervision_one_running_of_a_kind": ("kind", STILL_RUNNING),
        "supervision_term_after_it_began": ("term_ends", TERM_FIRST),
        "supervision_ended_after_it_began": ("ended", LIFTED_FIRST),
        "supervision_days_have_a_source": ("term_ends", _SOURCE),
        "measure_claim_once": (
            "from_source",
            _("What this source says of this is recorded already. Change that one."),
        ),
        "measure_claim_claimed": ("claimed", _SPAN),
        "measure_claim_a_day_or_months": (
            "claimed",
            _("Give either a day or, for the term, a number of months. Not both."),
        ),
        "visit_due": ("due", _SPAN),
        "visit_held": ("held", _SPAN),
        "visit_days_have_a_source": ("due", _SOURCE),
        "visit_has_a_day": ("due", NO_DAY_OF_A_VISIT),
        "interim_message_sent": ("sent", _SPAN),
        "interim_message_once": (
            "sent",
            _("A message of this day from this source is recorded already. Change that one."),
        ),
    }
)
"""What each constraint of the database means: the field, and the sentence."""
_TITLE: Final = "audits_inspection_title"
"""How the database's own name for the unique subject begins."""


class RefusedError(Exception):
    """What was asked cannot be recorded; ``field`` is what it is about, or "" for the whole."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(str(sentence))
        self.field = field


@contextmanager
def refused_in_words() -> Iterator[None]:
    """A transaction whose broken constraint is told as a RefusedError with its sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        if name.startswith(_TITLE):
            raise RefusedError(TITLE_TAKEN, "title") from error
        if name not in BY_CONSTRAINT:
            raise
        field, sentence = BY_CONSTRAINT[name]
        raise RefusedError(sentence, field) from error
