"""What left the house: the counts that each release showed or hid, never forgotten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.models.norms import Scope
from jbn_oversight.history import Audit
from jbn_oversight.organisations.models import Institution


class ReleasedCell(models.Model):
    """One count of one release: what it was, and what was printed of it.

    Disclosure control of later releases reads this: what was hidden must not follow from the
    old numbers and the new ones together. ``count`` is exact and is never shown.
    """

    audit: ClassVar = Audit.INSERT_ONLY
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
    """Multiples of what was printed; nought where it was exact."""
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
