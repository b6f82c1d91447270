"""What reports keeps: briefings, their frozen versions, their readers and what was read."""

from reports.briefings.decisions.models import (
    Act,
    ActKind,
    Breach,
    BreachStep,
    EmergencyClosing,
    Rehearsal,
    StepKind,
)
from reports.briefings.factcheck.models import (
    FactCheck,
    FactCheckAnswer,
    FactCheckPassage,
    Settlement,
)
from reports.briefings.models.briefings import Briefing, BriefingPermission, BriefingQuerySet
from reports.briefings.models.dossiers import Dossier
from reports.briefings.models.drafting import Comment, CommentQuerySet, LeftPage, SectionDraft
from reports.briefings.models.kinds import DocumentType, Phase, WooCategory
from reports.briefings.models.misses import AddressMiss, AlarmKind, GuessingAlarm
from reports.briefings.models.parts import Attachment, AudienceMember, Contribution, Section
from reports.briefings.models.questions import Question, QuestionAnswer
from reports.briefings.models.readers import (
    READING_ROLES,
    EarlyReader,
    ProposedReader,
    ReaderProposal,
)
from reports.briefings.models.readings import Noticer, OverdueNotice, ReadingKind, ReadingLog
from reports.briefings.models.scans import AttachmentScan
from reports.briefings.models.secrecy import Organ, Secrecy, SecrecyGround
from reports.briefings.models.signing import Signatory, SignOff, VoidReason
from reports.briefings.models.versions import (
    BriefingVersion,
    Rendering,
    RenderingPulse,
    VersionAttachment,
    VersionVariant,
)
from reports.briefings.planning.models import (
    AnnouncedDay,
    AnnouncedTo,
    Announcement,
    AnnouncementPlace,
    PlanStep,
    Review,
)
from reports.briefings.press.models import PressAgreement, PressParty, PressText
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.public_pages.models import PublicPage
from reports.briefings.releasing.models import ReleaseNotice
from reports.briefings.sharing.models import (
    PassingOn,
    SharingRule,
    SharingRuleCouncil,
    ToldFact,
    ToldKind,
)
from reports.figures.models import PreparedRelease, Protection, ReleasedCell

__all__ = [
    "READING_ROLES",
    "Act",
    "ActKind",
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
    "GuessingAlarm",
    "LeftPage",
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
    "SecrecyGround",
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
