"""How recording about certificates is refused: a sentence that says what to change."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final

from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, WeighingPoint
from jbn_oversight.refusals import Meanings, meanings_of, told_in_words

BY_CONSTRAINT: Final[Meanings] = meanings_of(
    Certificate, CertificateCondition, CertificateDecision, WeighingPoint
)


def refused_in_words() -> AbstractContextManager[None]:
    """A transaction whose broken constraint is told as a RefusedError with its sentence."""
    return told_in_words(BY_CONSTRAINT)
