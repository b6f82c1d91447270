"""What readers get: the page before, the terms, the text, and its files."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jbn_oversight.embargo import Answer, is_window_open, overdue
from jbn_oversight.files.views import serve
from jbn_oversight.http import PortalRequest, client_address
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.document.selectors.articles import article_of, document_of
from reports.briefings.document.selectors.corrections import corrections_beside
from reports.briefings.document.selectors.documents import file_name
from reports.briefings.gate.selectors.prepared import answered
from reports.briefings.gate.selectors.texts import ReadText, texts_read_by
from reports.briefings.gate.views.downloads import hand_out, pdf_name
from reports.briefings.gate.views.fetching import known_briefing, secret
from reports.briefings.log.actions import log_download, log_opening, reads_as
from reports.briefings.models.briefings import Briefing
from reports.briefings.printing.actions.copies import copy_for
from reports.briefings.printing.selectors import secret_copy
from reports.briefings.questions.actions import may_ask, seen_by
from reports.briefings.questions.forms import QuestionForm
from reports.briefings.readers.actions import accept_terms
from reports.documents.exports import figures_csv
from reports.pdf.render import RenderError


@require_safe
@secret
def read(request: PortalRequest, public_id: str) -> HttpResponse:
    """The briefing as it is to this reader at this moment."""
    briefing = answered(request.user, request.at, public_id)
    if briefing is not None and briefing.answer != Answer.NONE.value:
        if briefing.answer == Answer.BEFORE.value:
            return _before(request, briefing)
        return _opened(request, *_own_text(request, briefing))
    maker = Briefing.objects.worked_on_by(request.user, request.at)
    if maker.filter(public_id=public_id).exists():
        return redirect("reports:briefing_work", public_id)
    raise Http404


@require_safe
@secret
def read_text(request: PortalRequest, public_id: str, text_id: str) -> HttpResponse:
    """The text of one of the reader's own councils, for who sits in more than one."""
    return _opened(request, *_own_text(request, _visible(request, public_id), text_id=text_id))


def _opened(request: PortalRequest, text: ReadText, others: list[ReadText]) -> HttpResponse:
    reads = reads_as(text.briefing, request.at, request.user, text.variant)
    context = _page(request, text, others, reads)
    response = render(request, "reports/briefings/read.html", context)
    log_opening(
        text=text,
        reads=reads,
        served=response.content,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    return response


def _visible(request: PortalRequest, public_id: str) -> Briefing:
    """The briefing if this reader may see its content now, else 404."""
    briefing = answered(request.user, request.at, public_id)
    if briefing is None or briefing.answer not in (Answer.WITHIN.value, Answer.AFTER.value):
        raise Http404
    return briefing


def _own_text(
    request: PortalRequest, briefing: Briefing, *, version_id: str = "", text_id: str = ""
) -> tuple[ReadText, list[ReadText]]:
    """The text asked for if it is one of this reader's own, and all of those; else 404.

    Without ``text_id`` it is the first of them, so a version's own address gives the text of
    the reader's council.
    """
    own = texts_read_by(request.user, request.at, briefing)
    for text in own:
        if text_id in ("", text.key) and version_id in ("", text.version.public_id):
            return text, own
    raise Http404


def _before(request: PortalRequest, briefing: Briefing) -> HttpResponse:
    """Hours, a contact and, in the window, the terms: nothing of the briefing itself."""
    opens, until = briefing.window_opens_at, briefing.embargo_until
    approved = briefing.approved_at is not None
    latest = briefing.latest_version()
    is_open = is_window_open(briefing.embargo_facts(), request.at)
    # The hour may have come while nobody approved what there is to read.
    is_unfinished = not approved and opens is not None and opens <= request.at
    context = {
        "public_id": briefing.public_id,
        "sentence": _from_when(opens, is_open=is_open, is_unfinished=is_unfinished),
        "opens": moment_in_words(opens) if opens else "",
        "until": moment_in_words(until) if until else "",
        # From the approval on what was approved, whatever the draft says by now.
        "contact": latest.content["contact"] if latest else briefing.contact,
        "is_open": is_open,
    }
    return render(request, "reports/briefings/before.html", context)


def _from_when(opens: datetime | None, *, is_open: bool, is_unfinished: bool) -> str:
    """From when an invited reader may read."""
    if is_open:
        return _("You may read it as soon as you accept the terms.")
    if opens is None or is_unfinished:
        return _("You may not read it yet: it is not finished.")
    return _("You may read it from %(moment)s.") % {"moment": moment_in_words(opens)}


def _page(
    request: PortalRequest, text: ReadText, own: list[ReadText], reads: tuple[str, str]
) -> dict[str, object]:
    briefing, version = text.briefing, text.version
    document = document_of(text)
    frozen = text.variant or version
    corrections = corrections_beside(frozen, document, briefing.institution, request.at)
    role, organisation = reads
    is_within = briefing.answer == Answer.WITHIN.value
    assert briefing.embargo_until is not None  # briefing_hour_from_approval_on
    return {
        "briefing": briefing,
        "version": version,
        "text": text,
        "choices": _choices(briefing, text, own),
        "document": document,
        "article": article_of(text, corrections),
        "is_within": is_within,
        "is_personal": not text.is_out,
        "is_correction": briefing.published_version_id != version.pk,
        "is_late": is_within and overdue(briefing.embargo_facts(), request.at),
        "until": moment_in_words(briefing.embargo_until),
        "published": (
            moment_in_words(max(briefing.published_at, briefing.embargo_until))
            if briefing.published_at
            else ""
        ),
        "reads_for": organisation,
        "pdf_address": _address(text, "pdf") if text.printed() is not None else "",
        "figures_address": _address(text, "figures") if next(document.figures(), None) else "",
        "questions": seen_by(briefing, request.user),
        "question_form": QuestionForm() if may_ask(role) else None,
    }


def _address(text: ReadText, what: str) -> str:
    if text.variant is not None:
        name, key = f"reports:briefing_own_{what}", text.key
    else:
        name, key = f"reports:briefing_{what}", text.version.public_id
    return reverse(name, args=[text.briefing.public_id, key])


def _choices(
    briefing: Briefing, shown: ReadText, own: list[ReadText]
) -> list[tuple[str, str, bool]]:
    """The texts of one's councils as tabs, where there is more than one."""
    if len(own) < 2:
        return []
    return [
        (
            one.place,
            reverse("reports:briefing_own_text", args=[briefing.public_id, one.key]),
            one.key == shown.key,
        )
        for one in own
    ]


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
    """The PDF of the version that this reader reads: the text of the own council."""
    text, _own = _own_text(request, _visible(request, public_id), version_id=version_id)
    return _pdf(request, text)


@require_safe
@secret
def own_pdf(request: PortalRequest, public_id: str, text_id: str) -> HttpResponse:
    """The PDF of the text of one of the reader's own councils."""
    text, _own = _own_text(request, _visible(request, public_id), text_id=text_id)
    return _pdf(request, text)


def _pdf(request: PortalRequest, text: ReadText) -> HttpResponse:
    """The plain file once it is out; before that the reader's own copy and nothing else."""
    printed = text.printed()
    if printed is None and text.names_another_hour:
        # Paper that names an hour which was moved would be believed.
        messages.error(
            request,
            _("The hour was moved. The PDF is being printed with the new one. Read the text here."),
        )
        return redirect("reports:briefing", text.briefing.public_id)
    if printed is None or printed.pdf is None:
        raise Http404
    stored, code, reads = printed.pdf, "", None
    if not text.is_out:
        copy = copy_for(text=text, at=request.at, by=request.user)
        if copy is None or copy.stored is None:
            return _no_copy(request, text)
        stored, code, reads = copy.stored, copy.code, (copy.role, copy.organisation)
        try:
            data = secret_copy(copy, text.variant or text.version, text.briefing)
        except RenderError:
            return _no_copy(request, text)
        if data is not None:
            _log(request, text, "pdf", hashlib.sha256(data).hexdigest(), copy_code=code)
            return hand_out(data, pdf_name(text.version))
    # The row first: no byte goes out unnoted.
    _log(request, text, "pdf", stored.sha256, copy_code=code, reads=reads)
    return serve(stored, download_name=pdf_name(text.version))


def _no_copy(request: PortalRequest, text: ReadText) -> HttpResponse:
    messages.error(
        request, _("Your copy of the PDF cannot be made now. Read the text here; we look at it.")
    )
    return redirect("reports:briefing", text.briefing.public_id)


@require_safe
@secret
def figures(request: PortalRequest, public_id: str, version_id: str) -> HttpResponse:
    """The figures of the text as CSV: the same file that travels in the PDF."""
    text, _own = _own_text(request, _visible(request, public_id), version_id=version_id)
    return _figures(request, text)


@require_safe
@secret
def own_figures(request: PortalRequest, public_id: str, text_id: str) -> HttpResponse:
    """The figures of the text of one of the reader's own councils."""
    text, _own = _own_text(request, _visible(request, public_id), text_id=text_id)
    return _figures(request, text)


def _figures(request: PortalRequest, text: ReadText) -> HttpResponse:
    attached = figures_csv(document_of(text))
    if attached is None:
        raise Http404
    _log(request, text, "csv", hashlib.sha256(attached.data).hexdigest())
    response = HttpResponse(attached.data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{text.version.number}.csv"'
    return response


@require_safe
@secret
def attachment(
    request: PortalRequest, public_id: str, version_id: str, attachment_id: str
) -> HttpResponse:
    """A file that was signed off with the version: the same for every council."""
    text, _own = _own_text(request, _visible(request, public_id), version_id=version_id)
    rows = text.version.attachments.filter(public_id=attachment_id)
    found = rows.select_related("stored").first()
    if found is None:
        raise Http404
    name = file_name(found.title, found.position, found.stored.content_type)
    _log(request, text, f"attachment {found.position}", found.stored.sha256)
    return serve(found.stored, download_name=name)


def _log(
    request: PortalRequest,
    text: ReadText,
    name: str,
    sha256: str,
    *,
    copy_code: str = "",
    reads: tuple[str, str] | None = None,
) -> None:
    log_download(
        text=text,
        file_name=name,
        sha256=sha256,
        copy_code=copy_code,
        at=request.at,
        address=client_address(request),
        by=request.user,
        reads=reads,
    )
