"""What a measure means in plain words, and where the law names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audits.models.inspections import SupervisoryMeasure
from certification.imprecise_days import ImpreciseDay, Precision

ORDER_DAYS: Final = 7
"""Days that an order of an inspector holds, unless the minister extends it (Jeugdwet 9.3(4))."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A measure in plain words, and its place in the law."""

    words: str | Promise
    law: str | Promise


_OWN: Final = _(
    "The inspectorates' own way of supervising; it is not one of the measures of article 9.3 of "
    "the Jeugdwet."
)
MEANINGS: Final[Mapping[SupervisoryMeasure, Meaning]] = MappingProxyType(
    {
        SupervisoryMeasure.NONE: Meaning(
            _("The inspectorates impose nothing. Their usual supervision goes on."), _OWN
        ),
        SupervisoryMeasure.INTENSIFIED: Meaning(
            _(
                "The inspectorates follow the institution more closely than usual. This is more "
                "than usual supervision and less than heightened supervision."
            ),
            _OWN,
        ),
        SupervisoryMeasure.HEIGHTENED: Meaning(
            _(
                "The inspectorates say in public that things must improve, and set a term for it. "
                "In that term they visit unannounced, and the institution reports how it goes."
            ),
            _OWN,
        ),
        SupervisoryMeasure.INSTRUCTION: Meaning(
            _(
                "The minister writes what the institution must do, why, and within which term. "
                "The institution has to do it."
            ),
            _("Jeugdwet, article 9.3, first to third paragraph."),
        ),
        SupervisoryMeasure.ORDER: Meaning(
            _(
                "An inspector orders at once what must happen, because waiting is dangerous. An "
                "order holds 7 days. The minister can extend it."
            ),
            _("Jeugdwet, article 9.3, fourth paragraph."),
        ),
    }
)


def last_day_of_an_order(kind: str, imposed: ImpreciseDay | None) -> date | None:
    """The seventh day after an order, where its own day is known to the day; else None."""
    if (
        kind != SupervisoryMeasure.ORDER
        or imposed is None
        or imposed.precision is not Precision.DAY
    ):
        return None
    return imposed.on + timedelta(days=ORDER_DAYS)
