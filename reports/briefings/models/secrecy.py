"""Secrecy (*geheimhouding*, Gemeentewet 87 to 89): a legal duty, and no embargo.

An embargo is an agreement that ends with its hour. Secrecy is imposed by an organ on a ground
of the Woo and ends only when it is lifted. The two know nothing of each other.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.public_id import PublicIdField


class Organ(models.TextChoices):
    """Who can impose and lift secrecy."""

    COUNCIL = "council", _("the council")
    EXECUTIVE = "executive", _("the municipal executive")
    MAYOR = "mayor", _("the mayor")
    COMMITTEE = "committee", _("a committee")


class SecrecyGround(models.TextChoices):
    """The interests of Woo article 5.1, first and second paragraph; no others will do."""

    CROWN = "1a", _("5.1, paragraph 1, a: unity of the Crown")
    STATE_SECURITY = "1b", _("5.1, paragraph 1, b: security of the State")
    BUSINESS_IN_CONFIDENCE = "1c", _("5.1, paragraph 1, c: business data given in confidence")
    SPECIAL_PERSONAL_DATA = "1d", _("5.1, paragraph 1, d: special and criminal personal data")
    IDENTIFYING_NUMBERS = "1e", _("5.1, paragraph 1, e: identifying numbers")
    INTERNATIONAL = "2a", _("5.1, paragraph 2, a: international relations")
    ECONOMIC = "2b", _("5.1, paragraph 2, b: economic and financial interests")
    PROSECUTION = "2c", _("5.1, paragraph 2, c: investigation and prosecution")
    SUPERVISION = "2d", _("5.1, paragraph 2, d: inspection, control and supervision")
    PRIVACY = "2e", _("5.1, paragraph 2, e: privacy")
    COMPETITION = "2f", _("5.1, paragraph 2, f: other competitive business data")
    ENVIRONMENT = "2g", _("5.1, paragraph 2, g: protection of the environment")
    SAFETY = "2h", _("5.1, paragraph 2, h: safety of people and companies")
    GOVERNMENT = "2i", _("5.1, paragraph 2, i: good functioning of government")


class SecrecyQuerySet(TrackedQuerySet["Secrecy"]):
    """Duties of secrecy."""

    def running(self) -> SecrecyQuerySet:
        """Imposed and not recorded as lifted."""
        return self.filter(lifted_on__isnull=True)


class Secrecy(models.Model):
    """That one organ imposed secrecy on a briefing, and when and by whom it was lifted."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="secrecies")
    organ = models.CharField(_("imposed by"), max_length=20, choices=Organ.choices)
    ground = models.CharField(_("ground in the Woo"), max_length=2, choices=SecrecyGround.choices)
    imposed_on = models.DateField(_("imposed on"))
    given_to_council_on = models.DateField(_("given to the council on"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True)
    lifted_by = models.CharField(max_length=20, choices=Organ.choices, null=True)
    lifting_recorded_at = models.DateTimeField(null=True)
    lifting_recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = SecrecyQuerySet.as_manager()

    class Meta:
        verbose_name = _("secrecy")
        verbose_name_plural = _("secrecies")
        ordering: ClassVar = ["-imposed_on", "-pk"]
        constraints: ClassVar = [
            both_or_neither(
                "secrecy_lifted_by_an_organ",
                "lifted_on",
                "lifted_by",
                "lifting_recorded_at",
                "lifting_recorded_by",
            ),
            dates_in_order("secrecy_lifted_after_it_was_imposed", "imposed_on", "lifted_on"),
            dates_in_order(
                "secrecy_given_after_it_was_imposed", "imposed_on", "given_to_council_on"
            ),
            models.CheckConstraint(
                name="secrecy_lifted_by_who_may",
                condition=Q(lifted_by__isnull=True)
                | Q(lifted_by=Organ.COUNCIL, given_to_council_on__isnull=False)
                | Q(lifted_by=F("organ"), given_to_council_on__isnull=True),
            ),
            models.CheckConstraint(
                name="secrecy_ground_of_the_woo", condition=Q(ground__in=SecrecyGround.values)
            ),
            models.UniqueConstraint(
                name="secrecy_once_at_a_time",
                fields=["briefing"],
                condition=Q(lifted_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
