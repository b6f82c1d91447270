"""How recording about inspections is refused: a sentence that says what to change."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.refusals import NO_SOURCE, SPAN, Meanings, told_in_words

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

BY_CONSTRAINT: Final[Meanings] = MappingProxyType(
    {
        "inspection_announced": ("announced", SPAN),
        "inspection_fieldwork": ("fieldwork", SPAN),
        "inspection_planned": ("planned", SPAN),
        "inspection_announced_first": ("fieldwork", FIELDWORK_FIRST),
        "inspection_days_have_a_source": ("announced", NO_SOURCE),
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
        "inspected_published": ("published", SPAN),
        "inspected_days_have_a_source": ("published", NO_SOURCE),
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
        "supervision_imposed": ("imposed", SPAN),
        "supervision_term_ends": ("term_ends", SPAN),
        "supervision_ended": ("ended", SPAN),
        "supervision_one_running_of_a_kind": ("kind", STILL_RUNNING),
        "supervision_term_after_it_began": ("term_ends", TERM_FIRST),
        "supervision_ended_after_it_began": ("ended", LIFTED_FIRST),
        "supervision_days_have_a_source": ("term_ends", NO_SOURCE),
        "measure_claim_once": (
            "from_source",
            _("What this source says of this is recorded already. Change that one."),
        ),
        "measure_claim_claimed": ("claimed", SPAN),
        "measure_claim_a_day_or_months": (
            "claimed",
            _("Give either a day or, for the term, a number of months. Not both."),
        ),
        "visit_due": ("due", SPAN),
        "visit_held": ("held", SPAN),
        "visit_days_have_a_source": ("due", NO_SOURCE),
        "visit_has_a_day": ("due", NO_DAY_OF_A_VISIT),
        "interim_message_sent": ("sent", SPAN),
        "interim_message_once": (
            "sent",
            _("A message of this day from this source is recorded already. Change that one."),
        ),
    }
)
"""What each constraint of the database means: the field, and the sentence."""
_ONE_TITLE: Final = "audits_inspection_title"
"""How the database's own name for the unique subject begins."""


def refused_in_words() -> AbstractContextManager[None]:
    """A transaction whose broken constraint is told as a RefusedError with its sentence."""
    return told_in_words(BY_CONSTRAINT, beginnings={_ONE_TITLE: ("title", TITLE_TAKEN)})
