"""Serving a stored file, after the caller has checked that the reader may have it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.storage import read

PUBLIC_PART = "public/"
"""Under ``FILES_INTERNAL_PATH``: the same files, which may be kept and asked for by hash."""


def serve(
    stored: StoredFile, *, download_name: str, inline: bool = False, public: bool = False
) -> HttpResponse:
    """The file as a response that nobody keeps: no cache, no ETag, no age.

    ``public`` is for what anybody may read: it carries its hash, and the caller says how long
    it may be kept. With ``FILES_INTERNAL_PATH`` nginx sends the bytes (X-Accel-Redirect), else
    Django does. Raises DamagedFileError where the bytes are gone or changed.
    """
    if settings.FILES_INTERNAL_PATH:
        response = HttpResponse(content_type=stored.content_type)
        part = PUBLIC_PART if public else ""
        place = f"{part}{stored.sha256[:2]}/{stored.sha256}"
        response["X-Accel-Redirect"] = f"{settings.FILES_INTERNAL_PATH}{place}"
    else:
        response = HttpResponse(read(stored), content_type=stored.content_type)
    disposition = content_disposition_header(not inline, download_name)
    if disposition:
        response["Content-Disposition"] = disposition
    response["Cache-Control"] = "no-store, private"
    if public:
        response["ETag"] = f'"{stored.sha256[:32]}"'
    return response
