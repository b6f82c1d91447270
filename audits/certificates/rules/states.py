"""How a certificate stands on a day, as the first sentence of its page needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certification.certificates.selectors import (
    CertificateView,
    certificates_known,
    holds_on,
    view_on,
)
from certification.models.certificates import Certificate, CertificateStatus
from certification.models.decisions import CertificateDecision


class Stand(StrEnum):
    """What the first sentence is about."""

    NOT_YET_DECIDED = "not_yet_decided"
    REQUESTED = "requested"
    REFUSED = "refused"
    TO_COME = "to_come"
    HOLDS = "holds"
    RESTRICTED = "restricted"
    TAKEN_OVER = "taken_over"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


HOLDING = (Stand.HOLDS, Stand.RESTRICTED)


@dataclass(frozen=True, slots=True)
class CertificateStanding:
    """A certificate on a day: how it stands, and which other one came or comes in its place."""

    view: CertificateView
    day: date
    stand: Stand
    since: CertificateDecision | None
    """The later decision that made it so."""
    successor: CertificateView | None
    """The certificate that holds instead, or from after its last day on; None if none is known."""
    not_renewed: bool
    """Whether it was decided by the day that it will not be renewed."""


_BY_STATUS = {
    CertificateStatus.REQUESTED: Stand.REQUESTED,
    CertificateStatus.SUSPENDED: Stand.SUSPENDED,
    CertificateStatus.WITHDRAWN: Stand.WITHDRAWN,
    CertificateStatus.LAPSED: Stand.LAPSED,
    CertificateStatus.RESTRICTED: Stand.RESTRICTED,
    CertificateStatus.GRANTED: Stand.HOLDS,
}


def standing(
    row: Certificate, day: date, known: Sequence[CertificateView] | None = None
) -> CertificateStanding:
    """How the certificate stands on the (Amsterdam) day, as known on that day.

    ``known`` are all certificates of the institution known on the day, where they were fetched
    already.
    """
    view = view_on(row, day)
    if known is None:
        known = certificates_known(row.institution, day)
    others = [other for other in known if other.public_id != row.public_id]
    # The next one needs no days: where none are known it holds from its decision on.
    successor = next((other for other in others if _follows(other, row)), None)
    instead = successor is not None and holds_on(successor, day)
    later = [each for each in row.decisions.all() if each.decided is not None]
    decided = [each for each in later if each.decided and each.decided.first <= day]
    stand = _stand(row, view, day, instead=instead)
    return CertificateStanding(
        view=view,
        day=day,
        stand=stand,
        since=next((each for each in reversed(decided) if each.kind == stand.value), None),
        successor=successor,
        not_renewed=any(each.kind == CertificateStatus.NOT_RENEWED for each in decided),
    )


def _stand(row: Certificate, view: CertificateView, day: date, *, instead: bool) -> Stand:
    if row.decided.first > day:
        return Stand.NOT_YET_DECIDED
    if row.status == CertificateStatus.NOT_RENEWED:
        return Stand.REFUSED
    status = CertificateStatus(view.status)
    if status == CertificateStatus.NOT_RENEWED:
        return Stand.LAPSED
    stand = _BY_STATUS[status]
    if stand in HOLDING and (row.starts or row.decided).first > day:
        return Stand.TO_COME
    if stand in HOLDING and instead:
        return Stand.TAKEN_OVER
    return stand


def _follows(other: CertificateView, row: Certificate) -> bool:
    """Whether it was granted, and later than the row."""
    granted = other.status not in (CertificateStatus.REQUESTED, CertificateStatus.NOT_RENEWED)
    return granted and other.decided.on > row.decided_on
