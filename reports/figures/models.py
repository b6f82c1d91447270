"""What left the house: the counts that each release showed or hid, never forgotten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.models import ComplianceRun
from certification.models.norms import Scope
from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution


class ReleasedCell(models.Model):
    """One count of one release: what it was, and what was printed of it.

    Disclosure control of later releases reads this: what was hidden must not follow from the
    old numbers and the new ones together. ``count`` is exact and is never shown.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    release = models.CharField(max_length=120)
    """The name of the release, such as a briefing's version; nobody reads it on a screen."""
    series = models.CharField(max_length=120)
    scope = models.CharField(max_length=20, choices=Scope)
    scope_code = models.CharField(max_length=50)
    month = models.DateField(_("month"))
    count = models.DecimalField(max_digits=40, decimal_places=18)
    shown = models.DecimalField(max_digits=40, decimal_places=18, null=True)
    """As printed; empty where it was hidden."""
    rounding = models.PositiveSmallIntegerField()
    """Multiples of what was printed; zero where it was exact."""
    released_at = models.DateTimeField()
    objects: ClassVar = models.Manager["ReleasedCell"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="released_cell_month", fields=["institution", "month"])
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="released_cell_once",
                fields=["institution", "release", "series", "month", "scope", "scope_code"],
            ),
            models.CheckConstraint(name="released_cell_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="released_cell_count", condition=Q(count__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.series} {self.scope_code} {self.month:%Y-%m}"


class Protection(models.Model):
    """What disclosure control decided for one set of tables; no count can be read from it."""

    # Follows from results and releases, which have their own history, and can be made again.
    audit: ClassVar = Keeping.NONE
    key = models.CharField(max_length=64, unique=True)
    """A hash of all that the outcome follows from: counts, sums, rules, earlier releases."""
    hidden = models.JSONField(default=list)
    """Keys of the lines that may not be shown."""
    few = models.JSONField(default=list)
    """Those of which may be said that they are few."""
    made_at = models.DateTimeField()
    objects: ClassVar = models.Manager["Protection"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="protection_key_is_a_hash", condition=Q(key__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return self.key


class PreparedRelease(models.Model):
    """Up to which run and release an institution's figures for councils were protected."""

    # Says only how far a task came.
    audit: ClassVar = Keeping.NONE
    institution = models.OneToOneField(Institution, models.CASCADE, related_name="+")
    run = models.ForeignKey(ComplianceRun, models.CASCADE, related_name="+")
    last_cell = models.PositiveBigIntegerField()
    """The last released cell that was there; zero where nothing was released."""
    prepared_at = models.DateTimeField()
    objects: ClassVar = models.Manager["PreparedRelease"]()

    def __str__(self) -> str:
        return f"{self.institution} {self.prepared_at:%Y-%m-%d %H:%M}"
