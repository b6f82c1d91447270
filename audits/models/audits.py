"""Audits by the certifying body: planned beside held beside what came of it."""

from __future__ import annotations

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
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
from jbn_oversight.constraints import different, holds, once
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField


class AuditKind(models.TextChoices):
    """What an audit is for."""

    INITIAL = "initial", _("first certification")
    CONTROL = "control", _("yearly control")
    INTERIM = "interim", _("interim audit")
    FOLLOW_UP = "follow_up", _("follow-up")
    RECERTIFICATION = "recertification", _("recertification")


AUDIT_NUMBER_TAKEN: Final = _(
    "An audit of this kind with this number is here already. Give the next number."
)


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
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="audits", verbose_name=_("body")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=AuditKind.choices)
    sequence_no = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("The first audit of this kind is 1, the next one 2."),
    )
    planned_on = models.DateField(_("planned"), null=True, blank=True)
    planned_precision = precision_field()
    planned_until_on = models.DateField(
        _("planned up to and including"),
        null=True,
        blank=True,
        help_text=_("Only for a period of some days: its last day."),
    )
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
    outcome = models.TextField(
        _("outcome, in the body's words"),
        max_length=5000,
        blank=True,
        validators=[no_personal_numbers],
    )
    framework = models.ForeignKey(
        NormFramework,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audits",
        verbose_name=_("framework"),
    )
    follow_up_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("re-audit of"),
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audits",
        verbose_name=_("document in the register"),
    )
    history = HistoricalRecords()
    objects: ClassVar = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["sequence_no"]
        constraints = [
            once(
                "audit_number_once",
                *("institution", "authority", "kind", "sequence_no"),
                field="sequence_no",
                says=AUDIT_NUMBER_TAKEN,
            ),
            rough_day_constraint("audit_planned", "planned"),
            rough_day_constraint("audit_held", "held"),
            rough_day_constraint("audit_outcome", "outcome"),
            days_have_a_source("audit_days_have_a_source", "planned", "held", "outcome"),
            rough_days_in_order(
                "audit_outcome_after_it_was_held",
                "held",
                "outcome",
                at="outcome_known",
                says=_(
                    "The outcome lies before the day on which the audit was held. Change one of "
                    "them."
                ),
            ),
            holds(
                "audit_planned_period",
                Q(planned_until_on__isnull=True)
                | Q(planned_precision="day", planned_until_on__gte=F("planned_on")),
                field="planned_until_on",
                says=_(
                    "A planned period begins on a day and ends on that day or later. Give its "
                    "first day too, as a day; or leave its end empty."
                ),
            ),
            different(
                "audit_follows_another",
                "pk",
                "follow_up_of",
                says=_("An audit does not follow itself. Choose another."),
            ),
            holds(
                "audit_outcome_has_a_day",
                Q(outcome="") | Q(outcome_on__isnull=False),
                field="outcome_known",
                says=_("Say since when the outcome is known, as precisely as the source does."),
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
