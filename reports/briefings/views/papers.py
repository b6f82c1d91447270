"""Handing out a PDF that is kept nowhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def hand_out(data: bytes, name: str) -> HttpResponse:
    """A PDF that is kept nowhere, as a download."""
    response = HttpResponse(data, content_type="application/pdf")
    disposition = content_disposition_header(True, name)
    if disposition:
        response["Content-Disposition"] = disposition
    return response
