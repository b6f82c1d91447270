"""What others found: audits, inspections, and the claims on the time line."""

from audits.models.audits import Audit, AuditKind
from audits.models.inspections import Inspection, Judgement, Measure
from audits.models.timeline import Contradiction, EventKind, TimelineEvent

__all__ = [
    "Audit",
    "AuditKind",
    "Contradiction",
    "EventKind",
    "Inspection",
    "Judgement",
    "Measure",
    "TimelineEvent",
]
