"""What reports keeps: briefings, their frozen versions, their readers and what was read."""

from reports.models.briefings import (
    Briefing,
    BriefingPermission,
    BriefingQuerySet,
    DocumentType,
    Dossier,
    Phase,
    WooCategory,
)
from reports.models.log import Noticer, OverdueNotice, ReadingKind, ReadingLog
from reports.models.parts import Attachment, AudienceMember, Contribution, Section
from reports.models.readers import READING_ROLES, EarlyReader
from reports.models.versions import BriefingVersion, Rendering, VersionAttachment, VersionVariant

__all__ = [
    "READING_ROLES",
    "Attachment",
    "AudienceMember",
    "Briefing",
    "BriefingPermission",
    "BriefingQuerySet",
    "BriefingVersion",
    "Contribution",
    "DocumentType",
    "Dossier",
    "EarlyReader",
    "Noticer",
    "OverdueNotice",
    "Phase",
    "ReadingKind",
    "ReadingLog",
    "Rendering",
    "Section",
    "VersionAttachment",
    "VersionVariant",
    "WooCategory",
]
