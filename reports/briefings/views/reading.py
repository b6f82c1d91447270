"""What readers get: the page before, the terms, the text, and its files."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jbn_oversight.embargo import Answer, is_window_open, overdue
from jbn_oversight.files.http import serve
from jbn_oversight.http import PortalRequest, client_address
from reports.briefings.actions.readers import accept_terms
from reports.briefings.actions.reading import log_download, log_opening
from reports.briefings.content import thaw
from reports.briefings.documents import file_name
from reports.briefings.views.gates import known_briefing, readable_version, secret, version_read
from reports.briefings.words import moment_in_words
from reports.figures_csv import figures_csv
from reports.models import Briefing, BriefingVersion


@require_safe
@secret
def read(request: PortalRequest, public_id: str) -> HttpResponse:
    """The briefing as it is to this reader at this moment."""
    if Briefing.objects.known_to(request.user, request.at).filter(public_id=public_id).exists():
        return _read(request, known_briefing(request, public_id))
    maker = Briefing.objects.worked_on_by(request.user, request.at)
    if maker.filter(public_id=public_id).exists():
        return redirect("reports:briefing_work", public_id)
    raise Http404


def _read(request: PortalRequest, briefing: Briefing) -> HttpResponse:
    if briefing.answer == Answer.BEFORE.value:
        return _before(request, briefing)
    version = version_read(briefing)
    if version is None:
        raise Http404
    response = render(request, "reports/briefings/read.html", _page(request, briefing, version))
    log_opening(
        briefing=briefing,
        version=version,
        served=response.content,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    return response


def _before(request: PortalRequest, briefing: Briefing) -> HttpResponse:
    """Hours, a contact and, in the window, the terms: nothing of the briefing itself."""
    opens, until = briefing.window_opens_at, briefing.embargo_until
    approved = briefing.approved_at is not None
    latest = briefing.latest_version()
    context = {
        "public_id": briefing.public_id,
        "opens": moment_in_words(opens) if opens else "",
        "until": moment_in_words(until) if until else "",
        # From the approval on what was approved, whatever the draft says by now.
        "contact": latest.content["contact"] if latest else briefing.contact,
        "is_open": is_window_open(briefing.embargo_facts(), request.at),
        "waits_for_approval": not approved and opens is not None and opens <= request.at,
    }
    return render(request, "reports/briefings/before.html", context)


def _page(
    request: PortalRequest, briefing: Briefing, version: BriefingVersion
) -> dict[str, object]:
    document = thaw(version.content)
    here = [briefing.public_id, version.public_id]
    assert briefing.embargo_until is not None  # briefing_hour_from_approval_on
    return {
        "briefing": briefing,
        "version": version,
        # The page says itself what the embargo is now; the frozen line is for paper.
        "document": replace(document, embargo_line=None),
        "is_within": briefing.answer == Answer.WITHIN.value,
        "is_correction": briefing.published_version_id != version.pk,
        "is_late": overdue(briefing.embargo_facts(), request.at),
        "until": moment_in_words(briefing.embargo_until),
        "published": (
            moment_in_words(max(briefing.published_at, briefing.embargo_until))
            if briefing.published_at
            else ""
        ),
        "pdf": version.printed() is not None,
        "has_figures": figures_csv(document) is not None,
        "attachment_links": [
            (one.title, reverse("reports:briefing_attachment", args=[*here, one.public_id]))
            for one in version.attachments.all()
        ],
    }


@require_POST
@secret
def terms(request: PortalRequest, public_id: str) -> HttpResponse:
    """Accept the terms of this briefing, then read."""
    briefing = known_briefing(request, public_id)
    accepted = accept_terms(
        briefing=briefing, at=request.at, address=client_address(request), by=request.user
    )
    if not accepted:
        messages.warning(request, _("You cannot read it yet, so there is nothing to accept."))
    return redirect("reports:briefing", public_id)


@require_safe
@secret
def pdf(request: PortalRequest, public_id: str, version_id: str) -> HttpResponse:
    """The PDF of the version that this reader reads."""
    briefing, version = readable_version(request, public_id, version_id)
    printed = version.printed()
    if printed is None or printed.pdf is None:
        raise Http404
    response = serve(printed.pdf, download_name=pdf_name(version))
    _log(request, briefing, version, "pdf", printed.pdf.sha256)
    return response


@require_safe
@secret
def figures(request: PortalRequest, public_id: str, version_id: str) -> HttpResponse:
    """The figures of the version as CSV: the same file that travels in the PDF."""
    briefing, version = readable_version(request, public_id, version_id)
    attached = figures_csv(thaw(version.content))
    if attached is None:
        raise Http404
    response = HttpResponse(attached.data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{version.number}.csv"'
    _log(request, briefing, version, "csv", hashlib.sha256(attached.data).hexdigest())
    return response


@require_safe
@secret
def attachment(
    request: PortalRequest, public_id: str, version_id: str, attachment_id: str
) -> HttpResponse:
    """A file that was signed off with the version."""
    briefing, version = readable_version(request, public_id, version_id)
    found = version.attachments.filter(public_id=attachment_id).select_related("stored").first()
    if found is None:
        raise Http404
    name = file_name(found.title, found.position, found.stored.content_type)
    response = serve(found.stored, download_name=name)
    _log(request, briefing, version, f"attachment {found.position}", found.stored.sha256)
    return response


def pdf_name(version: BriefingVersion) -> str:
    """A neutral name: a title in a folder of downloads tells too much."""
    return f"oplegger-{version.public_id[:8]}-v{version.number}.pdf"


def _log(
    request: PortalRequest,
    briefing: Briefing,
    version: BriefingVersion,
    name: str,
    sha256: str,
) -> None:
    log_download(
        briefing=briefing,
        version=version,
        file_name=name,
        sha256=sha256,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
