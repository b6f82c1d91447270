"""The first line of every page about documents: unseen is 404, seen but not yours is 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from audits.documents.selectors import DocumentView, VersionView, document_seen, may_keep
from audits.permissions import seen_institution
from certification.models import DocumentVersion
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution

P = ParamSpec("P")


def unkept(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let nobody keep the page: it may hold what is under embargo."""

    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return wrapped


def document_or_404(
    request: PortalRequest, institution_code: str, document_id: str
) -> tuple[Institution, DocumentView]:
    """The paper as this person sees it."""
    institution = seen_institution(request, institution_code)
    found = document_seen(institution, document_id, request.user, request.at)
    if found is None:
        raise Http404
    return institution, found


def version_or_404(
    request: PortalRequest, institution_code: str, version_id: str
) -> tuple[Institution, DocumentView, VersionView]:
    """One version and its paper as this person sees them."""
    institution = seen_institution(request, institution_code)
    row = DocumentVersion.objects.select_related("document").filter(public_id=version_id).first()
    found = (
        document_seen(institution, row.document.public_id, request.user, request.at)
        if row
        else None
    )
    one = next((one for one in found.versions if one.row == row), None) if found else None
    if found is None or one is None:
        raise Http404
    return institution, found, one


def check_keeper(request: PortalRequest, institution: Institution) -> None:
    """Raises PermissionDenied for who sees the register but does not keep it."""
    if not may_keep(request.actor, institution):
        raise PermissionDenied
