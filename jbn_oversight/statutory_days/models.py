"""Days equated with general holidays by royal decree (Algemene termijnenwet art. 3(3)).

They can't be computed, only known; the list says for which span of days it is complete.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.constraints import dates_in_order
from jbn_oversight.history import Keeping, TrackedQuerySet


class EquatedDay(models.Model):
    """One day that a decree equates with a general holiday."""

    audit: ClassVar = Keeping.TRACKED
    day = models.DateField(_("day"), unique=True)
    source = models.CharField(_("source"), max_length=300)
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["EquatedDay"].as_manager()

    class Meta:
        verbose_name = _("equated day")
        verbose_name_plural = _("equated days")
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class EquatedDayList(models.Model):
    """A span for which the equated days are known, both days included."""

    audit: ClassVar = Keeping.TRACKED
    known_from = models.DateField(_("known from"))
    known_until = models.DateField(_("known until"))
    source = models.CharField(_("source"), max_length=300)
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["EquatedDayList"].as_manager()

    class Meta:
        verbose_name = _("list of equated days")
        verbose_name_plural = _("lists of equated days")
        ordering = ["known_from"]
        constraints = [dates_in_order("equated_list_dates", "known_from", "known_until")]

    def __str__(self) -> str:
        return f"{self.known_from} / {self.known_until}"
