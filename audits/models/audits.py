"""Audits by the certifying body: planned beside held beside what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.imprecise_days import ImpreciseDay
from certification.models.documents import Document
from certification.models.frameworks import NormFramework
from certification.models.imprecise_days import (
    days_have_a_source,
    precision_field,
    rough_day,
    rough_day_constraint,
    rough_days_in_order,
)
from certification.models.sources import Source
from jbn_oversight import history as keeping
from jbn_oversight.constraints import different
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.public_id import PublicIdField


class AuditKind(models.TextChoices):
    """What an audit is for."""

    INITIAL = "initial", _("first certification")
    CONTROL = "control", _("yearly control")
    INTERIM = "interim", _("interim audit")
    FOLLOW_UP = "follow_up", _("follow-up")
    RECERTIFICATION = "recertification", _("recertification")


class AuditQuerySet(keeping.TrackedQuerySet["Audit"]):
    """Audits."""

    def of(self, institution: Institution) -> AuditQuerySet:
        """Those of one institution, in their order, with what a page shows."""
        rows = self.filter(institution=institution).select_related(
            "authority", "planned_source", "held_source", "outcome_source"
        )
        return rows.prefetch_related("authority__names").order_by("sequence_no", "pk")


class Audit(models.Model):
    """One audit. The planned day stays when the audit was held on another."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="audits")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="audits")
    kind = models.CharField(_("kind"), max_length=16, choices=AuditKind.choices)
    sequence_no = models.PositiveSmallIntegerField(_("number"))
    planned_on = models.DateField(_("planned"), null=True, blank=True)
    planned_precision = precision_field()
    planned_until_on = models.DateField(_("planned up to and including"), null=True, blank=True)
    planned_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_on = models.DateField(_("held"), null=True, blank=True)
    held_precision = precision_field()
    held_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    outcome_on = models.DateField(_("outcome known"), null=True, blank=True)
    outcome_precision = precision_field()
    outcome_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.TextField(_("outcome"), blank=True)
    framework = models.ForeignKey(
        NormFramework, models.PROTECT, null=True, blank=True, related_name="audits"
    )
    follow_up_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="audits"
    )
    history = HistoricalRecords()
    objects: ClassVar = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["sequence_no"]
        constraints = [
            models.UniqueConstraint(
                name="audit_number_once",
                fields=["institution", "authority", "kind", "sequence_no"],
            ),
            rough_day_constraint("audit_planned", "planned"),
            rough_day_constraint("audit_held", "held"),
            rough_day_constraint("audit_outcome", "outcome"),
            days_have_a_source("audit_days_have_a_source", "planned", "held", "outcome"),
            rough_days_in_order("audit_outcome_after_it_was_held", "held", "outcome"),
            models.CheckConstraint(
                name="audit_planned_period",
                condition=Q(planned_until_on__isnull=True)
                | Q(planned_precision="day", planned_until_on__gte=F("planned_on")),
            ),
            different("audit_follows_another", "pk", "follow_up_of"),
            models.CheckConstraint(
                name="audit_outcome_has_a_day",
                condition=Q(outcome="") | Q(outcome_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sequence_no}"

    @property
    def planned(self) -> ImpreciseDay | None:
        """When it was to be held."""
        return rough_day(self.planned_on, self.planned_precision)

    @property
    def held(self) -> ImpreciseDay | None:
        """When it was held."""
        return rough_day(self.held_on, self.held_precision)

    @property
    def outcome_known(self) -> ImpreciseDay | None:
        """When its outcome was known."""
        return rough_day(self.outcome_on, self.outcome_precision)
