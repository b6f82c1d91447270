"""Inspections: announced, carried out, published; each covers one or more institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
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
from jbn_oversight.constraints import holds, once
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass

MOST: Final = 5_000
"""Letters of a text that somebody types."""
TITLE_TAKEN: Final = _(
    "An inspection with this subject is here already. Change that one, or give this one a "
    "subject of its own."
)
FIELDWORK_FIRST: Final = _(
    "The field work lies before the announcement. Change one of the two days."
)
NAME_TAKEN: Final = _(
    "An institution with this name is in this inspection already. Change that one."
)
NOT_PUBLISHED: Final = _(
    "There is no report yet, as far as recorded. Record first on which day it was published."
)
TERM_FIRST: Final = _(
    "The term to improve ends before the measure was imposed. Change one of the two days."
)
LIFTED_FIRST: Final = _(
    "The measure would be lifted before it was imposed. Change one of the two days."
)
STILL_RUNNING: Final = _(
    "A measure of this kind is running already. Change that one, or record first when it was "
    "lifted."
)
NO_DAY_OF_A_VISIT: Final = _("Give the day on which the visit is due, or on which it was held.")


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
    authorities = models.ManyToManyField(
        Authority, related_name="inspections", verbose_name=_("who inspects")
    )
    title = models.CharField(
        _("subject"),
        max_length=200,
        unique=True,
        validators=[no_personal_numbers],
        help_text=_("What is inspected, in a few words. Each inspection has its own."),
        error_messages={"unique": TITLE_TAKEN},
    )
    covers = models.PositiveSmallIntegerField(
        _("number of institutions"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("How many institutions the inspection covers, this one included."),
    )
    framework = models.ForeignKey(
        NormFramework,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("norms that are measured"),
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
            rough_days_in_order(
                "inspection_announced_first", "announced", "fieldwork", says=FIELDWORK_FIRST
            ),
            days_have_a_source(
                "inspection_days_have_a_source", "announced", "fieldwork", "planned"
            ),
            holds(
                "inspection_covers_somebody",
                Q(covers__isnull=True) | Q(covers__gte=1),
                field="covers",
                says=_(
                    "An inspection covers at least one institution. Give the number, or leave it "
                    "out."
                ),
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
    name = models.CharField(
        _("name of the institution"),
        max_length=200,
        blank=True,
        validators=[no_personal_numbers],
        help_text=_("Only names that are public."),
    )
    published_on = models.DateField(_("report published"), null=True, blank=True)
    published_precision = precision_field()
    published_source = source_field()
    judgement = models.CharField(
        _("judgement as a whole"),
        max_length=12,
        choices=Judgement.choices,
        default=Judgement.UNKNOWN,
        help_text=_("In the words of the inspectorates. Choose not known where it is not public."),
    )
    findings = models.TextField(
        _("summary of the findings"),
        max_length=MOST,
        blank=True,
        validators=[no_personal_numbers],
        help_text=_("In your own words."),
    )
    no_measure = models.BooleanField(_("the report says that no measure follows"), default=False)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("the report in the register"),
    )
    history = HistoricalRecords()
    objects: ClassVar = InspectedInstitutionQuerySet.as_manager()
    published = RoughDay("published")

    class Meta:
        verbose_name = _("inspected institution")
        verbose_name_plural = _("inspected institutions")
        ordering = ["inspection", "pk"]
        constraints = [
            once(
                "inspected_once",
                *("inspection", "institution"),
                field="name",
                says=_("This institution is in this inspection already. Change that one."),
            ),
            once(
                "inspected_name_once",
                *("inspection", "name"),
                where=~Q(name=""),
                field="name",
                says=NAME_TAKEN,
            ),
            holds(
                "inspected_is_somebody",
                Q(institution__isnull=False, name="") | (Q(institution__isnull=True) & ~Q(name="")),
                field="name",
                says=_("Give the name of the institution."),
            ),
            rough_day_constraint("inspected_published", "published"),
            days_have_a_source("inspected_days_have_a_source", "published"),
            holds(
                "inspected_judged_when_published",
                Q(published_on__isnull=False)
                | Q(judgement__in=WITHOUT_JUDGEMENT, findings="", no_measure=False),
                field="published",
                says=NOT_PUBLISHED,
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
            once(
                "norm_verdict_once",
                *("inspected", "theme"),
                field="",
                says=_("There is a verdict on this norm already. Change that one."),
            )
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
    reason = models.TextField(
        _("reason"),
        max_length=MOST,
        blank=True,
        validators=[no_personal_numbers],
        help_text=_("In your own words."),
    )
    imposed_on = models.DateField(_("imposed"))
    imposed_precision = precision_field()
    imposed_source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    term_ends_on = models.DateField(
        _("last day to improve"),
        null=True,
        blank=True,
        help_text=_("The last day that still counts, as the source writes it."),
    )
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
            once(
                "supervision_once",
                *("inspected", "kind", "imposed_on"),
                field="imposed",
                says=_(
                    "This measure is recorded already: the same kind on the same day. Change that "
                    "one."
                ),
            ),
            holds(
                "supervision_is_a_measure",
                ~Q(kind=SupervisoryMeasure.NONE),
                field="kind",
                says=_("Choose a measure. If none was imposed, say so with the report."),
            ),
            *(
                rough_day_constraint(f"supervision_{stem}", stem)
                for stem in ("imposed", "term_ends", "ended")
            ),
            once(
                "supervision_one_running_of_a_kind",
                *("inspected", "kind"),
                where=Q(ended_on__isnull=True),
                field="kind",
                says=STILL_RUNNING,
            ),
            rough_days_in_order(
                "supervision_term_after_it_began", "imposed", "term_ends", says=TERM_FIRST
            ),
            rough_days_in_order(
                "supervision_ended_after_it_began", "imposed", "ended", says=LIFTED_FIRST
            ),
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
    months = models.PositiveSmallIntegerField(
        _("or the term in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", verbose_name=_("who says so")
    )
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["MeasureClaim"].as_manager()
    claimed = RoughDay("claimed")

    class Meta:
        verbose_name = _("what another source says")
        verbose_name_plural = _("what other sources say")
        ordering = ["about", "pk"]
        constraints = [
            once(
                "measure_claim_once",
                *("measure", "about", "source"),
                field="from_source",
                says=_("What this source says of this is recorded already. Change that one."),
            ),
            rough_day_constraint("measure_claim_claimed", "claimed"),
            holds(
                "measure_claim_a_day_or_months",
                Q(claimed_on__isnull=False, months__isnull=True)
                | Q(
                    claimed_on__isnull=True,
                    months__isnull=False,
                    months__gte=1,
                    about=ClaimAbout.TERM,
                ),
                field="claimed",
                says=_("Give either a day or, for the term, a number of months. Not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.source}"


class SupervisionVisit(models.Model):
    """A visit that a measure asks for: due, and held or not. Unannounced ones have no due day."""

    audit: ClassVar = keeping.Keeping.TRACKED
    measure = models.ForeignKey(SupervisionMeasure, models.CASCADE, related_name="visits")
    due_on = models.DateField(
        _("due"), null=True, blank=True, help_text=_("Empty where the visit is unannounced.")
    )
    due_precision = precision_field()
    due_source = source_field()
    held_on = models.DateField(_("held"), null=True, blank=True)
    held_precision = precision_field()
    held_source = source_field()
    remark = models.TextField(
        _("remark"), max_length=1000, blank=True, validators=[no_personal_numbers]
    )
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
            holds(
                "visit_has_a_day",
                Q(due_on__isnull=False) | Q(held_on__isnull=False),
                field="due",
                says=NO_DAY_OF_A_VISIT,
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
    text = models.TextField(
        _("what it says"),
        max_length=MOST,
        validators=[no_personal_numbers],
        help_text=_("In your own words."),
    )
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["InterimMessage"].as_manager()
    sent = RoughDay("sent")

    class Meta:
        verbose_name = _("interim message")
        verbose_name_plural = _("interim messages")
        ordering = ["sent_on", "pk"]
        constraints = [
            rough_day_constraint("interim_message_sent", "sent"),
            once(
                "interim_message_once",
                *("inspection", "sent_on", "sent_source"),
                field="sent",
                says=_(
                    "A message of this day from this source is recorded already. Change that one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text
