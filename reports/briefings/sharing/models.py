"""Sharing within the embargo: a rule is a fact, passing on is an act, both stay.

And what a council was told outside the portal, noted by hand.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.constraints import both_or_neither, dates_in_order
from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution, Municipality
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import ReaderProposal

if TYPE_CHECKING:
    pass


class SharingRuleQuerySet(models.QuerySet["SharingRule"]):
    """Rules of sharing."""

    def running(self) -> SharingRuleQuerySet:
        """Not ended, of a briefing that is not shut."""
        return self.filter(
            ended_at__isnull=True,
            briefing__withdrawn_at__isnull=True,
            briefing__closed_at__isnull=True,
        )

    def held_by(self, user: User, at: datetime) -> SharingRuleQuerySet:
        """Those under which this person may pass on at an aware instant."""
        return self.running().filter(holder=user, holder__is_active=True, recorded_at__lte=at)


class SharingRule(models.Model):
    """Who may pass a briefing on, to which councils, agreed by whom and when."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="sharing_rules")
    holder = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_by = models.CharField(_("agreed by"), max_length=200)
    """The body or the people who agreed, as people call them."""
    agreed_on = models.DateField(_("agreed on"))
    note = models.CharField(_("remark"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = SharingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of sharing")
        verbose_name_plural = _("rules of sharing")
        ordering: ClassVar = ["-recorded_at", "-pk"]
        constraints: ClassVar = [
            both_or_neither("sharing_rule_ended_by_somebody", "ended_at", "ended_by"),
            dates_in_order("sharing_rule_ends_last", "recorded_at", "ended_at"),
        ]

    def __str__(self) -> str:
        return self.public_id


class SharingRuleCouncil(models.Model):
    """A council to whose people the rule lets pass on."""

    audit: ClassVar = Keeping.INSERT_ONLY
    rule = models.ForeignKey(SharingRule, models.PROTECT, related_name="councils")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["SharingRuleCouncil"]()

    class Meta:
        ordering: ClassVar = ["municipality__sort_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="sharing_rule_council_once", fields=["rule", "municipality"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.municipality_id}"


class PassingOn(models.Model):
    """That a holder passed the briefing on to one person, who becomes an early reader by it."""

    audit: ClassVar = Keeping.INSERT_ONLY
    rule = models.ForeignKey(SharingRule, models.PROTECT, related_name="acts")
    mandate = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    """Who, in which role: as that person becomes an early reader."""
    proposal = models.ForeignKey(ReaderProposal, models.PROTECT, null=True, related_name="+")
    """Where a maker must agree first; empty where the person was named at once."""
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["PassingOn"]()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.mandate_id}"


class ToldKind(models.TextChoices):
    """How a council was told something outside the portal."""

    MEETING = "meeting", _("meeting")
    LETTER = "letter", _("letter")
    TALK = "talk", _("conversation")
    OTHER = "other", _("otherwise")


class ToldFact(models.Model):
    """What a council was told on a day, noted by hand. Struck where it was wrong, never gone."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    kind = models.CharField(_("how"), max_length=10, choices=ToldKind.choices)
    text = models.CharField(_("what the council was told"), max_length=500)
    source = models.CharField(_("where that can be found"), max_length=300, blank=True)
    for_council = models.BooleanField(default=False)
    """Whether the council's people see the line too; it was told to them, perhaps in secret."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = models.Manager["ToldFact"]()

    class Meta:
        verbose_name = _("what a council was told")
        verbose_name_plural = _("what councils were told")
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            both_or_neither("told_fact_struck_by_somebody", "struck_at", "struck_by")
        ]

    def __str__(self) -> str:
        return self.public_id
