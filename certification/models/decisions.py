"""What was decided about a certificate later, and what was weighed when it was granted."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.models.certificates import Certificate
from certification.models.frameworks import Requirement
from certification.models.imprecise_days import (
    RoughDay,
    days_have_a_source,
    precision_field,
    rough_day_constraint,
    rough_days_in_order,
    source_field,
)
from certification.models.sources import Source
from jbn_oversight.constraints import holds, once
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField

WORKS_FIRST: Final = _("A decision cannot work before it is taken. Change one of the two days.")


class DecisionKind(models.TextChoices):
    """What can be decided about a certificate after it was granted (Besluit Jeugdwet 3.2.2)."""

    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("suspension lifted")
    RESTRICTED = "restricted", _("restricted in scope")
    WITHDRAWN = "withdrawn", _("withdrawn")
    NOT_RENEWED = "not_renewed", _("not renewed")


class SuspensionGround(models.TextChoices):
    """Grounds on which a certificate is suspended or withdrawn: Besluit Jeugdwet 3.2.2, a to d."""

    UNKNOWN_FACTS = "a", _("facts that were not known when it was granted")
    FALSE_INFORMATION = "b", _("wrong information was given")
    NORMS_NOT_MET = "c", _("the norms are no longer met")
    DUTIES_NOT_DONE = "d", _("legal duties are no longer carried out properly")


class CertificateDecision(models.Model):
    """A later decision about a certificate. ``effective`` is the first day on which it works."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=12, choices=DecisionKind.choices)
    ground = models.CharField(
        _("ground"), max_length=1, choices=SuspensionGround.choices, blank=True
    )
    reason = models.TextField(
        _("reason"),
        max_length=4000,
        blank=True,
        validators=[no_personal_numbers],
        help_text=_("In your own words. No names."),
    )
    decided_on = models.DateField(_("day of the decision"))
    decided_precision = precision_field()
    decided_source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    effective_on = models.DateField(
        _("works from"),
        null=True,
        blank=True,
        help_text=_("Only where it is another day than that of the decision."),
    )
    effective_precision = precision_field()
    effective_source = source_field()
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["CertificateDecision"].as_manager()
    decided = RoughDay("decided")
    effective = RoughDay("effective")

    class Meta:
        verbose_name = _("decision about a certificate")
        verbose_name_plural = _("decisions about certificates")
        ordering = ["decided_on", "pk"]
        constraints = [
            once(
                "certificate_decision_once",
                *("certificate", "kind", "decided_on"),
                field="decided",
                says=_(
                    "This decision is recorded already: the same kind on the same day. Change "
                    "that one."
                ),
            ),
            rough_day_constraint("certificate_decision_decided", "decided"),
            rough_day_constraint("certificate_decision_effective", "effective"),
            rough_days_in_order(
                "certificate_decision_dates",
                "decided",
                "effective",
                says=WORKS_FIRST,
            ),
            days_have_a_source("certificate_decision_days_have_a_source", "effective"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class WeighingPoint(models.Model):
    """A shortcoming despite which the certificate was granted, and why (the *weging*).

    The inspectorate asked the certifying body to make this visible: on which point, and why.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="weighing")
    requirement = models.ForeignKey(
        Requirement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requirement"),
    )
    shortcoming = models.CharField(
        _("shortcoming"), max_length=500, validators=[no_personal_numbers]
    )
    rationale = models.TextField(
        _("why granted all the same"), max_length=4000, validators=[no_personal_numbers]
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["WeighingPoint"].as_manager()

    class Meta:
        verbose_name = _("point of the weighing")
        verbose_name_plural = _("points of the weighing")
        ordering = ["pk"]
        constraints = [
            once(
                "weighing_point_once",
                *("certificate", "shortcoming"),
                field="shortcoming",
                says=_(
                    "This shortcoming is recorded already. Change that point, or word this "
                    "differently."
                ),
            ),
            holds(
                "weighing_point_has_a_reason",
                ~Q(rationale=""),
                field="rationale",
                says=_(
                    "Say why the certificate was granted all the same. That is what is weighed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.shortcoming
