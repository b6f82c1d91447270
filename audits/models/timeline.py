"""The time line: one claim of one source per row; claims that clash are kept, both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.imprecise_days import ImpreciseDay
from certification.models.documents import Passage
from certification.models.imprecise_days import precision_field, rough_day_constraint
from certification.models.sources import Source
from jbn_oversight import history as keeping
from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, holds
from jbn_oversight.organisations.models import Authority, Institution
from jbn_oversight.personal_numbers import no_personal_numbers


class EventKind(models.TextChoices):
    """What kind of thing happened, or was to happen."""

    CERTIFICATE = "certificate", _("certificate")
    AUDIT = "audit", _("audit")
    INSPECTION = "inspection", _("inspection")
    STUDY = "study", _("study")
    PLAN = "plan", _("plan")
    MANAGEMENT = "management", _("management of the institution")
    POLITICS = "politics", _("municipalities and councils")


class TimelineEventQuerySet(keeping.TrackedQuerySet["TimelineEvent"]):
    """Claims."""

    def of(self, institution: Institution) -> TimelineEventQuerySet:
        """Those about one institution, in order of the days they name."""
        rows = self.filter(institution=institution).select_related("source", "authority")
        return rows.prefetch_related("authority__names").order_by("event_on", "pk")


class TimelineEvent(models.Model):
    """What one source says happened (or is planned) on a day that it names.

    ``carries_out`` ties what happened to what was planned; both rows stay.
    """

    audit: ClassVar = keeping.Keeping.TRACKED
    code = models.SlugField(max_length=60)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="timeline")
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices)
    claim = models.CharField(
        _("what the source says"),
        max_length=400,
        validators=[no_personal_numbers],
        help_text=_("In your own words, one sentence. No names of persons."),
    )
    event_on = models.DateField(_("day"))
    event_precision = precision_field()
    is_planned = models.BooleanField(
        _("this is planned"),
        default=False,
        help_text=_("The source says that it is to happen, not that it happened."),
    )
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline",
        verbose_name=_("whose act it is"),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="timeline")
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("passage"),
    )
    carries_out = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_out_by",
        verbose_name=_("carries out what was planned"),
        help_text=_("Planned and actual then stand beside each other; both stay."),
    )
    history = HistoricalRecords()
    objects: ClassVar = TimelineEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["event_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="event_code_once", fields=["institution", "code"]),
            rough_day_constraint("event_day", "event"),
            holds(
                "event_planned_carries_nothing_out",
                Q(is_planned=False) | Q(carries_out__isnull=True),
                field="carries_out",
                says=_("What is planned carries nothing out yet. Leave one of the two out."),
            ),
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def on(self) -> ImpreciseDay:
        """The day the source names."""
        return ImpreciseDay.of(self.event_on, self.event_precision)


class ContradictionQuerySet(keeping.TrackedQuerySet["Contradiction"]):
    """Contradictions."""

    def of(self, institution: Institution) -> ContradictionQuerySet:
        """Those about one institution, with the claims that clash and their sources."""
        rows = self.filter(institution=institution).order_by("code")
        return rows.prefetch_related("events__source")


class Decided(models.TextChoices):
    """Whom somebody believed, in the end."""

    ONE = "one", _("the first")
    OTHER = "other", _("the second")
    BOTH = "both", _("both: they tell of different things")
    NEITHER = "neither", _("neither")


class Contradiction(models.Model):
    """Sources that say different things about one matter. Both stay, also once decided."""

    audit: ClassVar = keeping.Keeping.TRACKED
    code = models.SlugField(max_length=60)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contradictions")
    matter = models.CharField(
        _("matter"),
        max_length=200,
        validators=[no_personal_numbers],
        help_text=_("What it is about, in a few words: the day of the first audit."),
    )
    one = models.CharField(
        _("one source says"),
        max_length=300,
        validators=[no_personal_numbers],
        help_text=_("In your own words, one sentence."),
    )
    one_source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", verbose_name=_("which source says this")
    )
    other = models.CharField(
        _("another source says"),
        max_length=300,
        validators=[no_personal_numbers],
        help_text=_("In your own words, one sentence."),
    )
    other_source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", verbose_name=_("which source says that")
    )
    handling = models.CharField(
        _("how the portal deals with it"),
        max_length=300,
        validators=[no_personal_numbers],
        help_text=_("What the portal shows as long as nobody decides."),
    )
    events = models.ManyToManyField(
        TimelineEvent,
        related_name="contradictions",
        blank=True,
        verbose_name=_("claims on the time line that clash"),
        help_text=_("All that take part in it. Each stays on the time line and links here."),
    )
    decided_for = models.CharField(_("decided"), max_length=8, choices=Decided.choices, blank=True)
    decided_reason = models.TextField(
        _("reason"),
        max_length=1000,
        blank=True,
        validators=[no_personal_numbers],
        help_text=_("Both claims stay. Everybody who sees the time line reads the reason."),
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords(m2m_fields=[events])
    objects: ClassVar = ContradictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="contradiction_code_once", fields=["institution", "code"]),
            both_or_neither("contradiction_decided_by_somebody", "decided_at", "decided_by"),
            models.CheckConstraint(
                name="contradiction_decided_with_a_reason",
                condition=Q(decided_at__isnull=True, decided_for="", decided_reason="")
                | (Q(decided_at__isnull=False) & ~Q(decided_for="") & ~Q(decided_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.matter
