"""Attempts to deliver: the row is the truth about an upload, a message only nudges it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _

from cases.models.deliveries import Delivery
from jbn_oversight.constraints import both_or_neither, dates_in_order, state_iff
from jbn_oversight.history import Keeping
from jbn_oversight.jobs.models import JobQuerySet, LongJob
from jbn_oversight.jobs.rules import is_worn_out
from jbn_oversight.organisations.models import Institution
from jbn_oversight.public_id import PublicIdField

LONG_WAIT: Final = timedelta(minutes=2)
"""After so long the page says since when a queued import waits."""


class IntakeState(models.TextChoices):
    """Where an attempt is."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("busy")
    ACCEPTED = "accepted", _("accepted")
    UNCHANGED = "unchanged", _("nothing changed")
    HELD = "held", _("waits for a decision")
    REJECTED = "rejected", _("sent back")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


FINISHED: Final = (
    IntakeState.ACCEPTED,
    IntakeState.UNCHANGED,
    IntakeState.HELD,
    IntakeState.REJECTED,
    IntakeState.REFUSED,
    IntakeState.FAILED,
)
STORED: Final = (
    IntakeState.ACCEPTED,
    IntakeState.UNCHANGED,
    IntakeState.HELD,
    IntakeState.REJECTED,
)
"""What was handed over stands in the database."""


DECIDED: Final = (*STORED, IntakeState.REFUSED)
"""The file was read and nothing more is to be done with it."""


class IntakeFailure(models.TextChoices):
    """Why an attempt stopped without a decision about its file."""

    FAULT = "fault", _("something went wrong on our side")
    LOST = "lost", _("it stopped again and again")
    GONE = "gone", _("the file is gone")
    OVERTAKEN = "overtaken", _("a newer delivery was accepted first")
    DISCARDED = "discarded", _("the file was thrown away")


class IntakeStep(models.TextChoices):
    """What an import is doing."""

    NOTHING = "", _("not started")
    WAITING = "waiting", _("waiting for another import or run of this institution")
    READING = "reading", _("reading")
    CHECKING = "checking", _("checking")
    STORING = "storing", _("storing")
    DONE = "done", _("done")


TURN: Final = Coalesce("restarted_at", "asked_at")
"""The moment by which those of one institution stand in line."""


class IntakeQuerySet(JobQuerySet["Intake"]):
    """Attempts."""

    def in_turn(self) -> IntakeQuerySet:
        """In the order in which they stand in line."""
        return self.order_by(TURN, "pk")

    def ahead_of(self, intake: Intake) -> IntakeQuerySet:
        """Uploads of the same institution that are to be read before this one."""
        earlier = Q(LessThan(TURN, intake.turn)) | Q(Exact(TURN, intake.turn), pk__lt=intake.pk)
        others = self.unfinished().filter(earlier, institution=intake.institution_id)
        return others.exclude(spool_name="").exclude(pk=intake.pk)

    def that_overtook(self, intake: Intake) -> IntakeQuerySet:
        """Later attempts for some of its months that were accepted already."""
        return self.filter(
            GreaterThan(TURN, intake.turn),
            institution=intake.institution_id,
            state__in=[IntakeState.ACCEPTED, IntakeState.UNCHANGED],
            period_from__lte=intake.period_until,
            period_until__gte=intake.period_from,
        )


class Intake(LongJob):
    """One attempt to deliver. It holds no contents: problems name file, row and column only."""

    # An attempt is a log of itself: who, when, for which months, and how it ended.
    audit: ClassVar = Keeping.NONE
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="intakes")
    period_from = models.DateField(_("from month"))
    period_until = models.DateField(_("until month (included)"))
    state = models.CharField(
        _("state"), max_length=10, choices=IntakeState, default=IntakeState.QUEUED
    )
    step = models.CharField(_("step"), max_length=10, choices=IntakeStep, blank=True)
    spool_name = models.CharField(max_length=64, blank=True)
    """Name of the file in the spool; empty when it came from the server itself."""
    asked_at = models.DateTimeField(_("handed over at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    failure = models.CharField(
        _("why it stopped"), max_length=10, choices=IntakeFailure, blank=True, default=""
    )
    """Empty too for what failed before the reason was kept."""
    restarted_at = models.DateTimeField(_("started again at"), null=True, blank=True)
    restarted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    restarted_from = models.PositiveSmallIntegerField(default=0)
    """As many attempts there had been when a person started it again, the last time."""
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who threw the file away, at ``finished_at``."""
    problems = models.JSONField(_("problems"), default=list, blank=True)
    problems_total = models.PositiveIntegerField(_("number of problems"), default=0)
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, blank=True, related_name="intakes"
    )
    objects: ClassVar = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt to deliver")
        verbose_name_plural = _("attempts to deliver")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["institution", "-asked_at"], name="intake_recent")]
        constraints = [
            models.CheckConstraint(name="intake_progress", condition=Q(progress__lte=100)),
            state_iff("intake_finished", "state", FINISHED, "finished_at"),
            dates_in_order("intake_times", "asked_at", "finished_at"),
            both_or_neither("intake_restarted_by_somebody", "restarted_at", "restarted_by"),
            models.CheckConstraint(
                name="intake_discarded_by_somebody",
                condition=Q(failure=IntakeFailure.DISCARDED) ^ Q(discarded_by__isnull=True),
            ),
            models.CheckConstraint(
                name="intake_failure_of_failed",
                condition=Q(failure="") | Q(state=IntakeState.FAILED),
            ),
            models.CheckConstraint(
                name="intake_accepted_delivery",
                condition=Q(state__in=STORED) ^ Q(delivery__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.period_from:%Y-%m} / {self.period_until:%Y-%m}"

    @property
    def turn(self) -> datetime:
        """The moment by which it stands in line."""
        return self.restarted_at or self.asked_at

    @property
    def is_worn_out(self) -> bool:
        """Whether it stops until a person says so; what came from the server is tried once."""
        return not self.spool_name or is_worn_out(self.attempts - self.restarted_from)

    def waits_long(self, at: datetime) -> bool:
        """Whether nobody took it for so long that its page says since when."""
        return self.state == IntakeState.QUEUED and self.turn < at - LONG_WAIT
