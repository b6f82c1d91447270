"""How recording about inspections is refused: a sentence that says what to change."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final

from audits.models.inspections import (
    TITLE_TAKEN,
    InspectedInstitution,
    Inspection,
    InterimMessage,
    MeasureClaim,
    NormVerdict,
    SupervisionMeasure,
    SupervisionVisit,
)
from jbn_oversight.refusals import Meanings, meanings_of, told_in_words

BY_CONSTRAINT: Final[Meanings] = meanings_of(
    Inspection,
    InspectedInstitution,
    NormVerdict,
    SupervisionMeasure,
    MeasureClaim,
    SupervisionVisit,
    InterimMessage,
)
_ONE_TITLE: Final = "audits_inspection_title"
"""How the database's own name for the unique subject begins."""


def refused_in_words() -> AbstractContextManager[None]:
    """A transaction whose broken constraint is told as a RefusedError with its sentence."""
    return told_in_words(BY_CONSTRAINT, beginnings={_ONE_TITLE: ("title", TITLE_TAKEN)})
