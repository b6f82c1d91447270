"""Handing out a PDF that is kept nowhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from reports.briefings.models.versions import BriefingVersion


def hand_out(data: bytes, name: str) -> HttpResponse:
    """A PDF that is kept nowhere, as a download."""
    response = HttpResponse(data, content_type="application/pdf")
    disposition = content_disposition_header(True, name)
    if disposition:
        response["Content-Disposition"] = disposition
    return response


def pdf_name(version: BriefingVersion) -> str:
    """A neutral name: a title in a folder of downloads tells too much."""
    return f"oplegger-{version.public_id[:8]}-v{version.number}.pdf"
