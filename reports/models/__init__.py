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
from reports.models.drafting import Comment, CommentQuerySet, SectionDraft
from reports.models.factcheck import FactCheck, FactCheckAnswer, FactCheckPassage, Settlement
from reports.models.log import Noticer, OverdueNotice, ReadingKind, ReadingLog
from reports.models.mail import Notice, NoticeKind
from reports.models.misses import AddressMiss, AlarmKind, GuessingAlarm
from reports.models.parts import Attachment, AudienceMember, Contribution, Section
from reports.models.planning import (
    AnnouncedDay,
    AnnouncedTo,
    Announcement,
    AnnouncementPlace,
    PlanStep,
    Review,
)
from reports.models.press import PressAgreement, PressParty, PressText
from reports.models.public import PublicPage
from reports.models.questions import Question, QuestionAnswer
from reports.models.readers import READING_ROLES, EarlyReader, ProposedReader, ReaderProposal
from reports.models.scans import AttachmentScan
from reports.models.sharing import (
    PassingOn,
    SharingRule,
    SharingRuleCouncil,
    ToldFact,
    ToldKind,
)
from reports.models.versions import BriefingVersion, Rendering, VersionAttachment, VersionVariant

__all__ = [
    "READING_ROLES",
    "AddressMiss",
    "AlarmKind",
    "AnnouncedDay",
    "AnnouncedTo",
    "Announcement",
    "AnnouncementPlace",
    "Attachment",
    "AttachmentScan",
    "AudienceMember",
    "Briefing",
    "BriefingPermission",
    "BriefingQuerySet",
    "BriefingVersion",
    "Comment",
    "CommentQuerySet",
    "Contribution",
    "DocumentType",
    "Dossier",
    "EarlyReader",
    "FactCheck",
    "FactCheckAnswer",
    "FactCheckPassage",
    "GuessingAlarm",
    "Notice",
    "NoticeKind",
    "Noticer",
    "OverdueNotice",
    "PassingOn",
    "PersonalCopy",
    "Phase",
    "PlanStep",
    "PressAgreement",
    "PressParty",
    "PressText",
    "ProposedReader",
    "PublicPage",
    "Question",
    "QuestionAnswer",
    "ReaderProposal",
    "ReadingKind",
    "ReadingLog",
    "Rendering",
    "Review",
    "Section",
    "SectionDraft",
    "Settlement",
    "SharingRule",
    "SharingRuleCouncil",
    "ToldFact",
    "ToldKind",
    "VersionAttachment",
    "VersionVariant",
    "WooCategory",
]
