"""Studies by outsiders: who ordered them, what they cost, and what they recommend."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.models.inspections import InspectedInstitution
from certification.models.documents import Document, Passage
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
from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, exactly_one_of, holds, once
from jbn_oversight.organisations.models import Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass

STEPS_IN_ORDER: Final = _("This day lies before the step that comes first. Change one of the days.")
NUMBER_TAKEN: Final = _("Another recommendation has this number. Give each its own.")


class Study(models.Model):
    """An assignment to an outsider. Amounts are in euros, value-added tax as the source has it."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="studies")
    researcher = models.CharField(_("researcher"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    ordered_on = models.DateField(_("ordered"), null=True, blank=True)
    ordered_precision = precision_field()
    ordered_source = source_field()
    delivered_on = models.DateField(_("delivered"), null=True, blank=True)
    delivered_precision = precision_field()
    delivered_source = source_field()
    public_on = models.DateField(_("made public"), null=True, blank=True)
    public_precision = precision_field()
    public_source = source_field()
    cost = models.DecimalField(
        _("cost in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    cost_source = source_field(_("source of the cost"))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studies",
        verbose_name=_("document in the register"),
    )
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["Study"].as_manager()
    ordered = RoughDay("ordered")
    delivered = RoughDay("delivered")
    public = RoughDay("public")

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["ordered_on", "pk"]
        constraints = [
            once(
                "study_once",
                "institution",
                "researcher",
                "title",
                field="title",
                says=_("This study is here already."),
            ),
            *(
                rough_day_constraint(f"study_{stem}", stem)
                for stem in ("ordered", "delivered", "public")
            ),
            rough_days_in_order(
                "study_ordered_before_delivered", "ordered", "delivered", says=STEPS_IN_ORDER
            ),
            rough_days_in_order(
                "study_delivered_before_public", "delivered", "public", says=STEPS_IN_ORDER
            ),
            days_have_a_source("study_days_have_a_source", "ordered", "delivered", "public"),
            holds(
                "study_cost",
                Q(cost__isnull=True) | Q(cost__gte=0, cost_source__isnull=False),
                field="cost",
                says=_("A cost is nought or more, and has the source that names it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.researcher}: {self.title}"


class StudyCommissioner(models.Model):
    """One party that ordered a study, as one source has it; sources may disagree."""

    audit: ClassVar = keeping.Keeping.TRACKED
    study = models.ForeignKey(Study, models.CASCADE, related_name="commissioners")
    name = models.CharField(_("commissioner"), max_length=200)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["StudyCommissioner"].as_manager()

    class Meta:
        verbose_name = _("commissioner")
        verbose_name_plural = _("commissioners")
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="study_commissioner_once", fields=["study", "name", "source"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecommendationAnswer(models.TextChoices):
    """What was done with a recommendation."""

    OPEN = "open", _("not decided yet")
    ADOPTED = "adopted", _("adopted")
    ADAPTED = "adapted", _("adapted")
    REJECTED = "rejected", _("rejected")


class RecommendationQuerySet(keeping.TrackedQuerySet["Recommendation"]):
    """Recommendations."""

    def of(self, institution: Institution) -> RecommendationQuerySet:
        """Those about one institution."""
        about = Q(study__institution=institution) | Q(inspected__institution=institution)
        return self.filter(about)


class Recommendation(models.Model):
    """A recommendation of a study or an inspection, and what was decided about it."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    study = models.ForeignKey(
        Study, models.CASCADE, null=True, blank=True, related_name="recommendations"
    )
    inspected = models.ForeignKey(
        InspectedInstitution,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recommendations",
    )
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    text = models.TextField(
        _("recommendation"), max_length=2000, help_text=_("In short and in your own words.")
    )
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(
        _("decided"),
        max_length=8,
        choices=RecommendationAnswer.choices,
        default=RecommendationAnswer.OPEN,
    )
    reason = models.TextField(
        _("reason"), max_length=2000, blank=True, validators=[no_personal_numbers]
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["number", "pk"]
        constraints = [
            exactly_one_of("recommendation_has_an_origin", "study", "inspected"),
            once("recommendation_of_a_study", "study", "number", field="number", says=NUMBER_TAKEN),
            once(
                "recommendation_of_an_inspection",
                "inspected",
                "number",
                field="number",
                says=NUMBER_TAKEN,
            ),
            both_or_neither("recommendation_answered_by_somebody", "answered_at", "answered_by"),
            models.CheckConstraint(
                name="recommendation_answered",
                condition=Q(answer=RecommendationAnswer.OPEN, answered_at__isnull=True)
                | (~Q(answer=RecommendationAnswer.OPEN) & Q(answered_at__isnull=False)),
            ),
            holds(
                "recommendation_not_adopted_has_a_reason",
                Q(answer__in=(RecommendationAnswer.OPEN, RecommendationAnswer.ADOPTED))
                | ~Q(reason=""),
                field="reason",
                says=_("Say why it is not adopted as it stands."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
