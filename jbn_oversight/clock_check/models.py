"""Clocks that were found wrong, so that every process knows of each."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.clock_check.rules import MOST_APART
from jbn_oversight.history import Keeping

STANDS_FOR: Final = timedelta(minutes=3)
"""A process looks once a minute: what was not seen for so long has ended, or its process has."""


class DatabaseClock(Func):
    """The database's clock at this moment, also in the middle of a transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class WrongClockQuerySet(models.QuerySet["WrongClock"]):
    """Wrong clocks."""

    def standing(self) -> WrongClockQuerySet:
        """Those that were seen wrong a short while ago, by the database's own clock."""
        return self.filter(seen_at__gt=DatabaseClock() - STANDS_FOR)


class WrongClock(models.Model):
    """One process whose clock was wrong, or kept right by nothing, when it last looked.

    Gone once it is right again.
    """

    # A state of machines and not a record; the log keeps what was told.
    audit: ClassVar = Keeping.NONE
    machine = models.CharField(_("machine"), max_length=100)
    process = models.PositiveIntegerField(_("process"))
    seconds_ahead = models.FloatField(_("seconds ahead of the database"))
    synchronized = models.BooleanField(_("kept right by the kernel"), null=True)
    seen_at = models.DateTimeField(_("seen at"))
    """By the database's clock."""
    objects: ClassVar = WrongClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("wrong clock")
        verbose_name_plural = _("wrong clocks")
        ordering: ClassVar = ["machine", "process"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="wrong_clock_once", fields=["machine", "process"]),
            models.CheckConstraint(name="wrong_clock_named", condition=~Q(machine="")),
        ]

    def __str__(self) -> str:
        return self.machine

    @property
    def is_apart(self) -> bool:
        """Whether it differs from the database's by more than may be."""
        return abs(self.seconds_ahead) > MOST_APART.total_seconds()
