"""Columns and constraints for days that are known only roughly."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django.db import models
from django.db.models import Case, CheckConstraint, F, Func, Q, When
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from certification.imprecise_days import ImpreciseDay, Precision
from jbn_oversight.refusals import NO_SOURCE, SPAN


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


def source_field(label: StrOrPromise | None = None) -> models.ForeignKey[Any, Any]:
    """The column that says who names the day, or another fact."""
    return models.ForeignKey(
        "certification.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class RoughDay:
    """``<stem>_on`` and ``<stem>_precision`` of a row as one value; None where there is no day."""

    def __init__(self, stem: str) -> None:
        self.stem = stem

    def __get__(self, row: models.Model | None, owner: type | None = None) -> ImpreciseDay | None:
        if row is None:
            return None
        return rough_day(getattr(row, f"{self.stem}_on"), getattr(row, f"{self.stem}_precision"))


def days_have_a_source(name: str, *stems: str) -> CheckConstraint:
    """Where a day is named, ``<stem>_source`` says by whom."""
    pairs = (
        Q(**{f"{stem}_on__isnull": True}) | Q(**{f"{stem}_source__isnull": False}) for stem in stems
    )
    return CheckConstraint(
        name=name,
        condition=reduce(and_, pairs),
        violation_error_message=NO_SOURCE,
        violation_error_code=stems[-1],
    )


def rough_days_in_order(
    name: str, earlier: str, later: str, *, says: StrOrPromise, at: str = ""
) -> CheckConstraint:
    """Two days known to the day are in order; a rougher one may start before what it follows.

    ``says`` is what a form tells beside the later day, or beside ``at``.
    """
    unknown = Q(**{f"{earlier}_on__isnull": True}) | Q(**{f"{later}_on__isnull": True})
    rough = ~Q(**{f"{earlier}_precision": Precision.DAY.value}) | ~Q(
        **{f"{later}_precision": Precision.DAY.value}
    )
    return CheckConstraint(
        name=name,
        condition=unknown | rough | Q(**{f"{later}_on__gte": F(f"{earlier}_on")}),
        violation_error_message=says,
        violation_error_code=at or later,
    )


def last_day_of(stem: str) -> Case:
    """In SQL the last day that is meant, as ``ImpreciseDay.last`` says it in Python."""
    on, precision = f"{stem}_on", f"{stem}_precision"

    def plus(span: str) -> Func:
        # Dates and intervals only: an index takes nothing that depends on a time zone.
        return Func(
            F(on),
            template=f"(%(expressions)s + interval '{span}')::date",
            output_field=models.DateField(),
        )

    last_part = When(**{f"{on}__day": 21}, then=plus("1 month -21 days"))
    return Case(
        When(
            **{precision: Precision.PART_OF_MONTH},
            then=Case(last_part, default=plus("9 days"), output_field=models.DateField()),
        ),
        When(**{precision: Precision.MONTH}, then=plus("1 month -1 day")),
        When(**{precision: Precision.QUARTER}, then=plus("3 months -1 day")),
        When(**{precision: Precision.YEAR}, then=plus("1 year -1 day")),
        default=F(on),
        output_field=models.DateField(),
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
        violation_error_message=SPAN,
        violation_error_code=stem,
    )
