"""On which day an audit stands, and when two roughly known days certainly clash."""

from __future__ import annotations

from datetime import date

from audits.models.audits import Audit
from certification.imprecise_days import ImpreciseDay


def day_of(audit: Audit) -> ImpreciseDay | None:
    """When it was held; else when its outcome was known; else when it is planned."""
    return audit.held or audit.outcome_known or audit.planned


def is_held(audit: Audit) -> bool:
    """Whether it was held; a known outcome says so without naming the day."""
    return audit.held is not None or audit.outcome_known is not None


def certainly_before(one: ImpreciseDay | None, other: ImpreciseDay | None) -> bool:
    """Whether the one lies before the other however their spans are read."""
    return one is not None and other is not None and one.last < other.first


def order_key(audit: Audit) -> tuple[date, date, int, int]:
    """Audits in the order in which they were held; of the same day by number."""
    day = day_of(audit)
    first, last = (day.first, day.last) if day else (date.max, date.max)
    return (first, last, audit.sequence_no, audit.pk or 0)
