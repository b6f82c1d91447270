"""What makers decide about an approved briefing: acts of two people, and those of one.

Moving the hour, withdrawing and opening again take two people, of whom neither is the author;
shutting in an emergency takes one. Each is a row that stays.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order, different
from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.versions import BriefingVersion


class ActKind(models.TextChoices):
    """What two people decide."""

    POSTPONE = "postpone", _("postponing the hour")
    ADVANCE = "advance", _("ending the embargo earlier")
    WITHDRAW = "withdraw", _("withdrawing")
    REOPEN = "reopen", _("opening again after an emergency")
    LIFT_SECRECY = "lift_secrecy", _("recording that the secrecy was lifted")


MOVES = (ActKind.POSTPONE, ActKind.ADVANCE)
"""Acts that move the hour."""


class ActQuerySet(models.QuerySet["Act"]):
    """Acts of two people."""

    def open(self) -> ActQuerySet:
        """Proposed, and neither confirmed nor cancelled."""
        return self.filter(confirmed_at__isnull=True, cancelled_at__isnull=True)


class Act(models.Model):
    """One decision: proposed by one maker, confirmed by another, or cancelled by any."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=20, choices=ActKind.choices)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    """The briefing's author, who never changes: so that the database keeps them out."""
    hour_before = models.DateTimeField(null=True)
    hour = models.DateTimeField(null=True)
    """The new hour, of an act that moves it."""
    in_error = models.BooleanField(default=False)
    """Of a withdrawal: it should never have been published."""
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """What else was proposed: of a lifting of secrecy its day and organ."""
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = ActQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            different("act_of_two_people", "proposed_by", "confirmed_by"),
            different("act_not_proposed_by_the_author", "author", "proposed_by"),
            different("act_not_confirmed_by_the_author", "author", "confirmed_by"),
            both_or_neither("act_confirmed_by_somebody", "confirmed_at", "confirmed_by"),
            both_or_neither("act_cancelled_by_somebody", "cancelled_at", "cancelled_by"),
            models.CheckConstraint(
                name="act_ends_one_way",
                condition=Q(confirmed_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
            dates_in_order("act_confirmed_last", "proposed_at", "confirmed_at"),
            models.CheckConstraint(name="act_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="act_moves_the_hour_the_right_way",
                # An empty hour would make the comparison unknown, which a check lets pass.
                condition=Q(hour__isnull=False, hour_before__isnull=False)
                & (
                    Q(kind="postpone", hour__gt=F("hour_before"))
                    | Q(kind="advance", hour__lt=F("hour_before"))
                )
                | (
                    ~Q(kind__in=("postpone", "advance"))
                    & Q(hour__isnull=True, hour_before__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="act_in_error_is_a_withdrawal",
                condition=Q(in_error=False) | Q(kind="withdraw"),
            ),
            models.UniqueConstraint(
                name="act_open_once",
                fields=["briefing", "kind"],
                condition=Q(confirmed_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class EmergencyClosing(models.Model):
    """That one maker shut a briefing, with the rest of its dossier; reopened by an act."""

    audit: ClassVar = Keeping.INSERT_ONLY
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="closings")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.TextField()
    reopened_by = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = models.Manager["EmergencyClosing"]()

    class Meta:
        ordering: ClassVar = ["-closed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="closing_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="closing_once",
                fields=["briefing"],
                condition=Q(reopened_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.closed_at:%Y%m%d%H%M%S}"


class Rehearsal(models.Model):
    """One play of the release with a moved clock, and what each kind of reader met in it."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="rehearsals")
    version = models.ForeignKey(BriefingVersion, models.PROTECT, null=True, related_name="+")
    """The version that was played; empty when it was a draft."""
    draft_revision = models.PositiveIntegerField()
    embargo_until = models.DateTimeField()
    played_at = models.DateTimeField()
    played_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    rows: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    """Per kind of reader and moment: what was expected and what was met. No content."""
    passed = models.BooleanField()
    objects: ClassVar = models.Manager["Rehearsal"]()

    class Meta:
        ordering: ClassVar = ["-played_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id


class Breach(models.Model):
    """That a text got out before its time: what, when, and who had seen it by then."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="breaches")
    what = models.TextField()
    noticed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_by: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    """Who had opened or downloaded what, copied from the reading log at ``recorded_at``."""
    objects: ClassVar = models.Manager["Breach"]()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="breach_says_what", condition=~Q(what="")),
            dates_in_order("breach_noticed_first", "noticed_at", "recorded_at"),
        ]

    def __str__(self) -> str:
        return self.public_id


class StepKind(models.TextChoices):
    """What was done about a breach."""

    DONE = "done", _("done")
    NOTIFIED = "notified", _("notified")
    TRACED = "traced", _("copy traced")


class BreachStep(models.Model):
    """One thing that was done about a breach, and by whom."""

    audit: ClassVar = Keeping.INSERT_ONLY
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["BreachStep"]()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="breach_step_says_what", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}/{self.pk}"
