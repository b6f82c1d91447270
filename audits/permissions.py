"""Whose pages these are: unseen is 404, seen but not yours to change is 403."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from audits.rights import EXPLAIN, RECORD, SEE_TIMELINE
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.selectors import choosing


def seen_institution(request: PortalRequest, code: str) -> Institution:
    """The institution, for who may see its supervision; for others it does not exist."""
    return choosing.seen_institution(request, code, SEE_TIMELINE)


def recorded_institution(request: PortalRequest, code: str) -> Institution:
    """The institution, for who may record. Raises Http404 unseen, PermissionDenied if only seen."""
    institution = seen_institution(request, code)
    if not may_record(request.actor, institution):
        raise PermissionDenied
    return institution


def may_record(actor: Actor, institution: Institution) -> bool:
    """Whether the person records what others decided and found about the institution."""
    return institution.code in actor.places(RECORD).institutions


def may_explain(actor: Actor, institution: Institution) -> bool:
    """Whether the person explains disagreements and decides between sources."""
    return institution.code in actor.places(EXPLAIN).institutions
