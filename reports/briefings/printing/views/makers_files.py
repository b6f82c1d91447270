"""Files for makers: unpublished text bears the maker's own mark, and each download is a row."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jbn_oversight.files.views import serve
from jbn_oversight.http import PortalRequest, client_address
from reports.briefings.gate.selectors.texts import ReadText
from reports.briefings.gate.views.downloads import hand_out, pdf_name
from reports.briefings.log.actions import log_work, works_as
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, VersionVariant
from reports.briefings.printing.actions.copies import copy_for, copy_of_draft
from reports.briefings.printing.selectors import secret_copy
from reports.pdf.render import RenderError


def makers_pdf(
    request: PortalRequest,
    briefing: Briefing,
    version: BriefingVersion,
    variant: VersionVariant | None = None,
) -> HttpResponse:
    """A printed text for a maker: plain once it is out, before that the maker's own copy.

    The briefing comes from the makers' gate. Raises Http404 while nothing is printed.
    """
    text = ReadText(briefing, version, variant)
    printed = text.printed() if variant is not None else version.paper_for_makers()
    if printed is None or printed.pdf is None:
        raise Http404
    stored, code, secret = printed.pdf, "", None
    if not (briefing.published_version_id == version.pk and briefing.is_out(request.at)):
        reads = works_as(request.at, request.user)
        try:
            copy = copy_for(text=text, at=request.at, by=request.user, reads=reads, printed=printed)
            # While secrecy runs the paper says so, under the same number and code.
            secret = secret_copy(copy, variant or version, briefing) if copy else None
        except (RenderError, ValueError):
            copy = None
        if copy is None or copy.stored is None:
            messages.error(request, _("Your copy of the PDF cannot be made now. Look at its text."))
            return redirect("reports:briefing_work", briefing.public_id)
        stored, code = copy.stored, copy.code
    # The row first: no byte goes out unnoted.
    log_work(
        briefing=briefing,
        file_name="pdf",
        sha256=stored.sha256 if secret is None else hashlib.sha256(secret).hexdigest(),
        version_number=version.number,
        place_code=text.place_code,
        copy_code=code,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    if secret is not None:
        return hand_out(secret, pdf_name(version))
    return serve(stored, download_name=pdf_name(version))


def draft_pdf(request: PortalRequest, briefing: Briefing, data: bytes) -> HttpResponse:
    """The draft as a PDF with the maker's mark, noted before it goes out.

    Raises ValueError for what is no PDF of ours.
    """
    reads = works_as(request.at, request.user)
    copy, marked = copy_of_draft(
        briefing=briefing, source=data, at=request.at, by=request.user, reads=reads
    )
    log_work(
        briefing=briefing,
        file_name="draft pdf",
        sha256=hashlib.sha256(marked).hexdigest(),
        copy_code=copy.code,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    return hand_out(marked, "draft.pdf")
