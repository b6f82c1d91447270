"""What reports keeps: briefings, their frozen versions, their readers and what was read."""

from reports.models.acts import (
    Act,
    ActKind,
    Breach,
    BreachStep,
    EmergencyClosing,
    Rehearsal,
    ReleaseNotice,
    StepKind,
)
from reports.models.briefings import (
    Briefing,
    BriefingPermission,
    DocumentType,
    Phase,
    WooCategory,
)
from reports.models.copies import PersonalCopy
from reports.models.dossiers import Dossier
from reports.models.drafting import Comment, CommentQuerySet, LeftPage, SectionDraft
from reports.models.factcheck import FactCheck, FactCheckAnswer, FactCheckPassage, Settlement
from reports.models.gates import BriefingQuerySet
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
from reports.models.releases import PreparedRelease, Protection, ReleasedCell
from reports.models.reminders import ActionReminder
from reports.models.scans import AttachmentScan
from reports.models.secrecy import Ground, Organ, Secrecy
from reports.models.sharing import (
    PassingOn,
    SharingRule,
    SharingRuleCouncil,
    ToldFact,
    ToldKind,
)
from reports.models.signing import Signatory, SignOff, VoidReason
from reports.models.versions import (
    BriefingVersion,
    Rendering,
    RenderingPulse,
    VersionAttachment,
    VersionVariant,
)

__all__ = [
    "READING_ROLES",
    "Act",
    "ActKind",
    "ActionReminder",
    "AddressMiss",
    "AlarmKind",
    "AnnouncedDay",
    "AnnouncedTo",
    "Announcement",
    "AnnouncementPlace",
    "Attachment",
    "AttachmentScan",
    "AudienceMember",
    "Breach",
    "BreachStep",
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
    "EmergencyClosing",
    "FactCheck",
    "FactCheckAnswer",
    "FactCheckPassage",
    "Ground",
    "GuessingAlarm",
    "LeftPage",
    "Notice",
    "NoticeKind",
    "Noticer",
    "Organ",
    "OverdueNotice",
    "PassingOn",
    "PersonalCopy",
    "Phase",
    "PlanStep",
    "PreparedRelease",
    "PressAgreement",
    "PressParty",
    "PressText",
    "ProposedReader",
    "Protection",
    "PublicPage",
    "Question",
    "QuestionAnswer",
    "ReaderProposal",
    "ReadingKind",
    "ReadingLog",
    "Rehearsal",
    "ReleaseNotice",
    "ReleasedCell",
    "Rendering",
    "RenderingPulse",
    "Review",
    "Secrecy",
    "Section",
    "SectionDraft",
    "Settlement",
    "SharingRule",
    "SharingRuleCouncil",
    "SignOff",
    "Signatory",
    "StepKind",
    "ToldFact",
    "ToldKind",
    "VersionAttachment",
    "VersionVariant",
    "VoidReason",
    "WooCategory",
]
