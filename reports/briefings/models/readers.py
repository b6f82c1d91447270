"""Early readers: persons named for one briefing, in the role that they hold somewhere."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.constraints import (
    both_or_neither,
    dates_in_order,
    different,
    exactly_one_of,
)
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.public_id import PublicIdField

READING_ROLES: Final = (Role.COUNCIL_MEMBER, Role.ALDERMAN, Role.POLICY_ADVISER, Role.CLERK)
"""Roles that may read briefings at all: as early reader, or as audience afterwards."""


class EarlyReaderQuerySet(TrackedQuerySet["EarlyReader"]):
    """Early readers."""

    def remaining(self, at: datetime) -> EarlyReaderQuerySet:
        """Not removed, and still in the very mandate by which they were named.

        A mandate that was given again, in the same role and place, brings nobody back: who is
        to read again is named again. One that is made longer is the same mandate.
        ``at`` is an aware instant; mandates are judged on its Amsterdam day.
        """
        mandates = Membership.objects.running(amsterdam_day(at)).filter(
            Q(municipality=OuterRef("municipality")) | Q(region=OuterRef("region")),
            public_id=OuterRef("mandate"),
            user=OuterRef("user"),
            user__is_active=True,
            role=OuterRef("role"),
            role__in=READING_ROLES,
        )
        return self.filter(Exists(mandates), removed_at__isnull=True)


class EarlyReader(models.Model):
    """A person who may read the approved version within the embargo, once terms are accepted.

    Being named again after a removal is a new row: the terms are accepted again.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="early_readers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    mandate = models.CharField(max_length=64, default="", editable=False)
    """Public id of the membership by which the reader was named; empty lets nobody in."""
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = EarlyReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("early reader")
        verbose_name_plural = _("early readers")
        ordering: ClassVar = ["user__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="early_reader_once",
                fields=["briefing", "user"],
                condition=Q(removed_at__isnull=True),
            ),
            exactly_one_of("early_reader_one_place", "municipality", "region"),
            both_or_neither("early_reader_removed_by_somebody", "removed_at", "removed_by"),
            dates_in_order("early_reader_accepts_after_invitation", "invited_at", "accepted_at"),
            dates_in_order("early_reader_removed_after_invitation", "invited_at", "removed_at"),
            models.CheckConstraint(
                name="early_reader_role_reads", condition=Q(role__in=READING_ROLES)
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def place(self) -> Municipality | Region:
        """The organisation in which the reader was named."""
        place = self.municipality or self.region
        assert place is not None  # early_reader_one_place
        return place


class ReaderProposal(models.Model):
    """Early readers whom a second maker must agree to: many at once, or outside the audience."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey(
        "reports.Briefing", models.PROTECT, related_name="reader_proposals"
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed = models.BooleanField(null=True)
    objects: ClassVar = models.Manager["ReaderProposal"]()

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            different("reader_proposal_two_people", "proposed_by", "decided_by"),
            both_or_neither(
                "reader_proposal_decided_by_somebody", "decided_at", "decided_by", "agreed"
            ),
            dates_in_order("reader_proposal_decided_last", "proposed_at", "decided_at"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ProposedReader(models.Model):
    """One of the people of a proposal, in one role."""

    audit: ClassVar = Keeping.INSERT_ONLY
    proposal = models.ForeignKey(ReaderProposal, models.PROTECT, related_name="people")
    mandate = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["ProposedReader"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="proposed_reader_once", fields=["proposal", "mandate"])
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.pk}"
