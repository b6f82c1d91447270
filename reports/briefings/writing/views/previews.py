"""The draft as a council would see it: as a page and as a PDF, for everybody or for one place."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest
from reports.briefings.document.selectors.documents import document_of_draft, places_of
from reports.briefings.document.selectors.quoted_figures import Reader
from reports.briefings.gate.views.fetching import open_work, secret
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.printing.selectors import with_secrecy
from reports.briefings.printing.views.makers_files import draft_pdf
from reports.briefings.sentences import place_to_choose
from reports.briefings.signing.selectors.going_out import draft_going_out
from reports.briefings.signing.selectors.signed_texts import texts_of
from reports.briefings.writing.forms.sections import code_of
from reports.pdf.render import RenderError
from reports.pdf.render import render as print_document

Choices = list[tuple[str, str]]


def reader_of(briefing: Briefing, on: date, chosen: str) -> tuple[Reader, Choices]:
    """As whom to look, and whom there are to choose from; a place without readers is 404.

    ``on`` is an Amsterdam day; ``chosen`` is a code of ``code_of``, empty for everybody.
    """
    places = {code_of(one): one for one in places_of(briefing, on)}
    if chosen and chosen not in places:
        raise Http404
    choices = [("", _("everybody (the common text)"))]
    choices += [(code, place_to_choose(place)) for code, place in places.items()]
    return places.get(chosen), choices


@require_safe
@secret
def preview(request: PortalRequest, public_id: str) -> HttpResponse:
    """The draft as the council would see it, as a page."""
    briefing = open_work(request, public_id)
    chosen = request.GET.get("for", "")
    reader, choices = reader_of(briefing, request.today, chosen)
    texts = texts_of(briefing, request.at)
    goes_out = draft_going_out(briefing, texts, request.at)
    context = page(
        request,
        briefing,
        document=document_of_draft(briefing, request.at, place=reader),
        goes_out=goes_out,
        attachment_links=goes_out.links,
        readers=choices,
        chosen=chosen,
        reader=reader,
    )
    return render(request, "reports/briefings/preview.html", context)


@require_safe
@secret
def preview_pdf(request: PortalRequest, public_id: str) -> HttpResponse:
    """The draft as a PDF with the maker's mark, made now and kept nowhere."""
    briefing = open_work(request, public_id)
    reader, _choices = reader_of(briefing, request.today, request.GET.get("for", ""))
    try:
        document = document_of_draft(briefing, request.at, place=reader)
        rendered = print_document(with_secrecy(document, briefing))
        return draft_pdf(request, briefing, rendered.data)
    except (RenderError, ValueError):
        messages.error(request, _("The PDF of this draft cannot be made. Look at its text."))
        return redirect("reports:briefing_preview", public_id)
