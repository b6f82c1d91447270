"""Norms: what a figure should be, for whom, from when, and on whose word."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.compliance.rules.judging import Bound, NormRule
from certification.indicators.rules.kpis import kpi_codes
from jbn_oversight.constraints import dates_in_order
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Institution


class Scope(models.TextChoices):
    """The kinds of place a figure is for."""

    INSTITUTION = "institution", _("institution")
    REGION = "region", _("region")
    MUNICIPALITY = "municipality", _("municipality")


def _range(first: Combinable, last: Combinable) -> Func:
    return Func(first, last, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def _one_kind(number: int) -> Func:
    return _range(Value(number), Value(number))


_KINDS = Case(
    When(scope=Scope.INSTITUTION, then=_one_kind(1)),
    When(scope=Scope.REGION, then=_one_kind(2)),
    When(scope=Scope.MUNICIPALITY, then=_one_kind(3)),
    default=_range(Value(1), Value(3)),
    output_field=BigIntegerRangeField(),
)
_KPI_NUMBER = Func(
    F("kpi"), Value(0), function="hashtextextended", output_field=models.BigIntegerField()
)


class NormQuerySet(TrackedQuerySet["Norm"]):
    """Norms."""

    def judging(self, institution: Institution) -> NormQuerySet:
        """The norms by which the institution's figures are judged."""
        return self.filter(
            Q(institution__isnull=True) | Q(institution=institution), is_judging=True
        )

    def beside(self, institution: Institution, month: date) -> NormQuerySet:
        """Norms shown beside a figure of the month without judging it."""
        return self.filter(
            Q(institution__isnull=True) | Q(institution=institution),
            Q(valid_until__isnull=True) | Q(valid_until__gt=month),
            is_judging=False,
            valid_from__lte=month,
        )


class Norm(models.Model):
    """A threshold for one indicator; the one that judges, or one that is shown beside it."""

    audit: ClassVar = Keeping.TRACKED
    kpi = models.CharField(_("indicator"), max_length=40, choices=kpi_codes)
    scope = models.CharField(
        _("kind of place"), max_length=20, choices=Scope, blank=True, help_text=_("Empty: every.")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="norms",
        help_text=_("Empty: every institution."),
    )
    is_judging = models.BooleanField(_("judges"), default=False)
    threshold = models.DecimalField(_("threshold"), max_digits=12, decimal_places=4)
    bound = models.CharField(
        _("bound"), max_length=10, choices=[(bound.value, bound.value) for bound in Bound]
    )
    valid_from = models.DateField(_("from month"))
    valid_until = models.DateField(_("until month (not including)"), null=True, blank=True)
    label = models.CharField(_("label"), max_length=200)
    source = models.CharField(_("source"), max_length=300)
    history = HistoricalRecords()
    objects: ClassVar = NormQuerySet.as_manager()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["kpi", "-is_judging", "valid_from"]
        constraints = [
            dates_in_order("norm_dates", "valid_from", "valid_until", equal=False),
            models.CheckConstraint(
                name="norm_whole_months",
                condition=Q(valid_from__day=1)
                & (Q(valid_until__isnull=True) | Q(valid_until__day=1)),
            ),
            models.CheckConstraint(name="norm_threshold", condition=Q(threshold__gte=0)),
            # One judging norm per indicator, scope and month. No kind of place or no
            # institution means every one, so their ranges overlap each single one. The code
            # goes in as a number: there is no range of texts without an extension.
            ExclusionConstraint(
                name="norm_one_judges",
                condition=Q(is_judging=True),
                expressions=[
                    (_range(_KPI_NUMBER, _KPI_NUMBER), RangeOperators.OVERLAPS),
                    (_KINDS, RangeOperators.OVERLAPS),
                    (_range(F("institution"), F("institution")), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "Another norm judges this figure in one of these months. End that first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.threshold.normalize():f}"

    def rule(self) -> NormRule:
        """The norm as judging reads it."""
        return NormRule(
            kpi=self.kpi,
            scope=self.scope,
            threshold=self.threshold,
            bound=Bound(self.bound),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )
