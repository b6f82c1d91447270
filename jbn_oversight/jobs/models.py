"""What the rows of all queues have in common; each kind has its own table, words and states."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self, TypeVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.jobs.rules import LEASE, is_worn_out

J = TypeVar("J", bound="Job")


class JobQuerySet(models.QuerySet[J]):
    """Jobs of one kind."""

    def unfinished(self) -> Self:
        """What is not over."""
        return self.filter(self.model.OPEN)

    def due(self, at: datetime) -> Self:
        """What a sweeper takes: its pause is over, its message was lost or its worker is silent."""
        return self.unfinished().filter(next_try_at__lte=at)

    def free(self, at: datetime) -> Self:
        """What a message takes: whatever is not in living hands."""
        return self.unfinished().filter(~self.model.HELD | Q(next_try_at__lte=at))

    def still_held(self, job: Job) -> Self:
        """The job's row, unless it is over or another attempt took it since ``job`` was claimed."""
        return self.filter(self.model.HELD, pk=job.pk, attempts=job.attempts)


class Job(models.Model):
    """Work that a row asks for. See ``jbn_oversight.jobs`` for what it promises."""

    OPEN: ClassVar[Q]
    """Which rows wait or are worked on."""
    HELD: ClassVar[Q]
    """Which of these a worker may have; ``next_try_at`` says whether it lives."""
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    """How often it was claimed; also the number by which a worker knows its own claim."""
    next_try_at = models.DateTimeField()
    """When a sweeper takes it (again). Also the lease: claims and heartbeats put it off."""

    class Meta:
        abstract = True

    @property
    def is_worn_out(self) -> bool:
        """Whether it is not tried again by itself."""
        return is_worn_out(self.attempts)


class LongJob(Job):
    """A job that somebody watches: it has a state, says how far it is, and beats meanwhile.

    Its ``state`` has QUEUED and RUNNING among its choices, its ``step`` an empty one.
    """

    QUEUED: ClassVar = "queued"
    RUNNING: ClassVar = "running"
    OPEN = Q(finished_at=None)
    HELD = Q(state=RUNNING)
    state: models.CharField[str, str]
    step: models.CharField[str, str]
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.finished_at is not None

    @property
    def heartbeat_at(self) -> datetime:
        """When its worker showed last that it lives."""
        return self.next_try_at - LEASE

    def stands_still(self, at: datetime) -> bool:
        """Whether it lost its worker, at an aware instant, and waits for another."""
        return self.state == self.RUNNING and self.next_try_at <= at


def rows_like(job: J) -> JobQuerySet[J]:
    """All jobs of the same kind."""
    return cast(JobQuerySet[J], type(job)._default_manager.all())
