"""Inspections: announced, carried out, published; each covers one or more institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.models.documents import Document
from certification.models.frameworks import NormFramework, NormTheme
from certification.models.imprecise_days import (
    RoughDay,
    days_have_a_source,
    precision_field,
    rough_day_constraint,
    rough_days_in_order,
    source_field,
)
from certification.models.sources import Source
from jbn_oversight import history as keeping
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class Judgement(models.TextChoices):
    """The inspectorate's own scale. It is never held against the certifying body's."""

    MEETS = "meets", _("meets the norms")
    MOSTLY_MEETS = "mostly_meets", _("meets most of the norms")
    MOSTLY_FAILS = "mostly_fails", _("does not meet most of the norms")
    FAILS = "fails", _("does not meet the norms")
    NOT_JUDGED = "not_judged", _("not judged")
    FALLS_SHORT = "falls_short", _("falls short, the step is not public")
    """Not a step of the scale: what is known where only others tell of a report."""
    UNKNOWN = "unknown", _("not known")
    """Nobody here knows it. Something else than not judged."""


ON_THE_SCALE: Final = (
    Judgement.MEETS,
    Judgement.MOSTLY_MEETS,
    Judgement.MOSTLY_FAILS,
    Judgement.FAILS,
)
"""The four steps, the best first."""
WITHOUT_JUDGEMENT: Final = (Judgement.NOT_JUDGED, Judgement.UNKNOWN)


class SupervisoryMeasure(models.TextChoices):
    """What an inspectorate, or the minister, can lay on an institution (Jeugdwet 9.3)."""

    NONE = "none", _("no measure")
    INTENSIFIED = "intensified", _("intensified supervision")
    HEIGHTENED = "heightened", _("heightened supervision")
    INSTRUCTION = "instruction", _("written instruction")
    ORDER = "order", _("order")


class Inspection(models.Model):
    """One inspection by one or more inspectorates."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    authorities = models.ManyToManyField(Authority, related_name="inspections")
    title = models.CharField(_("subject"), max_length=200, unique=True)
    covers = models.PositiveSmallIntegerField(_("number of institutions"), null=True, blank=True)
    framework = models.ForeignKey(
        NormFramework, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    announced_on = models.DateField(_("announced"), null=True, blank=True)
    announced_precision = precision_field()
    announced_source = source_field()
    fieldwork_on = models.DateField(_("field work"), null=True, blank=True)
    fieldwork_precision = precision_field()
    fieldwork_source = source_field()
    planned_on = models.DateField(_("report expected"), null=True, blank=True)
    planned_precision = precision_field()
    planned_source = source_field()
    history = HistoricalRecords(m2m_fields=[authorities])
    objects: ClassVar = keeping.TrackedQuerySet["Inspection"].as_manager()
    announced = RoughDay("announced")
    fieldwork = RoughDay("fieldwork")
    planned = RoughDay("planned")

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-announced_on", "-pk"]
        constraints = [
            rough_day_constraint("inspection_announced", "announced"),
            rough_day_constraint("inspection_fieldwork", "fieldwork"),
            rough_day_constraint("inspection_planned", "planned"),
            rough_days_in_order("inspection_announced_first", "announced", "fieldwork"),
            days_have_a_source(
                "inspection_days_have_a_source", "announced", "fieldwork", "planned"
            ),
            models.CheckConstraint(
                name="inspection_covers_somebody",
                condition=Q(covers__isnull=True) | Q(covers__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InspectedInstitutionQuerySet(keeping.TrackedQuerySet["InspectedInstitution"]):
    """Institutions in inspections."""

    def of(self, institution: Institution) -> InspectedInstitutionQuerySet:
        """Where one institution was inspected, the latest report first, with what a page shows."""
        stems = ("announced", "fieldwork", "planned")
        rows = self.filter(institution=institution).select_related(
            "published_source", *(f"inspection__{stem}_source" for stem in stems)
        )
        rows = rows.prefetch_related(
            "inspection__authorities__names",
            "measures__imposed_source",
            "measures__term_ends_source",
            "measures__ended_source",
        )
        return rows.order_by("-published_on", "-pk")


class InspectedInstitution(models.Model):
    """One institution in an inspection, with the verdict on it alone.

    Institutions that nobody here oversees are known by name only, or not even that: an
    inspection of five may have rows for two. What is not known stays blank.
    """

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="institutions")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    published_on = models.DateField(_("report published"), null=True, blank=True)
    published_precision = precision_field()
    published_source = source_field()
    judgement = models.CharField(
        _("judgement"), max_length=12, choices=Judgement.choices, default=Judgement.UNKNOWN
    )
    findings = models.TextField(_("summary of the findings"), blank=True)
    no_measure = models.BooleanField(_("the report says that no measure follows"), default=False)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    history = HistoricalRecords()
    objects: ClassVar = InspectedInstitutionQuerySet.as_manager()
    published = RoughDay("published")

    class Meta:
        verbose_name = _("inspected institution")
        verbose_name_plural = _("inspected institutions")
        ordering = ["inspection", "pk"]
        constraints = [
            models.UniqueConstraint(name="inspected_once", fields=["inspection", "institution"]),
            models.UniqueConstraint(
                name="inspected_name_once",
                fields=["inspection", "name"],
                condition=~Q(name=""),
            ),
            models.CheckConstraint(
                name="inspected_is_somebody",
                condition=Q(institution__isnull=False, name="")
                | (Q(institution__isnull=True) & ~Q(name="")),
            ),
            rough_day_constraint("inspected_published", "published"),
            days_have_a_source("inspected_days_have_a_source", "published"),
            models.CheckConstraint(
                name="inspected_judged_when_published",
                condition=Q(published_on__isnull=False)
                | Q(judgement__in=WITHOUT_JUDGEMENT, findings="", no_measure=False),
            ),
        ]

    def __str__(self) -> str:
        return self.institution.name if self.institution else self.name


class NormVerdict(models.Model):
    """The inspectorate's verdict on one norm (a theme of its framework)."""

    audit: ClassVar = keeping.Keeping.TRACKED
    inspected = models.ForeignKey(InspectedInstitution, models.CASCADE, related_name="verdicts")
    theme = models.ForeignKey(NormTheme, models.PROTECT, related_name="verdicts")
    verdict = models.CharField(
        _("judgement"), max_length=12, choices=Judgement.choices, default=Judgement.NOT_JUDGED
    )
    remark = models.TextField(_("remark"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["NormVerdict"].as_manager()

    class Meta:
        verbose_name = _("verdict on a norm")
        verbose_name_plural = _("verdicts on norms")
        ordering = ["theme__position"]
        constraints = [
            models.UniqueConstraint(name="norm_verdict_once", fields=["inspected", "theme"])
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.get_verdict_display()}"


class SupervisionMeasure(models.Model):
    """A measure with its term. ``term_ends`` is the last day to improve in, as it was set;
    ``ended`` the day on which the measure was lifted."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    inspected = models.ForeignKey(InspectedInstitution, models.CASCADE, related_name="measures")
    kind = models.CharField(_("measure"), max_length=12, choices=SupervisoryMeasure.choices)
    reason = models.TextField(_("reason"), blank=True)
    imposed_on = models.DateField(_("imposed"))
    imposed_precision = precision_field()
    imposed_source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    term_ends_on = models.DateField(_("end of the term to improve"), null=True, blank=True)
    term_ends_precision = precision_field()
    term_ends_source = source_field()
    ended_on = models.DateField(_("lifted"), null=True, blank=True)
    ended_precision = precision_field()
    ended_source = source_field()
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["SupervisionMeasure"].as_manager()
    imposed = RoughDay("imposed")
    term_ends = RoughDay("term_ends")
    ended = RoughDay("ended")

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["imposed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="supervision_once", fields=["inspected", "kind", "imposed_on"]
            ),
            models.CheckConstraint(
                name="supervision_is_a_measure", condition=~Q(kind=SupervisoryMeasure.NONE)
            ),
            *(
                rough_day_constraint(f"supervision_{stem}", stem)
                for stem in ("imposed", "term_ends", "ended")
            ),
            models.UniqueConstraint(
                name="supervision_one_running_of_a_kind",
                fields=["inspected", "kind"],
                condition=Q(ended_on__isnull=True),
            ),
            rough_days_in_order("supervision_term_after_it_began", "imposed", "term_ends"),
            rough_days_in_order("supervision_ended_after_it_began", "imposed", "ended"),
            days_have_a_source("supervision_days_have_a_source", "term_ends", "ended"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ClaimAbout(models.TextChoices):
    """What of a measure another source tells differently."""

    IMPOSED = "imposed", _("the day on which it was imposed")
    TERM = "term", _("the term to improve")


class MeasureClaim(models.Model):
    """What another source says of a measure; it stays visible beside what the measure keeps.

    Either a day, or for the term a number of months: never made into one where the source does
    not.
    """

    audit: ClassVar = keeping.Keeping.TRACKED
    measure = models.ForeignKey(SupervisionMeasure, models.CASCADE, related_name="claims")
    about = models.CharField(_("about"), max_length=8, choices=ClaimAbout.choices)
    claimed_on = models.DateField(_("day that it names"), null=True, blank=True)
    claimed_precision = precision_field()
    months = models.PositiveSmallIntegerField(_("months that it names"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["MeasureClaim"].as_manager()
    claimed = RoughDay("claimed")

    class Meta:
        verbose_name = _("what another source says")
        verbose_name_plural = _("what other sources say")
        ordering = ["about", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="measure_claim_once", fields=["measure", "about", "source"]
            ),
            rough_day_constraint("measure_claim_claimed", "claimed"),
            models.CheckConstraint(
                name="measure_claim_a_day_or_months",
                condition=Q(claimed_on__isnull=False, months__isnull=True)
                | Q(
                    claimed_on__isnull=True,
                    months__isnull=False,
                    months__gte=1,
                    about=ClaimAbout.TERM,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.source}"


class SupervisionVisit(models.Model):
    """A visit that a measure asks for: due, and held or not. Unannounced ones have no due day."""

    audit: ClassVar = keeping.Keeping.TRACKED
    measure = models.ForeignKey(SupervisionMeasure, models.CASCADE, related_name="visits")
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_precision = precision_field()
    due_source = source_field()
    held_on = models.DateField(_("held"), null=True, blank=True)
    held_precision = precision_field()
    held_source = source_field()
    remark = models.TextField(_("remark"), blank=True)
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["SupervisionVisit"].as_manager()
    due = RoughDay("due")
    held = RoughDay("held")

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["due_on", "held_on", "pk"]
        constraints = [
            rough_day_constraint("visit_due", "due"),
            rough_day_constraint("visit_held", "held"),
            days_have_a_source("visit_days_have_a_source", "due", "held"),
            models.CheckConstraint(
                name="visit_has_a_day",
                condition=Q(due_on__isnull=False) | Q(held_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.held or self.due)


class InterimMessage(models.Model):
    """What the inspectorates told before, or beside, the report (a *tussenbericht*)."""

    audit: ClassVar = keeping.Keeping.TRACKED
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="messages")
    sent_on = models.DateField(_("sent"))
    sent_precision = precision_field()
    sent_source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    text = models.TextField(_("what it says"))
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["InterimMessage"].as_manager()
    sent = RoughDay("sent")

    class Meta:
        verbose_name = _("interim message")
        verbose_name_plural = _("interim messages")
        ordering = ["sent_on", "pk"]
        constraints = [
            rough_day_constraint("interim_message_sent", "sent"),
            models.UniqueConstraint(
                name="interim_message_once", fields=["inspection", "sent_on", "sent_source"]
            ),
        ]

    def __str__(self) -> str:
        return self.text
