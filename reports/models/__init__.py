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
from reports.models.copies import PersonalCopy
from reports.models.log import Noticer, OverdueNotice, ReadingKind, ReadingLog
from reports.models.mail import Notice, NoticeKind
from reports.models.misses import AddressMiss, AlarmKind, GuessingAlarm
from reports.models.parts import Attachment, AudienceMember, Contribution, Section
from reports.models.public import PublicPage
from reports.models.questions import Question, QuestionAnswer
from reports.models.readers import READING_ROLES, EarlyReader, ProposedReader, ReaderProposal
from reports.models.versions import BriefingVersion, Rendering, VersionAttachment, VersionVariant

__all__ = [
    "READING_ROLES",
    "AddressMiss",
    "AlarmKind",
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
    "GuessingAlarm",
    "Notice",
    "NoticeKind",
    "Noticer",
    "OverdueNotice",
    "PersonalCopy",
    "Phase",
    "ProposedReader",
    "PublicPage",
    "Question",
    "QuestionAnswer",
    "ReaderProposal",
    "ReadingKind",
    "ReadingLog",
    "Rendering",
    "Section",
    "VersionAttachment",
    "VersionVariant",
    "WooCategory",
]
