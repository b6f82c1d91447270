"""Keeping the register: readers, release, withdrawal, and passages with their facts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.documents.actions.documents import name_readers, release, withdraw
from audits.documents.actions.passages import add_passage, tie, untie
from audits.documents.forms import DocumentPassageForm, ReadersForm, TieForm, WithdrawVersionForm
from audits.documents.selectors import (
    VersionView,
    fact_of,
    facts_of,
    may_keep,
    passage_seen,
    readings_of,
    shown_numbers,
)
from audits.documents.views.gates import check_keeper, unkept, version_or_404
from audits.permissions import seen_institution
from audits.selectors.history import changes_of
from audits.selectors.visibility import sight_for
from certification.models import Passage
from certification.rights import SEE_DOCUMENT_LOG
from jbn_oversight.embargo import overdue
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError


@require_safe
@login_required
@unkept
def document_version(request: PortalRequest, institution_code: str, paper_id: str) -> HttpResponse:
    """One version: its embargo, who may read it before, and who was given it."""
    institution, found, version = version_or_404(request, institution_code, paper_id)
    return _page(request, institution, found, version)


def _page(
    request: PortalRequest,
    institution: Institution,
    found: object,
    version: VersionView,
    **forms: object,
) -> HttpResponse:
    row = version.row
    keeps = may_keep(request.actor, institution)
    shut = row.withdrawn_at is None and not row.is_out(request.at)
    sees_log = institution.code in request.actor.places(SEE_DOCUMENT_LOG).institutions
    context = {
        "institution": institution,
        "document": found,
        "version": version,
        "readers": row.readers.filter(removed_at=None).select_related("membership__user")
        if version.is_mine
        else (),
        "may_name": version.is_mine and shut and row.window_opens_at is not None,
        "may_release": version.is_mine
        and row.released_at is None
        and row.withdrawn_at is None
        and row.asked_releaser_id == request.user.pk,
        "may_withdraw": keeps and row.withdrawn_at is None,
        "may_quote": keeps and version.is_readable,
        "is_overdue": version.is_mine and overdue(row.embargo_facts(), request.at),
        "sees_log": sees_log,
        "readings": readings_of([row]) if sees_log else (),
        "readers_form": ReadersForm(version=row, at=request.at) if version.is_mine else None,
        "withdraw_form": WithdrawVersionForm(),
        "passage_form": DocumentPassageForm(instance=Passage(version=row)),
        **forms,
    }
    return render(request, "audits/documents/version.html", context)


@require_POST
@login_required
@unkept
def document_release(request: PortalRequest, institution_code: str, paper_id: str) -> HttpResponse:
    """Release a version, by the person who was asked."""
    institution, _found, version = version_or_404(request, institution_code, paper_id)
    _check_mine(version)
    try:
        release(version=version.row, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Released. It opens on its hour."))
    return redirect("audits:document_version", institution.code, paper_id)


@require_http_methods(["POST"])
@login_required
@unkept
def document_readers(request: PortalRequest, institution_code: str, paper_id: str) -> HttpResponse:
    """Name who may read before the hour; the others are shut out."""
    institution, found, version = version_or_404(request, institution_code, paper_id)
    _check_mine(version)
    form = ReadersForm(request.POST, version=version.row, at=request.at)
    if form.is_valid():
        try:
            name_readers(
                version=version.row,
                memberships=list(form.cleaned_data["readers"]),
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The named readers are recorded."))
            return redirect("audits:document_version", institution.code, paper_id)
    return _page(request, institution, found, version, readers_form=form)


@require_POST
@login_required
@unkept
def document_withdraw(request: PortalRequest, institution_code: str, paper_id: str) -> HttpResponse:
    """Shut a version to everybody, with the reason."""
    institution, found, version = version_or_404(request, institution_code, paper_id)
    check_keeper(request, institution)
    form = WithdrawVersionForm(request.POST)
    if form.is_valid():
        try:
            withdraw(
                version=version.row,
                reason=form.cleaned_data["reason"],
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The version is withdrawn. Nobody can download it now."))
            return redirect("audits:documents", institution.code)
    return _page(request, institution, found, version, withdraw_form=form)


@require_POST
@login_required
@unkept
def passage_new(request: PortalRequest, institution_code: str, paper_id: str) -> HttpResponse:
    """Quote a place in a version."""
    institution, found, version = version_or_404(request, institution_code, paper_id)
    check_keeper(request, institution)
    if not version.is_readable:
        raise Http404
    form = DocumentPassageForm(request.POST, instance=Passage(version=version.row))
    if form.is_valid():
        try:
            added = add_passage(
                version=version.row,
                place=form.cleaned_data["place"],
                quote=form.cleaned_data["quote"],
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The passage is recorded."))
            return redirect("audits:passage", institution.code, added.public_id)
    return _page(request, institution, found, version, passage_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@unkept
def passage(request: PortalRequest, institution_code: str, passage_id: str) -> HttpResponse:
    """A quoted passage, the paper it stands in, and the facts that rest on it."""
    institution, found = _passage_or_404(request, institution_code, passage_id)
    keeps = may_keep(request.actor, institution)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    tied = facts_of(institution, passage=found)
    loose = [
        one
        for one in facts_of(institution, source=found.version.document.source)
        if one.passage_id != found.pk
    ]
    form = TieForm(request.POST or None, facts=loose)
    if request.method == "POST" and form.is_valid():
        fact = fact_of(institution, form.cleaned_data["fact"])
        try:
            assert fact is not None  # one of the choices
            tie(passage=found, fact=fact, at=request.at, by=request.user)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The fact points to this passage now."))
            return redirect("audits:passage", institution.code, passage_id)
    context = {
        "institution": institution,
        "passage": found,
        "number": shown_numbers([found.version], request.user, request.at)[found.version_id],
        "facts": tied,
        "form": form if keeps and loose and found.version.is_out(request.at) else None,
        "may_keep": keeps,
        "changes": changes_of(found, sight=sight_for(request), leave_out=("version",)),
    }
    return render(request, "audits/documents/passage.html", context)


@require_POST
@login_required
@unkept
def passage_untie(request: PortalRequest, institution_code: str, passage_id: str) -> HttpResponse:
    """Let a fact no longer point to the passage."""
    institution, found = _passage_or_404(request, institution_code, passage_id)
    check_keeper(request, institution)
    fact = fact_of(institution, request.POST.get("fact", ""))
    if fact is None:
        raise Http404
    untie(passage=found, fact=fact, by=request.user)
    return redirect("audits:passage", institution.code, passage_id)


def _passage_or_404(
    request: PortalRequest, institution_code: str, passage_id: str
) -> tuple[Institution, Passage]:
    institution = seen_institution(request, institution_code)
    found = passage_seen(institution, passage_id, request.user, request.at)
    if found is None:
        raise Http404
    return institution, found


def _check_mine(version: VersionView) -> None:
    if not version.is_mine:
        raise PermissionDenied
