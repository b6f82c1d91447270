"""A published version as one file for the archive: for its makers and the privacy officer."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest, client_address
from reports.briefings.archive.exports import export, exportable
from reports.briefings.gate.views.fetching import secret
from reports.briefings.log.actions import log_work
from reports.briefings.models.briefings import Briefing, BriefingQuerySet
from reports.briefings.models.readings import ReadingKind
from reports.rights import EXPORT_BRIEFINGS


def _of_my_places(request: PortalRequest) -> BriefingQuerySet:
    """Briefings of which this person keeps the records; whether they are out is asked apart."""
    places = request.actor.places(EXPORT_BRIEFINGS)
    rows: BriefingQuerySet = Briefing.objects.filter(
        Q(region__slug__in=places.regions) | Q(municipality__cbs_code__in=places.municipalities)
    )
    return rows


@require_safe
@secret
def version_export(request: PortalRequest, public_id: str, version_id: str) -> HttpResponse:
    """The zip of a version that is out."""
    mine = Briefing.objects.worked_on_by(request.user, request.at).filter(public_id=public_id)
    briefing = mine.first() or _of_my_places(request).filter(public_id=public_id).first()
    version = (
        exportable(request.at)
        .filter(briefing=briefing, public_id=version_id)
        .select_related("briefing", "briefing__region", "briefing__municipality")
        .first()
    )
    if briefing is None or version is None:
        raise Http404
    data = export(version)
    log_work(
        briefing=briefing,
        kind=ReadingKind.EXPORT,
        file_name="archive",
        sha256=hashlib.sha256(data).hexdigest(),
        version_number=version.number,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    response = HttpResponse(data, content_type="application/zip")
    name = f"archief-{version.public_id[:8]}-v{version.number}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@login_required
def records(request: PortalRequest) -> HttpResponse:
    """What is out, with a file for the archive; nothing of what is not."""
    if not request.actor.may(EXPORT_BRIEFINGS):
        raise PermissionDenied
    versions = (
        exportable(request.at)
        .filter(briefing__in=_of_my_places(request))
        .select_related("briefing", "briefing__region", "briefing__municipality")
    )
    rows = [
        {"version": one, "title": one.content["title"], "owner": one.briefing.owner}
        for one in versions.order_by("-published_at")
    ]
    response = render(request, "reports/briefings/records.html", {"rows": rows})
    response["Cache-Control"] = "no-store, private"
    return response
