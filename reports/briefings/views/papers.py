"""Handing out a PDF: the kept file, or while secrecy runs one that says so on each page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jbn_oversight.files.http import serve
from jbn_oversight.files.models import StoredFile
from jbn_oversight.http import PortalRequest
from reports.briefings.secret_paper import secret_paper
from reports.models import Briefing, BriefingVersion, VersionVariant
from reports.pdf.render import RenderError


def hand_out(data: bytes, name: str) -> HttpResponse:
    """A PDF that is kept nowhere, as a download."""
    response = HttpResponse(data, content_type="application/pdf")
    disposition = content_disposition_header(True, name)
    if disposition:
        response["Content-Disposition"] = disposition
    return response


def paper_for_makers(
    request: PortalRequest,
    briefing: Briefing,
    text: BriefingVersion | VersionVariant,
    stored: StoredFile,
    name: str,
) -> HttpResponse:
    """A printed text for its makers; without their own mark."""
    try:
        data = secret_paper(text, briefing)
    except RenderError:
        messages.error(request, _("The PDF with the secrecy on it cannot be made now."))
        return redirect("reports:briefing_work", briefing.public_id)
    if data is None:
        return serve(stored, download_name=name)
    return hand_out(data, name)
