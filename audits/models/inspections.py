"""Inspections: announced, carried out, published, judged, and the measure that followed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.imprecise_days import ImpreciseDay
from certification.models.rough_days import precision_field, rough_day, rough_day_constraint
from certification.models.sources import Source
from jbn_oversight import history as keeping
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.public_id import PublicIdField


class Judgement(models.TextChoices):
    """The inspectorate's own scale. It is never held against the certifying body's."""

    MEETS = "meets", _("meets the norms")
    MOSTLY_MEETS = "mostly_meets", _("meets most of the norms")
    MOSTLY_FAILS = "mostly_fails", _("does not meet most of the norms")
    FAILS = "fails", _("does not meet the norms")
    NOT_JUDGED = "not_judged", _("not judged")


class Measure(models.TextChoices):
    """What an inspectorate, or the minister, can lay on an institution."""

    NONE = "none", _("no measure")
    INTENSIFIED = "intensified", _("intensified supervision")
    HEIGHTENED = "heightened", _("heightened supervision")
    INSTRUCTION = "instruction", _("written instruction")
    ORDER = "order", _("order")


class InspectionQuerySet(keeping.TrackedQuerySet["Inspection"]):
    """Inspections."""

    def of(self, institution: Institution) -> InspectionQuerySet:
        """Those of one institution, the latest first, with what a page shows."""
        rows = self.filter(institution=institution).select_related(
            *(f"{stem}_source" for stem in ("announced", "fieldwork", "published", "term_ends"))
        )
        return rows.prefetch_related("authorities__names").order_by("-published_on", "-pk")


class Inspection(models.Model):
    """One inspection of one institution, by one or more inspectorates."""

    audit: ClassVar = keeping.Audit.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="inspections")
    authorities = models.ManyToManyField(Authority, related_name="inspections")
    title = models.CharField(_("subject"), max_length=200)
    announced_on = models.DateField(_("announced"), null=True, blank=True)
    announced_precision = precision_field()
    announced_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fieldwork_on = models.DateField(_("field work"), null=True, blank=True)
    fieldwork_precision = precision_field()
    fieldwork_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_on = models.DateField(_("report expected"), null=True, blank=True)
    planned_precision = precision_field()
    planned_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(_("report published"), null=True, blank=True)
    published_precision = precision_field()
    published_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    judgement = models.CharField(
        _("judgement"), max_length=12, choices=Judgement.choices, default=Judgement.NOT_JUDGED
    )
    findings = models.TextField(_("findings"), blank=True)
    measure = models.CharField(
        _("measure"), max_length=12, choices=Measure.choices, default=Measure.NONE
    )
    term_ends_on = models.DateField(_("end of the term to improve"), null=True, blank=True)
    term_ends_precision = precision_field()
    term_ends_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(m2m_fields=[authorities])
    objects: ClassVar = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="inspection_once", fields=["institution", "title"]),
            rough_day_constraint("inspection_announced", "announced"),
            rough_day_constraint("inspection_fieldwork", "fieldwork"),
            rough_day_constraint("inspection_planned", "planned"),
            rough_day_constraint("inspection_published", "published"),
            rough_day_constraint("inspection_term_ends", "term_ends"),
            models.CheckConstraint(
                name="inspection_days_have_a_source",
                condition=(Q(announced_on__isnull=True) | Q(announced_source__isnull=False))
                & (Q(fieldwork_on__isnull=True) | Q(fieldwork_source__isnull=False))
                & (Q(planned_on__isnull=True) | Q(planned_source__isnull=False))
                & (Q(published_on__isnull=True) | Q(published_source__isnull=False))
                & (Q(term_ends_on__isnull=True) | Q(term_ends_source__isnull=False)),
            ),
            models.CheckConstraint(
                name="inspection_judged_when_published",
                condition=Q(published_on__isnull=False)
                | Q(judgement=Judgement.NOT_JUDGED, measure=Measure.NONE),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def announced(self) -> ImpreciseDay | None:
        """When it was announced."""
        return rough_day(self.announced_on, self.announced_precision)

    @property
    def fieldwork(self) -> ImpreciseDay | None:
        """When the inspectors came."""
        return rough_day(self.fieldwork_on, self.fieldwork_precision)

    @property
    def planned(self) -> ImpreciseDay | None:
        """When its report was expected."""
        return rough_day(self.planned_on, self.planned_precision)

    @property
    def published(self) -> ImpreciseDay | None:
        """When its report came out."""
        return rough_day(self.published_on, self.published_precision)

    @property
    def term_ends(self) -> ImpreciseDay | None:
        """The last day of the term to improve in."""
        return rough_day(self.term_ends_on, self.term_ends_precision)
