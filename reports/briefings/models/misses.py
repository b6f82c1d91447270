"""Addresses of briefings that were asked for in vain, and the alarms on guessing and reading."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField


class AddressMiss(models.Model):
    """One address of a paper, asked for by one source and answered with 404."""

    # Only counted, and purged after some days: an address says where somebody was.
    audit: ClassVar = Keeping.NONE
    address = models.GenericIPAddressField(null=True)
    account = models.CharField(max_length=32, blank=True)
    """Public id of who was signed in."""
    asked = models.CharField(max_length=64, default="")
    """Which address, as a keyed hash: enough to tell it from others, and no more."""
    is_there = models.BooleanField(default=False)
    """Asked by somebody not signed in, and real: no guess. A row all the same, so that neither
    the time of the answer nor the count of rows tells what is real."""
    at = models.DateTimeField()
    objects: ClassVar = models.Manager["AddressMiss"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="address_miss_address", fields=["address", "at"]),
            models.Index(name="address_miss_account", fields=["account", "at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AlarmKind(models.TextChoices):
    """What is unusual."""

    GUESSING = "guessing", _("asked in vain for addresses of briefings")
    ADDRESSES = "addresses", _("read briefings from many places on one day")
    DOWNLOADS = "downloads", _("downloaded very often on one day")


class GuessingAlarm(models.Model):
    """That somebody, or some address, did something unusual; once per day and kind."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=AlarmKind.choices)
    address = models.GenericIPAddressField(null=True)
    account = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=150, blank=True)
    """Of the account, copied."""
    count = models.PositiveIntegerField()
    """How often, when the alarm was raised."""
    day = models.DateField()
    """The Amsterdam day."""
    raised_at = models.DateTimeField()
    objects: ClassVar = models.Manager["GuessingAlarm"]()

    class Meta:
        ordering: ClassVar = ["-raised_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="guessing_alarm_once_a_day",
                fields=["kind", "address", "account", "day"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="guessing_alarm_about_somebody",
                condition=Q(address__isnull=False) | ~Q(account=""),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
