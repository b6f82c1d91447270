"""Plans to improve, their actions, and the evidence that something was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.models.findings import Cause, Finding
from audits.models.studies import Recommendation, Study
from certification.models.documents import Document
from certification.models.imprecise_days import (
    RoughDay,
    days_have_a_source,
    precision_field,
    rough_day_constraint,
    source_field,
)
from jbn_oversight import history as keeping
from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import dates_in_order, holds, once
from jbn_oversight.files.models import StoredFile
from jbn_oversight.organisations.models import Institution
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    from datetime import date


def _amsterdam_day(column: str) -> Func:
    """In SQL the Amsterdam day of an instant, without asking for the session's time zone."""
    return Func(
        F(column),
        template="(%(expressions)s AT TIME ZONE 'Europe/Amsterdam')::date",
        output_field=models.DateField(),
    )


class PlanKind(models.TextChoices):
    """Whose plan it is and what for."""

    ACTION_PLAN = "action_plan", _("action plan")
    RECOVERY_PLAN = "recovery_plan", _("recovery plan")
    IMPROVEMENT_PLAN = "improvement_plan", _("improvement plan")


class PlanTheme(models.Model):
    """A theme that plans are about, as data."""

    audit: ClassVar = keeping.Keeping.TRACKED
    code = models.SlugField(unique=True)
    label = models.CharField(_("theme"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["PlanTheme"].as_manager()

    class Meta:
        verbose_name = _("theme of a plan")
        verbose_name_plural = _("themes of plans")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class Plan(models.Model):
    """A plan; ``based_on`` says on which earlier plans it builds."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plans")
    kind = models.CharField(_("kind"), max_length=16, choices=PlanKind.choices)
    title = models.CharField(_("title"), max_length=200)
    made_by = models.CharField(
        _("made by"), max_length=200, help_text=_("The office or the organisation.")
    )
    presented_on = models.DateField(_("presented"), null=True, blank=True)
    presented_precision = precision_field()
    presented_source = source_field()
    study = models.ForeignKey(
        Study,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("comes from the study"),
    )
    based_on = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="bases",
        blank=True,
        verbose_name=_("builds on"),
    )
    themes = models.ManyToManyField(
        PlanTheme, related_name="plans", blank=True, verbose_name=_("themes")
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("document in the register"),
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    history = HistoricalRecords(m2m_fields=[based_on, themes])
    objects: ClassVar = keeping.TrackedQuerySet["Plan"].as_manager()
    presented = RoughDay("presented")

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["presented_on", "pk"]
        constraints = [
            once(
                "plan_once",
                "institution",
                "title",
                field="title",
                says=_("A plan with this title is here already."),
            ),
            rough_day_constraint("plan_presented", "presented"),
            days_have_a_source("plan_days_have_a_source", "presented"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanActionQuerySet(keeping.TrackedQuerySet["PlanAction"]):
    """Actions."""

    def running(self) -> PlanActionQuerySet:
        """Those that are neither done nor dropped."""
        return self.filter(done_on=None, dropped_on=None)

    def overdue(self, on: date) -> PlanActionQuerySet:
        """Running ones whose last day lies before the (Amsterdam) day."""
        return self.running().filter(due_on__lt=on)


class PlanAction(models.Model):
    """Something to do: whose it is, by when, and which figure it should move.

    ``effort_hours`` in hours, ``cost`` in euros, ``progress`` in per cent. ``works_from`` is the
    first of the month from which the figure should show it.
    """

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plan_actions")
    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("plan"),
    )
    theme = models.ForeignKey(
        PlanTheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("theme"),
    )
    title = models.CharField(
        _("action"), max_length=300, help_text=_("What somebody will do, in one sentence.")
    )
    findings = models.ManyToManyField(
        Finding, related_name="actions", blank=True, verbose_name=_("for which findings")
    )
    causes = models.ManyToManyField(
        Cause, related_name="actions", blank=True, verbose_name=_("which causes it takes away")
    )
    recommendations = models.ManyToManyField(
        Recommendation,
        related_name="actions",
        blank=True,
        verbose_name=_("which recommendations it carries out"),
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner's account"),
        help_text=_("This person may report progress and is told when the action is overdue."),
    )
    owner_name = models.CharField(
        _("owner"), max_length=200, help_text=_("The office, such as: team leader intake.")
    )
    effort_hours = models.PositiveIntegerField(_("effort in hours"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    started_on = models.DateField(_("started"), null=True, blank=True)
    due_on = models.DateField(_("last day"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    dropped_on = models.DateField(_("dropped"), null=True, blank=True)
    dropped_reason = models.CharField(_("why it is dropped"), max_length=300, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("progress in per cent"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("From 0 to 99. What is done, you report below."),
    )
    kpi = models.CharField(_("figure that it should move"), max_length=30, blank=True)
    works_from = models.DateField(
        _("month from which it should show"),
        null=True,
        blank=True,
        help_text=_("For example 2025-03. From this month on the portal compares the figure."),
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    history = HistoricalRecords(m2m_fields=[findings, causes, recommendations])
    objects: ClassVar = PlanActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            once(
                "action_of_a_plan_once",
                "institution",
                "plan",
                "title",
                field="title",
                says=_("This plan has an action with these words already."),
            ),
            dates_in_order(
                "action_started_before_done",
                "started_on",
                "done_on",
                says=_("The action was done before it started. Change one of the days."),
            ),
            dates_in_order(
                "action_started_before_due",
                "started_on",
                "due_on",
                says=_("The last day lies before the start. Change one of the days."),
            ),
            holds(
                "action_progress",
                Q(progress__lte=100),
                field="progress",
                says=_("Progress is a number from 0 to 99."),
            ),
            models.CheckConstraint(
                name="action_done_is_whole",
                condition=Q(done_on__isnull=True) | Q(progress=100),
            ),
            models.CheckConstraint(
                name="action_done_or_dropped",
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True),
            ),
            holds(
                "action_dropped_has_a_reason",
                Q(dropped_on__isnull=True, dropped_reason="")
                | (Q(dropped_on__isnull=False) & ~Q(dropped_reason="")),
                field="dropped_reason",
                says=_("Say why the action is dropped."),
            ),
            holds(
                "action_cost",
                Q(cost__isnull=True) | Q(cost__gte=0),
                field="cost",
                says=_("A cost is nought or more."),
            ),
            holds(
                "action_whole_is_done",
                Q(progress__lt=100) | Q(done_on__isnull=False),
                field="progress",
                says=_("A hundred per cent is done. Report the action as done, with the day."),
            ),
            holds(
                "action_works_from_a_month",
                Q(works_from__isnull=True) | (Q(works_from__day=1) & ~Q(kpi="")),
                field="works_from",
                says=_(
                    "A month belongs to the figure that should show it. Choose the figure, and "
                    "give a whole month, such as 2025-03."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A paper that shows that an action was done; its bytes are its versions."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    action = models.ForeignKey(PlanAction, models.CASCADE, related_name="evidence")
    title = models.CharField(
        _("what it is"),
        max_length=200,
        help_text=_("The same words as before make a next version of that paper."),
    )
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["Evidence"].as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="evidence_once", fields=["action", "title"])]

    def __str__(self) -> str:
        return self.title


class EvidenceVersion(models.Model):
    """One state of a piece of evidence. After ``expires_on`` (the last good day) it is stale."""

    audit: ClassVar = keeping.Keeping.TRACKED
    public_id = PublicIdField()
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    expires_on = models.DateField(
        _("good up to and including"),
        null=True,
        blank=True,
        help_text=_("Leave empty where it does not expire."),
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = keeping.TrackedQuerySet["EvidenceVersion"].as_manager()

    class Meta:
        verbose_name = _("version of evidence")
        verbose_name_plural = _("versions of evidence")
        ordering = ["evidence", "-number"]
        constraints = [
            models.UniqueConstraint(name="evidence_number_once", fields=["evidence", "number"]),
            models.CheckConstraint(
                name="evidence_good_when_added",
                condition=Q(expires_on__isnull=True)
                | Q(GreaterThanOrEqual(F("expires_on"), _amsterdam_day("added_at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} ({self.number})"
