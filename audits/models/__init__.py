"""What others found, and what is done about it: audits, inspections, findings, plans, claims."""

from audits.models.audits import Audit, AuditKind
from audits.models.comparison import ComparisonTheme, DisagreementNote
from audits.models.findings import (
    Cause,
    CauseKind,
    Finding,
    FindingCategory,
    FindingReview,
    ReviewOutcome,
)
from audits.models.inspections import (
    ON_THE_SCALE,
    WITHOUT_JUDGEMENT,
    ClaimAbout,
    InspectedInstitution,
    Inspection,
    InterimMessage,
    Judgement,
    MeasureClaim,
    NormVerdict,
    SupervisionMeasure,
    SupervisionVisit,
    SupervisoryMeasure,
)
from audits.models.plans import (
    Evidence,
    EvidenceVersion,
    Plan,
    PlanAction,
    PlanKind,
    PlanTheme,
)
from audits.models.studies import Recommendation, RecommendationAnswer, Study, StudyCommissioner
from audits.models.timeline import Contradiction, Decided, EventKind, TimelineEvent

__all__ = [
    "ON_THE_SCALE",
    "WITHOUT_JUDGEMENT",
    "Audit",
    "AuditKind",
    "Cause",
    "CauseKind",
    "ClaimAbout",
    "ComparisonTheme",
    "Contradiction",
    "Decided",
    "DisagreementNote",
    "EventKind",
    "Evidence",
    "EvidenceVersion",
    "Finding",
    "FindingCategory",
    "FindingReview",
    "InspectedInstitution",
    "Inspection",
    "InterimMessage",
    "Judgement",
    "MeasureClaim",
    "NormVerdict",
    "Plan",
    "PlanAction",
    "PlanKind",
    "PlanTheme",
    "Recommendation",
    "RecommendationAnswer",
    "ReviewOutcome",
    "Study",
    "StudyCommissioner",
    "SupervisionMeasure",
    "SupervisionVisit",
    "SupervisoryMeasure",
    "TimelineEvent",
]
