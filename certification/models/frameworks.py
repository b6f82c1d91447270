"""Frameworks of norms, as data: whose they are, which version, their themes and requirements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.models.sources import Source
from jbn_oversight.constraints import dates_in_order
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Authority
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class NormFrameworkQuerySet(TrackedQuerySet["NormFramework"]):
    """Frameworks."""

    def valid(self, on: date) -> NormFrameworkQuerySet:
        """Those that hold on the (Amsterdam) day; an unknown begin counts as long ago."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gt=on))


class NormFramework(models.Model):
    """What an authority measures against. ``valid_until`` is not included.

    Only what is public is shipped; the rest is loaded from a file by those who have it.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    code = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="frameworks")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until (not including)"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = NormFrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework of norms")
        verbose_name_plural = _("frameworks of norms")
        ordering = ["authority__code", "code", "version"]
        constraints = [
            models.UniqueConstraint(name="framework_version_once", fields=["code", "version"]),
            dates_in_order("framework_dates", "valid_from", "valid_until", equal=False),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class NormTheme(models.Model):
    """A chapter of a framework."""

    audit: ClassVar = Keeping.TRACKED
    framework = models.ForeignKey(NormFramework, models.CASCADE, related_name="themes")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"))
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["NormTheme"].as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(name="theme_code_once", fields=["framework", "code"])
        ]

    def __str__(self) -> str:
        return self.title


class Requirement(models.Model):
    """One thing that a framework asks."""

    audit: ClassVar = Keeping.TRACKED
    theme = models.ForeignKey(NormTheme, models.CASCADE, related_name="requirements")
    code = models.CharField(_("code"), max_length=40)
    text = models.CharField(_("requirement"), max_length=1000)
    position = models.PositiveSmallIntegerField(_("position"))
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Requirement"].as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["theme", "position"]
        constraints = [
            models.UniqueConstraint(name="requirement_code_once", fields=["theme", "code"])
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
