"""Certificates: what the certifying body decided, for how long, and on which conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.imprecise_days import ImpreciseDay
from certification.models.imprecise_days import (
    days_have_a_source,
    last_day_of,
    precision_field,
    rough_day,
    rough_day_constraint,
    rough_days_in_order,
    source_field,
)
from certification.models.sources import Source
from jbn_oversight.constraints import holds, once
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class CertificateKind(models.TextChoices):
    """What the law or practice knows: three years, two years, or a term of its own."""

    CERTIFICATE = "certificate", _("certificate")
    PROVISIONAL = "provisional", _("provisional certificate")
    BRIDGING = "bridging", _("bridging certificate")


class CertificateStatus(models.TextChoices):
    """Where a certificate stands. The first three are decided on the request; the others come
    later, as a ``CertificateDecision``, or follow from its days (``LAPSED``)."""

    REQUESTED = "requested", _("requested")
    GRANTED = "granted", _("granted")
    SUSPENDED = "suspended", _("suspended")
    RESTRICTED = "restricted", _("restricted in scope")
    WITHDRAWN = "withdrawn", _("withdrawn")
    NOT_RENEWED = "not_renewed", _("not renewed")
    LAPSED = "lapsed", _("lapsed")


IN_FORCE = (CertificateStatus.GRANTED, CertificateStatus.RESTRICTED)
"""With these an institution may work; that a term has run out follows from its days."""


class CertificateQuerySet(TrackedQuerySet["Certificate"]):
    """Certificates."""

    def of(self, institution: Institution) -> CertificateQuerySet:
        """Those of one institution, the latest decision first, with what a page shows."""
        rows = self.filter(institution=institution).select_related(
            "authority", "applied_source", "decided_source", "starts_source", "ends_source"
        )
        return rows.prefetch_related(
            "conditions__source", "authority__names", "decisions"
        ).order_by("-decided_on", "-pk")


class Certificate(models.Model):
    """One decision on a certificate. ``ends_on`` is the last day on which it holds.

    A day without a date is not known, which the pages say; months and the last day are both
    kept because sources name one or the other.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="certificates")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="certificates")
    kind = models.CharField(
        _("kind of certificate"), max_length=12, choices=CertificateKind.choices
    )
    status = models.CharField(_("status"), max_length=12, choices=CertificateStatus.choices)
    months = models.PositiveSmallIntegerField(
        _("term in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "Only where the letter names a term. With the first day the last day follows from it."
        ),
    )
    applied_on = models.DateField(_("day of the application"), null=True, blank=True)
    applied_precision = precision_field()
    applied_source = source_field()
    decided_on = models.DateField(_("decided"))
    decided_precision = precision_field()
    decided_source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day on which it holds"), null=True, blank=True)
    starts_precision = precision_field()
    starts_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ends_on = models.DateField(_("last day on which it holds"), null=True, blank=True)
    ends_precision = precision_field()
    ends_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    improvement_plausible = models.BooleanField(
        _("improvement is plausible"), null=True, blank=True
    )
    no_fundamental_shortcomings = models.BooleanField(
        _("there are no fundamental shortcomings"), null=True, blank=True
    )
    remark = models.TextField(
        _("remark"),
        max_length=4000,
        blank=True,
        validators=[no_personal_numbers],
        help_text=_("In your own words. No names."),
    )
    history = HistoricalRecords()
    objects: ClassVar = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            rough_day_constraint("certificate_decided", "decided"),
            rough_day_constraint("certificate_starts", "starts"),
            rough_day_constraint("certificate_ends", "ends"),
            once(
                "certificate_decided_once",
                *("institution", "authority", "kind", "decided_on"),
                field="decided",
                says=_(
                    "This decision is recorded already: the same body, kind and day. Change that "
                    "one, or change the day or the kind here."
                ),
            ),
            holds(
                "certificate_starts_before_it_ends",
                Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                field="ends",
                says=_("The last day lies before the first. Change one of the two."),
            ),
            days_have_a_source("certificate_days_have_a_source", "starts", "ends"),
            rough_day_constraint("certificate_applied", "applied"),
            days_have_a_source("certificate_application_has_a_source", "applied"),
            rough_days_in_order(
                "certificate_applied_before_decided",
                "applied",
                "decided",
                at="applied",
                says=_("The decision lies before the application. Change one of the two days."),
            ),
            holds(
                "certificate_status_of_a_request",
                Q(
                    status__in=(
                        CertificateStatus.REQUESTED,
                        CertificateStatus.GRANTED,
                        CertificateStatus.NOT_RENEWED,
                    )
                ),
                field="status",
                says=_(
                    "A certificate is requested, granted or refused here. What was decided later "
                    "is recorded as a later decision."
                ),
            ),
            # Only the days on which both certainly hold can clash: of "September" the last day
            # as a begin, the first as an end.
            ExclusionConstraint(
                name="certificate_one_at_a_time",
                expressions=[
                    (
                        Func(
                            F("institution"),
                            F("institution"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            last_day_of("starts"),
                            Greatest(last_day_of("starts"), F("ends_on")),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(
                    status=CertificateStatus.GRANTED, starts_on__isnull=False, ends_on__isnull=False
                ),
                violation_error_code="starts",
                violation_error_message=_(
                    "In these days another certificate of this institution holds. Change the "
                    "first or the last day. Did the other one end early, then change its last day "
                    "and leave out its term."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.institution}"

    @property
    def applied(self) -> ImpreciseDay | None:
        """When it was applied for; of a mere request this is ``decided`` too."""
        return rough_day(self.applied_on, self.applied_precision)

    @property
    def decided(self) -> ImpreciseDay:
        """When it was decided."""
        return ImpreciseDay.of(self.decided_on, self.decided_precision)

    @property
    def starts(self) -> ImpreciseDay | None:
        """From when on it holds; None where no source says so."""
        return rough_day(self.starts_on, self.starts_precision)

    @property
    def ends(self) -> ImpreciseDay | None:
        """The last day on which it holds; None where no source says so."""
        return rough_day(self.ends_on, self.ends_precision)


class CertificateCondition(models.Model):
    """What the certifying body asked for with a certificate, and since when that is done."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="conditions")
    text = models.CharField(_("condition"), max_length=300, validators=[no_personal_numbers])
    kpi = models.CharField(_("figure that it is about"), max_length=30, blank=True)
    due_on = models.DateField(_("to be met by"), null=True, blank=True)
    due_precision = precision_field()
    met_on = models.DateField(_("met since"), null=True, blank=True)
    met_precision = precision_field()
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", verbose_name=_("source of the condition")
    )
    met_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["CertificateCondition"].as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["pk"]
        constraints = [
            once(
                "condition_once",
                *("certificate", "text"),
                field="text",
                says=_(
                    "This condition is recorded already. Change that one, or word this one "
                    "differently."
                ),
            ),
            rough_day_constraint("condition_due", "due"),
            rough_day_constraint("condition_met", "met"),
            holds(
                "condition_met_has_a_source",
                Q(met_on__isnull=True) | Q(met_source__isnull=False),
                field="met",
                says=_("Say which source tells that the condition is met, or leave the day out."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def due(self) -> ImpreciseDay | None:
        """By when it must be met."""
        return rough_day(self.due_on, self.due_precision)

    @property
    def met(self) -> ImpreciseDay | None:
        """Since when it is met."""
        return rough_day(self.met_on, self.met_precision)
