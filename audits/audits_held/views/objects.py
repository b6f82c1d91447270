"""The objects that an address names, or not found."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from audits.models.audits import Audit
from audits.models.findings import Cause, Finding
from audits.permissions import seen_institution
from audits.rights import ACT
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution


def audit_or_404(institution: Institution, audit_id: str) -> Audit:
    """The institution's audit. Raises Http404."""
    rows = Audit.objects.of(institution).select_related(
        "institution", "framework", "follow_up_of", "document__source"
    )
    row: Audit | None = rows.filter(public_id=audit_id).first()
    if row is None:
        raise Http404
    return row


def finding_or_404(audit: Audit, finding_id: str) -> Finding:
    """The audit's finding. Raises Http404."""
    rows = Finding.objects.filter(found_in=audit, public_id=finding_id)
    row: Finding | None = rows.select_related(
        "theme", "requirement", "category", "source", "passage__version"
    ).first()
    if row is None:
        raise Http404
    return row


def cause_or_404(finding: Finding, cause_id: str) -> Cause:
    """The finding's cause. Raises Http404."""
    row = finding.causes.filter(public_id=cause_id).first()
    if row is None:
        raise Http404
    return row


def may_act(actor: Actor, institution: Institution) -> bool:
    """Whether the person keeps causes, progress and evidence about the institution."""
    return institution.code in actor.places(ACT).institutions


def acted_institution(request: PortalRequest, code: str) -> Institution:
    """The institution, for who may add causes. Raises Http404 unseen, PermissionDenied else."""
    institution = seen_institution(request, code)
    if not may_act(request.actor, institution):
        raise PermissionDenied
    return institution
