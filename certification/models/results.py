"""Results: each indicator per scope and month, judged, as known at any moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.compliance.rules.judging import State, Verdict
from certification.compliance.rules.scoring import JudgedFigure
from certification.models.norms import Scope
from certification.models.runs import ComplianceRun
from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution

_STATES: Final = {state.value: state for state in State}
_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}


class KpiResultQuerySet(models.QuerySet["KpiResult"]):
    """Results."""

    def judged(self) -> list[JudgedFigure]:
        """The figures as the run computed them; no rows are made, for there may be thousands."""
        return [
            JudgedFigure(
                kpi,
                scope,
                scope_code,
                month,
                _STATES[state],
                _short(numerator),
                _short(denominator),
                value,
                approximate,
                aside,
                _short(norm),
                _VERDICTS[verdict],
            )
            for (
                kpi,
                scope,
                scope_code,
                month,
                state,
                numerator,
                denominator,
                value,
                approximate,
                aside,
                norm,
                verdict,
            ) in self.values_list(*JudgedFigure._fields)
        ]

    def current(self) -> KpiResultQuerySet:
        """What is known now."""
        return self.filter(superseded_at__isnull=True)

    def as_known_at(self, at: datetime) -> KpiResultQuerySet:
        """What was known at the instant (aware)."""
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at
        )


def _short(number: Decimal | None) -> Decimal | None:
    """The number without the zeros that its column adds."""
    if number is None:
        return None
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


class KpiResult(models.Model):
    """A ``JudgedFigure``, kept. A changed figure closes its row and adds another."""

    audit: ClassVar = Keeping.INSERT_ONLY
    # Written by COPY, a run's cells at a time, by the one action that has both rows in hand:
    # checking both keys again for each row would cost more than the writing.
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kpi = models.CharField(max_length=40)
    scope = models.CharField(max_length=20, choices=Scope)
    scope_code = models.CharField(max_length=50)
    month = models.DateField(_("month"))
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in State])
    # Exact sums; delivered FTE and days may have any number of decimals, so there is room.
    numerator = models.DecimalField(max_digits=40, decimal_places=18, null=True)
    denominator = models.DecimalField(max_digits=40, decimal_places=18, null=True)
    value = models.IntegerField(null=True)
    """Days, of a median that is reached; every other value follows from the two sums."""
    approximate = models.BooleanField(default=False)
    aside = models.IntegerField(null=True)
    """Measures without a clock, shown beside the figure."""
    norm = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    verdict = models.CharField(max_length=20, choices=[(v.value, v.value) for v in Verdict])
    run = models.ForeignKey(
        ComplianceRun, models.PROTECT, related_name="results", db_constraint=False, db_index=False
    )
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    objects: ClassVar = KpiResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "month", "kpi", "scope", "scope_code"],
                condition=Q(superseded_at__isnull=True),
                name="result_one_current",
            ),
            models.CheckConstraint(name="result_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="result_times",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.scope_code} {self.month:%Y-%m}"
