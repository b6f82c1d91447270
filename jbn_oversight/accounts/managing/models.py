"""A change of somebody's account or roles that waits for a second person, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role, User
from jbn_oversight.constraints import both_or_neither, dates_in_order
from jbn_oversight.history import Audit
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    from jbn_oversight.accounts.actions import Place

GOOD_FOR: Final = timedelta(days=7)
"""How long a change waits, and how long the links in its mail work."""


class ChangeKind(models.TextChoices):
    """What would change."""

    ROLE = "role", _("a role")
    ADDRESS = "address", _("an e-mail address")
    REOPENING = "reopening", _("an account that opens again")


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    """Changes that wait, or waited."""

    def waiting(self, at: datetime) -> AccountChangeQuerySet:
        """Those that are neither done nor refused, and not too old."""
        return self.filter(
            done_at__isnull=True, refused_at__isnull=True, asked_at__gt=at - GOOD_FOR
        )

    def with_all(self) -> AccountChangeQuerySet:
        """With the people and the place, in one query."""
        return self.select_related(
            "person", "asked_by", "agreed_by", "refused_by", "municipality", "region", "institution"
        )


class AccountChange(models.Model):
    """One change, asked for by one person and decided by another. Rows are never changed back."""

    audit: ClassVar = Audit.INSERT_ONLY
    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    person = models.ForeignKey(User, models.PROTECT, related_name="account_changes")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    old_address = models.EmailField(blank=True)
    new_address = models.EmailField(blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    """When the new address was confirmed, by its link."""
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Nobody where it was refused by the link that the old address got."""
    refused_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    objects: ClassVar = AccountChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            both_or_neither("account_change_agreed", "agreed_by", "agreed_at"),
            dates_in_order("account_change_dates", "from_on", "until_on", equal=False),
            models.CheckConstraint(
                name="account_change_takes_two",
                condition=Q(agreed_by__isnull=True)
                | (~Q(agreed_by=F("asked_by")) & ~Q(agreed_by=F("person"))),
            ),
            models.CheckConstraint(
                name="account_change_done_when_agreed",
                condition=Q(done_at__isnull=True)
                | (Q(agreed_at__isnull=False) & Q(refused_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="account_change_address_confirmed",
                condition=~Q(kind=ChangeKind.ADDRESS)
                | Q(done_at__isnull=True)
                | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="account_change_role_is_whole",
                condition=~Q(kind=ChangeKind.ROLE)
                | (Q(from_on__isnull=False) & ~Q(role=""))
                & (
                    Q(municipality__isnull=False)
                    | Q(region__isnull=False)
                    | Q(institution__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def place(self) -> Place | None:
        """Where the role would be held."""
        return self.municipality or self.region or self.institution

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can still be decided. ``at`` is an aware instant."""
        over = self.done_at or self.refused_at
        return over is None and self.asked_at > at - GOOD_FOR
