"""Columns and constraints for days that are known only roughly."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from certification.imprecise_days import ImpreciseDay, Precision


class PrecisionChoices(models.TextChoices):
    """How precisely a day is known, as a choice in a form."""

    DAY = Precision.DAY.value, _("the day")
    PART_OF_MONTH = Precision.PART_OF_MONTH.value, _("the part of the month")
    MONTH = Precision.MONTH.value, _("the month")
    QUARTER = Precision.QUARTER.value, _("the quarter")
    YEAR = Precision.YEAR.value, _("the year")


def precision_field() -> models.CharField[str, str]:
    """The column beside a day; empty where the day is empty."""
    return models.CharField(
        _("precision"), max_length=13, choices=PrecisionChoices.choices, blank=True, default=""
    )


def rough_day(on: date | None, precision: str) -> ImpreciseDay | None:
    """The two columns as one value."""
    return None if on is None else ImpreciseDay.of(on, precision)


def rough_day_constraint(name: str, stem: str) -> CheckConstraint:
    """``<stem>_on`` and ``<stem>_precision`` together, and the day starts the span it means."""
    on, precision = f"{stem}_on", f"{stem}_precision"
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{on}__isnull": True, precision: ""})
        | Q(**{f"{on}__isnull": False, precision: Precision.DAY.value})
        | Q(**{f"{on}__day__in": (1, 11, 21), precision: Precision.PART_OF_MONTH.value})
        | Q(**{f"{on}__day": 1, precision: Precision.MONTH.value})
        | Q(
            **{
                f"{on}__day": 1,
                f"{on}__month__in": (1, 4, 7, 10),
                precision: Precision.QUARTER.value,
            }
        )
        | Q(**{f"{on}__day": 1, f"{on}__month": 1, precision: Precision.YEAR.value}),
    )
