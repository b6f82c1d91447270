"""What was read, and which alarms were noticed: rows that the database never lets go.

A row of the reading log copies what it must say later and holds no foreign key, so that
nothing that happens to a person, a role or a briefing can block, change or remove it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField


class ReadingKind(models.TextChoices):
    """What a reader did."""

    OPEN = "open", _("opened")
    DOWNLOAD = "download", _("downloaded")
    TERMS = "terms", _("accepted the terms")
    FACT_CHECK = "fact_check", _("opened a fact check")
    PRESS = "press", _("opened the press release")
    WORK = "work", _("downloaded as a maker")
    EXPORT = "export", _("downloaded for the archive")


class ReadingLogQuerySet(models.QuerySet["ReadingLog"]):
    """Rows of the reading log."""

    def of(self, briefing_public_id: str) -> ReadingLogQuerySet:
        """What was read of one briefing."""
        return self.filter(briefing_public_id=briefing_public_id)

    def readers(self) -> int:
        """How many different people opened or downloaded; a fact check makes no reader."""
        read = self.filter(kind__in=(ReadingKind.OPEN, ReadingKind.DOWNLOAD))
        return read.values("reader_public_id").distinct().count()


class ReadingLog(models.Model):
    """One opening, download or acceptance: who, as what, which version, when, from where."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing_public_id = models.CharField(max_length=32)
    owner = models.CharField(max_length=60)
    """Whose briefing: ``region:slug`` or ``municipality:GM0106``."""
    kind = models.CharField(max_length=10, choices=ReadingKind.choices)
    version_number = models.PositiveIntegerField(null=True)
    variant = models.CharField(max_length=60, blank=True)
    """Whose text of the version: ``region:slug`` or ``municipality:code``; empty for the common."""
    copy_code = models.CharField(max_length=8, blank=True)
    """Of the personal copy that was served; empty for anything else."""
    file_name = models.CharField(max_length=200, blank=True)
    """Which file of the version; empty for the page. Never a title: those are content."""
    reader_public_id = models.CharField(max_length=32)
    reader_name = models.CharField(max_length=150)
    reader_email = models.CharField(max_length=254)
    role = models.CharField(max_length=20)
    organisation = models.CharField(max_length=200)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    """Hash of the bytes served; empty for an acceptance, which serves none."""
    objects: ClassVar = ReadingLogQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="reading_log_briefing", fields=["briefing_public_id", "at"]),
            models.Index(name="reading_log_owner", fields=["owner", "at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reading_log_hash_of_what_was_served",
                condition=Q(kind="terms", sha256="")
                | (~Q(kind="terms") & Q(sha256__regex=r"^[0-9a-f]{64}$")),
            ),
            models.CheckConstraint(
                name="reading_log_version_of_what_was_served",
                condition=Q(kind__in=("terms", "fact_check", "press", "work"))
                | Q(version_number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def role_word(self) -> str:
        """The role in words; as it was copied where that role no longer exists."""
        return str(dict(Role.choices).get(self.role, self.role))


class Noticer(models.TextChoices):
    """Which process noticed that a briefing is overdue: each looks for itself."""

    WEB = "web", _("website")
    BEAT = "beat", _("timer")
    SWEEPER = "sweeper", _("sweeper")


class OverdueNotice(models.Model):
    """That one process saw one hour pass without publication; once per process and hour."""

    audit: ClassVar = Keeping.INSERT_ONLY
    briefing_public_id = models.CharField(max_length=32)
    embargo_until = models.DateTimeField()
    noticed_by = models.CharField(max_length=10, choices=Noticer.choices)
    noticed_at = models.DateTimeField()
    objects: ClassVar = models.Manager["OverdueNotice"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="overdue_notice_once",
                fields=["briefing_public_id", "embargo_until", "noticed_by"],
            ),
            models.CheckConstraint(
                name="overdue_notice_after_the_hour",
                condition=Q(noticed_at__gte=models.F("embargo_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_public_id} {self.noticed_by}"
