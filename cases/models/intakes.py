"""Attempts to deliver: the row is the truth about an upload, a message only nudges it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.deliveries import Delivery
from jbn_oversight.constraints import dates_in_order, state_iff
from jbn_oversight.history import Audit
from jbn_oversight.organisations.models import Institution
from jbn_oversight.public_id import PublicIdField

DEAD_AFTER: Final = timedelta(minutes=2)
"""A running import whose heart has not beaten for so long has lost its worker."""
LOST_AFTER: Final = timedelta(seconds=30)
"""A queued import that nobody took after so long has lost its message."""
SPOOLED_FOR: Final = timedelta(hours=1)
"""An upload waits no longer than this; then it is thrown away."""
MOST_ATTEMPTS: Final = 3
"""An import that lost its worker so often is given up."""


class IntakeState(models.TextChoices):
    """Where an attempt is."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("busy")
    ACCEPTED = "accepted", _("accepted")
    UNCHANGED = "unchanged", _("nothing changed")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


FINISHED: Final = (
    IntakeState.ACCEPTED,
    IntakeState.UNCHANGED,
    IntakeState.REFUSED,
    IntakeState.FAILED,
)


class IntakeStep(models.TextChoices):
    """What an import is doing."""

    NOTHING = "", _("not started")
    WAITING = "waiting", _("waiting for another import or run of this institution")
    READING = "reading", _("reading")
    CHECKING = "checking", _("checking")
    STORING = "storing", _("storing")
    DONE = "done", _("done")


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Attempts."""

    def lost(self, at: datetime) -> IntakeQuerySet:
        """Attempts that nobody works on: their message or their worker is gone."""
        return self.filter(
            Q(state=IntakeState.QUEUED, asked_at__lt=at - LOST_AFTER)
            | Q(state=IntakeState.RUNNING, heartbeat_at__lt=at - DEAD_AFTER)
        )

    def unfinished(self) -> IntakeQuerySet:
        """Attempts that may still need their file."""
        return self.exclude(state__in=FINISHED)


class Intake(models.Model):
    """One attempt to deliver. It holds no contents: problems name file, row and column only."""

    # An attempt is a log of itself: who, when, for which months, and how it ended.
    audit: ClassVar = Audit.NONE
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="intakes")
    period_from = models.DateField(_("from month"))
    period_until = models.DateField(_("until month (included)"))
    state = models.CharField(
        _("state"), max_length=10, choices=IntakeState, default=IntakeState.QUEUED
    )
    step = models.CharField(_("step"), max_length=10, choices=IntakeStep, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    spool_name = models.CharField(max_length=64, blank=True)
    """Name of the file in the spool; empty when it came from the server itself."""
    asked_at = models.DateTimeField(_("handed over at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
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
            models.CheckConstraint(
                name="intake_accepted_delivery",
                condition=Q(state__in=[IntakeState.ACCEPTED, IntakeState.UNCHANGED])
                ^ Q(delivery__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.period_from:%Y-%m} / {self.period_until:%Y-%m}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED
