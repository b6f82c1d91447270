"""Compliance runs: a row is the truth about a run, a message only nudges it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.clock import months_between
from jbn_oversight.constraints import dates_in_order, state_iff
from jbn_oversight.history import Keeping
from jbn_oversight.jobs.models import JobQuerySet, LongJob
from jbn_oversight.organisations.models import Institution
from jbn_oversight.public_id import PublicIdField


class RunState(models.TextChoices):
    """Where a run is."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", _("failed")


class RunStep(models.TextChoices):
    """What a run is doing."""

    NOTHING = "", _("not started")
    WAITING = "waiting", _("waiting for another import or run of this institution")
    READING = "reading", _("reading the facts")
    COUNTING = "counting", _("counting and judging")
    WRITING = "writing", _("writing what changed")
    DONE = "done", _("done")


class RunReason(models.TextChoices):
    """Why a run was asked for."""

    PERSON = "person", _("asked for by a person")
    COMMAND = "command", _("asked for by a command on the server")
    DELIVERY = "delivery", _("new facts came in")
    SWEEPER = "sweeper", _("facts had not been computed yet")


class ComplianceRunQuerySet(JobQuerySet["ComplianceRun"]):
    """Runs."""

    def covering(self, institution: Institution, first: date, last: date) -> ComplianceRunQuerySet:
        """Runs of the institution that cover at least one of the months."""
        return self.filter(institution=institution, period_from__lte=last, period_until__gte=first)


class ComplianceRun(LongJob):
    """One computing of an institution's months."""

    # A run is a log of itself: who asked, when, with which inputs, and how it ended.
    audit: ClassVar = Keeping.NONE
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="runs")
    period_from = models.DateField(_("from month"))
    period_until = models.DateField(_("until month (included)"))
    reason = models.CharField(_("reason"), max_length=10, choices=RunReason)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.QUEUED)
    step = models.CharField(_("step"), max_length=10, choices=RunStep, blank=True)
    requested_at = models.DateTimeField(_("asked for at"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    inputs = models.JSONField(_("inputs"), default=dict, blank=True)
    inputs_sha256 = models.CharField(_("hash of the inputs"), max_length=64, blank=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    changed = models.JSONField(_("cells written"), default=dict, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    objects: ClassVar = ComplianceRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("compliance run")
        verbose_name_plural = _("compliance runs")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["institution", "-requested_at"], name="run_recent")]
        constraints = [
            dates_in_order("run_period", "period_from", "period_until"),
            models.CheckConstraint(
                name="run_whole_months", condition=Q(period_from__day=1, period_until__day=1)
            ),
            models.CheckConstraint(name="run_progress", condition=Q(progress__lte=100)),
            state_iff("run_finished", "state", ("succeeded", "failed"), "finished_at"),
            dates_in_order("run_times", "requested_at", "finished_at"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.period_from:%Y-%m} / {self.period_until:%Y-%m}"

    @property
    def months(self) -> list[date]:
        """First days of the months that the run computes."""
        return months_between(self.period_from, self.period_until)
