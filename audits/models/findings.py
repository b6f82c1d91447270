"""Findings: what was found against which requirement, why, and what a re-audit made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.models.audits import Audit
from audits.models.inspections import InspectedInstitution
from certification.models.certificates import CertificateCondition
from certification.models.documents import Passage
from certification.models.frameworks import NormTheme, Requirement
from certification.models.imprecise_days import (
    RoughDay,
    days_have_a_source,
    precision_field,
    rough_day_constraint,
    source_field,
)
from certification.models.sources import Source
from jbn_oversight import history as keeping
from jbn_oversight.constraints import exactly_one_of, holds, once
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class FindingCategory(models.Model):
    """A body's own word for how grave a finding is; editable, since the words change."""

    audit: ClassVar = keeping.Keeping.TRACKED
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="finding_categories", verbose_name=_("body")
    )
    code = models.SlugField(max_length=40)
    label = models.CharField(_("word"), max_length=100)
    is_shortcoming = models.BooleanField(_("a norm is not met"), default=True)
    position = models.PositiveSmallIntegerField(_("position"))
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["FindingCategory"].as_manager()

    class Meta:
        verbose_name = _("kind of finding")
        verbose_name_plural = _("kinds of findings")
        ordering = ["authority", "position"]
        constraints = [
            once(
                "finding_category_once",
                *("authority", "code"),
                field="label",
                says=_("This body has a word with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class FindingQuerySet(keeping.TrackedQuerySet["Finding"]):
    """Findings."""

    def of(self, institution: Institution) -> FindingQuerySet:
        """Those about one institution."""
        about = Q(found_in__institution=institution) | Q(inspected__institution=institution)
        return self.filter(about)


class Finding(models.Model):
    """One finding of one audit, or of one inspection of one institution: never of neither.

    An accepted deviation is a norm that is not met and that the body let pass, with its reason.
    """

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    found_in = models.ForeignKey(
        Audit, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    inspected = models.ForeignKey(
        InspectedInstitution, models.PROTECT, null=True, blank=True, related_name="norm_findings"
    )
    reference = models.CharField(_("number in the report"), max_length=40, blank=True)
    theme = models.ForeignKey(NormTheme, models.PROTECT, null=True, blank=True, related_name="+")
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    category = models.ForeignKey(
        FindingCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("category, in the body's own word"),
    )
    text = models.TextField(_("what was found"), max_length=5000, validators=[no_personal_numbers])
    due_on = models.DateField(_("to be mended by"), null=True, blank=True)
    due_precision = precision_field()
    due_source = source_field()
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", verbose_name=_("source of the finding")
    )
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("passage"),
        help_text=_(
            "The words that this finding rests on, quoted in the register. Papers under embargo "
            "are not offered."
        ),
    )
    deviation_accepted = models.BooleanField(_("the body accepted this deviation"), default=False)
    deviation_rationale = models.TextField(
        _("why it was accepted"), max_length=5000, blank=True, validators=[no_personal_numbers]
    )
    conditions = models.ManyToManyField(
        CertificateCondition,
        related_name="findings",
        blank=True,
        verbose_name=_("condition of a certificate that it belongs to"),
    )
    history = HistoricalRecords(m2m_fields=[conditions])
    objects: ClassVar = FindingQuerySet.as_manager()
    due = RoughDay("due")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [
            exactly_one_of("finding_has_an_origin", "found_in", "inspected"),
            once(
                "finding_of_an_audit_once",
                *("found_in", "reference"),
                where=~Q(reference=""),
                field="reference",
                says=_("Another finding of this audit has this number. Give each its own."),
            ),
            once(
                "finding_of_an_inspection_once",
                *("inspected", "reference"),
                where=~Q(reference=""),
                field="reference",
                says=_("Another finding of this inspection has this number. Give each its own."),
            ),
            models.CheckConstraint(name="finding_says_something", condition=~Q(text="")),
            rough_day_constraint("finding_due", "due"),
            days_have_a_source("finding_days_have_a_source", "due"),
            holds(
                "finding_deviation_has_a_reason",
                Q(deviation_accepted=False, deviation_rationale="")
                | (Q(deviation_accepted=True) & ~Q(deviation_rationale="")),
                field="deviation_rationale",
                says=_("A deviation that was accepted has a reason, and no other has one."),
            ),
            models.CheckConstraint(
                name="finding_of_an_audit_has_a_category",
                condition=Q(found_in__isnull=True) | Q(category__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}".strip()


class ReviewOutcome(models.TextChoices):
    """What a later audit made of a finding."""

    CLOSED = "closed", _("closed")
    STILL_OPEN = "still_open", _("still open")
    REOPENED = "reopened", _("opened again")


class FindingReview(models.Model):
    """A later audit's judgement on a finding; the last one says how it stands."""

    audit: ClassVar = keeping.Keeping.TRACKED
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="reviews")
    re_audit = models.ForeignKey(Audit, models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("outcome"), max_length=10, choices=ReviewOutcome.choices)
    remark = models.TextField(_("remark"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["FindingReview"].as_manager()

    class Meta:
        verbose_name = _("judgement at a re-audit")
        verbose_name_plural = _("judgements at re-audits")
        ordering = ["re_audit__outcome_on", "re_audit__held_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="finding_review_once", fields=["finding", "re_audit"])
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class CauseKind(models.TextChoices):
    """Where a cause lies."""

    STAFF = "staff", _("staff")
    METHOD = "method", _("way of working")
    STEERING = "steering", _("management and information")
    CHAIN = "chain", _("partners in the chain")
    SYSTEM = "system", _("the system itself")
    MONEY = "money", _("money")
    OTHER = "other", _("other")


class Cause(models.Model):
    """Why it came to a finding, as far as somebody found out, and who says so."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="causes")
    kind = models.CharField(_("kind of cause"), max_length=10, choices=CauseKind.choices)
    text = models.CharField(_("cause"), max_length=500, validators=[no_personal_numbers])
    source = source_field(_("who says so"))
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["Cause"].as_manager()

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        ordering = ["pk"]
        constraints = [
            once(
                "cause_once",
                *("finding", "text"),
                field="text",
                says=_("This cause stands here already."),
            )
        ]

    def __str__(self) -> str:
        return self.text
