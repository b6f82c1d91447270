"""Personal copies: which file was made for whom, so that a copy that leaked can be traced."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.constraints import dates_in_order
from jbn_oversight.files.models import StoredFile
from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant


class PersonalCopyQuerySet(models.QuerySet["PersonalCopy"]):
    """Personal copies."""

    def ready(self) -> PersonalCopyQuerySet:
        """Made, and through the PDF gate."""
        return self.filter(stored__isnull=False)


class PersonalCopy(models.Model):
    """One text of one version, marked for one person; made once and then served as it is.

    The row comes first and says all that is printed as the mark, so that making it twice gives
    the same bytes. Who the reader was is copied: nothing that happens to a person or a role can
    change or remove whose copy this is.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    code = models.CharField(max_length=8, unique=True)
    """Printed in the margins and kept in the file; see ``reports.pdf.personal``."""
    number = models.PositiveIntegerField()
    """Counts the copies of a briefing."""
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="copies")
    version = models.ForeignKey(BriefingVersion, models.PROTECT, null=True, related_name="copies")
    """Empty for a maker's copy of the draft, which is made again each time and kept nowhere."""
    variant = models.ForeignKey(VersionVariant, models.PROTECT, null=True, related_name="copies")
    reader_public_id = models.CharField(max_length=32)
    reader_name = models.CharField(max_length=150)
    reader_email = models.CharField(max_length=254)
    role = models.CharField(max_length=20)
    organisation = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    source_sha256 = models.CharField(max_length=64)
    """Hash of the file without a mark."""
    made_at = models.DateTimeField()
    """The time that is printed."""
    finished_at = models.DateTimeField(null=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    failure = models.CharField(max_length=200, null=True)
    """Which rule of the PDF gate the marked file broke; such a copy is never served."""
    objects: ClassVar = PersonalCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal copy")
        verbose_name_plural = _("personal copies")
        ordering: ClassVar = ["briefing", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="copy_number_once", fields=["briefing", "number"]),
            models.UniqueConstraint(
                name="copy_once_per_reader_and_text",
                fields=[
                    "briefing",
                    "version",
                    "variant",
                    "reader_public_id",
                    "role",
                    "organisation",
                    "source_sha256",
                ],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="copy_code_shape", condition=Q(code__regex=r"^[A-Z0-9]{8}$")
            ),
            models.CheckConstraint(
                name="copy_ends_one_way",
                condition=Q(finished_at__isnull=True, stored__isnull=True, failure__isnull=True)
                | Q(finished_at__isnull=False, stored__isnull=False, failure__isnull=True)
                | Q(finished_at__isnull=False, stored__isnull=True, failure__isnull=False)
                | Q(
                    version__isnull=True,
                    finished_at__isnull=False,
                    stored__isnull=True,
                    failure__isnull=True,
                ),
            ),
            dates_in_order("copy_ends_after_its_start", "made_at", "finished_at"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def role_word(self) -> str:
        """The role in words; as it was copied where that role no longer exists."""
        return str(dict(Role.choices).get(self.role, self.role))
