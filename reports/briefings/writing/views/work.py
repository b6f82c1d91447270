"""The makers' pages: how it stands, the draft, its files and its preview."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jbn_oversight.files.actions import told
from jbn_oversight.files.views import serve
from jbn_oversight.http import PortalRequest, client_address
from jbn_oversight.refusals import RefusedError
from reports.briefings.document.selectors.documents import file_name
from reports.briefings.gate.permissions import Maker, maker_of
from reports.briefings.gate.sentences import secrecy_line, signatures_of
from reports.briefings.gate.views.fetching import open_work, secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.log.actions import log_work
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.signing import SignOff
from reports.briefings.models.versions import VersionAttachment
from reports.briefings.printing.views.makers_files import makers_pdf
from reports.briefings.signing.selectors.checklist import findings
from reports.briefings.writing.actions.drafts import attach, detach
from reports.briefings.writing.forms.attachments import AttachForm


def _maker(request: PortalRequest, briefing: Briefing) -> Maker:
    return maker_of(briefing, request.user, request.at)


@require_safe
@secret
def work(request: PortalRequest, public_id: str) -> HttpResponse:
    """How the briefing stands, what is next and who must do it."""
    briefing = worked_on(request, public_id)
    versions = [
        {
            "version": version,
            "printed": version.paper_for_makers() is not None,
            "failure": version.last_failure(),
            "stands_still": version.attempts().stands_still(request.at),
        }
        for version in briefing.versions.select_related("approved_by", "published_by").order_by(
            "-number"
        )
    ]
    found = findings(briefing, request.at)
    context = page(
        request,
        briefing,
        versions=versions,
        findings=found,
        has_errors=any(one.kind == "error" for one in found),
        signatures=signatures_of(briefing),
        has_signed=SignOff.objects.standing(briefing).filter(signed_by=request.user).exists(),
        lost=list(SignOff.objects.lost(briefing).select_related("signed_by")),
        proposals=list(briefing.acts.open()),
        secrecy=secrecy_line(briefing),
        sections=list(briefing.sections.all()),
        attachments=list(briefing.attachments.filter(removed_at=None)),
        readers_address=request.build_absolute_uri(
            reverse("reports:briefing", args=[briefing.public_id])
        ),
    )
    return render(request, "reports/briefings/work.html", context)


@require_safe
@secret
def version_pdf(request: PortalRequest, public_id: str, version_id: str) -> HttpResponse:
    """An approved version's PDF, for its makers; gone for them too after a withdrawal."""
    briefing = open_work(request, public_id)
    version = briefing.versions.filter(public_id=version_id).first()
    if version is None:
        raise Http404
    return makers_pdf(request, briefing, version)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def attachments(request: PortalRequest, public_id: str) -> HttpResponse:
    """The files of the draft; adding one."""
    briefing = worked_on(request, public_id)
    if not _maker(request, briefing).writes:
        raise PermissionDenied
    posted = request.method == "POST"
    form = AttachForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            attach(
                briefing=briefing,
                title=form.cleaned_data["title"],
                data=form.cleaned_data["file"].read(),
                content_type="",
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The file was added to the draft."))
            return redirect("reports:briefing_attachments", public_id)
    rows = briefing.attachments.filter(removed_at=None).select_related("stored", "scan")
    files = [{"row": row, "told": told(row.scan.codes)} for row in rows]
    context = page(request, briefing, form=form, attachments=files)
    return render(request, "reports/briefings/attachments.html", context)


@require_POST
@secret
def attachment_remove(request: PortalRequest, public_id: str, attachment_id: str) -> HttpResponse:
    """Take a file out of the draft."""
    briefing = worked_on(request, public_id)
    found = briefing.attachments.filter(public_id=attachment_id).first()
    if found is None:
        raise Http404
    try:
        detach(attachment=found, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("reports:briefing_attachments", public_id)


@require_safe
@secret
def draft_attachment(request: PortalRequest, public_id: str, attachment_id: str) -> HttpResponse:
    """A file of the draft, for its makers."""
    briefing = open_work(request, public_id)
    rows = briefing.attachments.filter(public_id=attachment_id, removed_at=None)
    found = rows.select_related("stored").first()
    if found is None:
        raise Http404
    log_work(
        briefing=briefing,
        file_name="draft attachment",
        sha256=found.stored.sha256,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    name = file_name(found.title, 1, found.stored.content_type)
    return serve(found.stored, download_name=name)


@require_safe
@secret
def version_attachment(
    request: PortalRequest, public_id: str, version_id: str, attachment_id: str
) -> HttpResponse:
    """A file that was signed off with a version, for its makers."""
    briefing = open_work(request, public_id)
    rows = VersionAttachment.objects.filter(
        version__briefing=briefing, version__public_id=version_id, public_id=attachment_id
    )
    found = rows.select_related("stored", "version").first()
    if found is None:
        raise Http404
    log_work(
        briefing=briefing,
        file_name=f"attachment {found.position}",
        sha256=found.stored.sha256,
        version_number=found.version.number,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    name = file_name(found.title, found.position, found.stored.content_type)
    return serve(found.stored, download_name=name)
