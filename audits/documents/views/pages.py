"""The register of documents: the list, a paper, its file, and adding papers and versions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.documents.actions.documents import add_document, add_version, log_reading
from audits.documents.forms import DocumentForm, VersionForm
from audits.documents.selectors import documents_seen, facts_of, may_keep, passages_seen
from audits.documents.views.gates import check_keeper, document_or_404, unkept, version_or_404
from audits.permissions import seen_institution
from audits.selectors.history import changes_of
from audits.selectors.visibility import sight_for
from certification.models.documents import DocumentKind
from jbn_oversight.files.actions import told
from jbn_oversight.files.scan.kinds import ENDINGS
from jbn_oversight.files.views import serve
from jbn_oversight.http import PortalRequest, client_address
from jbn_oversight.refusals import RefusedError


@require_safe
@login_required
@unkept
def documents(request: PortalRequest, institution_code: str) -> HttpResponse:
    """The papers that this person may read, searched among those alone."""
    institution = seen_institution(request, institution_code)
    words, kind = request.GET.get("q", "")[:100].strip(), request.GET.get("kind", "")
    found = documents_seen(institution, request.user, request.at, words, kind)
    context = {
        "institution": institution,
        "documents": found,
        "words": words,
        "kind": kind,
        "kinds": DocumentKind.choices,
        "is_searched": bool(words or kind),
        "may_keep": may_keep(request.actor, institution),
    }
    return render(request, "audits/documents/documents.html", context)


@require_safe
@login_required
@unkept
def document(request: PortalRequest, institution_code: str, document_id: str) -> HttpResponse:
    """One paper: its versions, what is quoted from it, and which facts rest on it."""
    institution, found = document_or_404(request, institution_code, document_id)
    rows = [one.row for one in found.versions]
    context = {
        "institution": institution,
        "document": found,
        "passages": passages_seen(found.versions, request.user, request.at),
        "facts": facts_of(institution, source=found.row.source),
        "may_keep": may_keep(request.actor, institution),
        "changes": changes_of(
            found.row,
            found.row.source,
            *rows,
            sight=sight_for(request),
            leave_out=("stored", "document", "code"),
        ),
    }
    return render(request, "audits/documents/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@unkept
def document_new(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Add a paper to the register."""
    institution = seen_institution(request, institution_code)
    check_keeper(request, institution)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentForm(*posted, institution=institution, by=request.user, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                source = form.source_of("source", request.user)
                assert source is not None  # the field is required
                version = add_document(
                    institution=institution,
                    kind=form.cleaned_data["kind"],
                    source=source,
                    data=form.cleaned_data["file"].read(),
                    dated=form.cleaned_data["dated"],
                    embargo=form.embargo(),
                    at=request.at,
                    by=request.user,
                )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return _added(request, institution.code, version.document.public_id, version.scan_codes)
    context = {"institution": institution, "form": form, "document": None}
    return render(request, "audits/documents/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@unkept
def document_version_new(
    request: PortalRequest, institution_code: str, document_id: str
) -> HttpResponse:
    """Add the next version of a paper."""
    institution, found = document_or_404(request, institution_code, document_id)
    check_keeper(request, institution)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = VersionForm(*posted, institution=institution, by=request.user, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            version = add_version(
                document=found.row,
                data=form.cleaned_data["file"].read(),
                dated=form.cleaned_data["dated"],
                reason=form.cleaned_data["reason"],
                embargo=form.embargo(),
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return _added(request, institution.code, found.row.public_id, version.scan_codes)
    context = {"institution": institution, "form": form, "document": found}
    return render(request, "audits/documents/form.html", context)


def _added(
    request: PortalRequest, institution_code: str, document_id: str, codes: list[str]
) -> HttpResponse:
    messages.success(request, " ".join([_("The paper is in the register."), *told(codes)]))
    return redirect("audits:document", institution_code, document_id)


@require_safe
@login_required
@unkept
def document_file(request: PortalRequest, institution_code: str, paper_id: str) -> HttpResponse:
    """The bytes of a version, logged before they go out."""
    _institution, found, version = version_or_404(request, institution_code, paper_id)
    if not version.is_readable:
        raise Http404
    row = version.row
    log_reading(version=row, reader=request.user, address=client_address(request), at=request.at)
    name = slugify(found.row.source.title)[:60] or "document"
    ending = ENDINGS[row.stored.content_type]
    return serve(row.stored, download_name=f"{name}-{version.number}{ending}")
