"""Regions, municipalities, institutions and authorities; what changes over time is a dated row.

Spans are half-open: from a day, until (and not on) a day; an empty end is "still so".
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.constraints import dates_in_order, one_at_a_time
from jbn_oversight.history import Keeping, TrackedQuerySet

if TYPE_CHECKING:
    pass

D = TypeVar("D", bound=models.Model)

LATER: Final = _("Choose a day after the first day.")


class DatedQuerySet(TrackedQuerySet[D]):
    """Rows with ``from_on`` and ``until_on``."""

    def running(self, on: date) -> DatedQuerySet[D]:
        """Those that hold on the (Amsterdam) day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), from_on__lte=on)


class Dated(models.Model):
    """Holds from a day until (not including) a day."""

    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until (not including)"), null=True, blank=True)

    class Meta:
        abstract = True


class RegionQuerySet(TrackedQuerySet["Region"]):
    """Regions."""

    def served_by(self, institution: Institution, on: date) -> RegionQuerySet:
        """Those in which the institution has a task on the day."""
        tasks = InstitutionTask.objects.running(on).filter(institution=institution)
        return self.filter(pk__in=tasks.values("region"))


class Region(models.Model):
    """A jeugdregio, in which municipalities buy and oversee youth protection together."""

    audit: ClassVar = Keeping.TRACKED
    slug = models.SlugField(_("code in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    history = HistoricalRecords()
    objects: ClassVar = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(TrackedQuerySet["Municipality"]):
    """Municipalities."""

    def valid(self, on: date) -> MunicipalityQuerySet:
        """Those that exist on the day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)

    def in_region(self, region: Region, on: date) -> MunicipalityQuerySet:
        """Those that belong to the region on the day."""
        rows = MunicipalityRegion.objects.running(on).filter(region=region)
        return self.filter(pk__in=rows.values("municipality"))

    def served_by(self, institution: Institution, on: date) -> MunicipalityQuerySet:
        """Those in a region in which the institution has a task on the day."""
        regions = Region.objects.served_by(institution, on)
        rows = MunicipalityRegion.objects.running(on).filter(region__in=regions)
        return self.filter(pk__in=rows.values("municipality"))


class Municipality(models.Model):
    """A municipality under its CBS code; sorted as Dutch lists do ("Wolden, De")."""

    audit: ClassVar = Keeping.TRACKED
    cbs_code = models.CharField(_("CBS code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=100)
    sort_name = models.CharField(_("name in lists"), max_length=100)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until (not including)"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("went on as"),
    )
    """The municipality that it was merged into; only of one that has ended."""
    history = HistoricalRecords()
    objects: ClassVar = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_name"]
        constraints = [
            dates_in_order(
                "municipality_dates", "valid_from", "valid_until", equal=False, says=LATER
            ),
            models.CheckConstraint(
                name="municipality_cbs_code",
                condition=Q(cbs_code__regex=r"^GM\d{4}$"),
                violation_error_message=_("A CBS code is GM and four digits, like GM0014."),
                violation_error_code="cbs_code",
            ),
            models.CheckConstraint(
                name="municipality_with_successor_has_ended",
                condition=Q(successor__isnull=True) | Q(valid_until__isnull=False),
                violation_error_message=_("Say on which day this municipality ended."),
                violation_error_code="valid_until",
            ),
            models.CheckConstraint(
                name="municipality_is_not_its_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                violation_error_message=_("A municipality cannot go on as itself."),
                violation_error_code="successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def region_on(self, on: date) -> Region | None:
        """The region it belongs to on the day."""
        row = MunicipalityRegion.objects.running(on).filter(municipality=self).first()
        return row.region if row else None


class MunicipalityRegion(Dated):
    """Which region a municipality belongs to, over time."""

    audit: ClassVar = Keeping.TRACKED
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="regions", verbose_name=_("municipality")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="municipalities", verbose_name=_("region")
    )
    history = HistoricalRecords()
    objects: ClassVar = DatedQuerySet["MunicipalityRegion"].as_manager()

    class Meta:
        verbose_name = _("region of a municipality")
        constraints = [
            dates_in_order(
                "municipality_region_dates", "from_on", "until_on", equal=False, says=LATER
            ),
            one_at_a_time(
                "municipality_in_one_region",
                "municipality",
                says=_(
                    "In these days the municipality already belongs to a region. End that first."
                ),
            ),
        ]


class InstitutionQuerySet(TrackedQuerySet["Institution"]):
    """Institutions."""

    def serving(self, municipality: Municipality, on: date) -> InstitutionQuerySet:
        """Those with a task in the municipality's region on the day."""
        regions = MunicipalityRegion.objects.running(on).filter(municipality=municipality)
        tasks = InstitutionTask.objects.running(on).filter(region__in=regions.values("region"))
        return self.filter(pk__in=tasks.values("institution"))


class Institution(models.Model):
    """A certified institution that municipalities oversee."""

    audit: ClassVar = Keeping.TRACKED
    code = models.SlugField(_("code in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    history = HistoricalRecords()
    objects: ClassVar = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Task(models.TextChoices):
    """What an institution does in a region."""

    CERTIFIED_INSTITUTION = "certified_institution", _("youth protection and probation")
    SAFE_HOME = "safe_home", _("Veilig Thuis")


class InstitutionTask(Dated):
    """An institution's task in a region, over time."""

    audit: ClassVar = Keeping.TRACKED
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="tasks")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="tasks", verbose_name=_("region")
    )
    task = models.CharField(_("task"), max_length=30, choices=Task.choices)
    history = HistoricalRecords()
    objects: ClassVar = DatedQuerySet["InstitutionTask"].as_manager()

    class Meta:
        verbose_name = _("task of an institution")
        constraints = [
            dates_in_order(
                "institution_task_dates", "from_on", "until_on", equal=False, says=LATER
            ),
            one_at_a_time(
                "institution_task_one_at_a_time",
                "institution",
                "region",
                texts=("task",),
                says=_("In these days the institution already has this task in this region."),
            ),
            models.UniqueConstraint(
                name="institution_task_once", fields=["institution", "region", "task", "from_on"]
            ),
        ]


class AuthorityKind(models.TextChoices):
    """What the law lets an authority do; the law knows the task, the name changes."""

    CERTIFIES = "certifies", _("certifies institutions (Jeugdwet art. 3.4)")
    INSPECTS = "inspects", _("inspects institutions (Jeugdwet art. 9.1)")
    GUARDS = "guards", _("guards that indispensable care goes on")
    OTHER = "other", _("something else")


class AuthorityQuerySet(TrackedQuerySet["Authority"]):
    """Authorities."""

    def which(self, kind: AuthorityKind) -> AuthorityQuerySet:
        """Those with this task, by code."""
        return self.filter(kind=kind).order_by("code")

    def the_one(self, kind: AuthorityKind) -> Authority | None:
        """The only one with this task; None where there is none, or a choice."""
        found = list(self.which(kind)[:2])
        return found[0] if len(found) == 1 else None


class Authority(models.Model):
    """A body that certifies, inspects or guards; its name is a dated row."""

    audit: ClassVar = Keeping.TRACKED
    code = models.SlugField(_("code in addresses"), unique=True)
    kind = models.CharField(
        _("task"), max_length=10, choices=AuthorityKind.choices, default=AuthorityKind.OTHER
    )
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    history = HistoricalRecords()
    objects: ClassVar = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def name_on(self, on: date) -> str:
        """Its name on the day; its code where no name is known for that day."""
        row = AuthorityName.objects.running(on).filter(authority=self).first()
        return row.name if row else self.code


class AuthorityName(Dated):
    """The name under which an authority works, over time."""

    audit: ClassVar = Keeping.TRACKED
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    history = HistoricalRecords()
    objects: ClassVar = DatedQuerySet["AuthorityName"].as_manager()

    class Meta:
        verbose_name = _("name of an authority")
        constraints = [
            dates_in_order("authority_name_dates", "from_on", "until_on", equal=False, says=LATER),
            one_at_a_time(
                "authority_has_one_name",
                "authority",
                says=_("In these days the authority already has a name. End that one first."),
            ),
        ]


Place = Municipality | Region | Institution
"""Where somebody may hold a role."""
