"""Serving a stored file, after the caller has checked that the reader may have it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.storage import read


def serve(stored: StoredFile, *, download_name: str, inline: bool = False) -> HttpResponse:
    """The file as a response that nobody keeps: no cache, no ETag, no age.

    With ``FILES_INTERNAL_PATH`` nginx sends the bytes (X-Accel-Redirect), else Django does.
    Raises DamagedFileError where the bytes are gone or changed.
    """
    if settings.FILES_INTERNAL_PATH:
        response = HttpResponse(content_type=stored.content_type)
        place = f"{stored.sha256[:2]}/{stored.sha256}"
        response["X-Accel-Redirect"] = f"{settings.FILES_INTERNAL_PATH}{place}"
    else:
        response = HttpResponse(read(stored), content_type=stored.content_type)
    disposition = content_disposition_header(not inline, download_name)
    if disposition:
        response["Content-Disposition"] = disposition
    response["Cache-Control"] = "no-store, private"
    return response
