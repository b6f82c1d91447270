"""Submitting, approving, publishing, withdrawing: each shows what it does and asks first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.http import PortalRequest
from reports.briefings.actions import signing
from reports.briefings.actions.rendering import nudge
from reports.briefings.content import thaw
from reports.briefings.documents import document_of_draft
from reports.briefings.errors import RefusedError
from reports.briefings.people_forms import WithdrawForm
from reports.briefings.permissions import maker_of
from reports.briefings.views.gates import secret, worked_on
from reports.briefings.views.work import page
from reports.briefings.words import moment_in_words
from reports.models import Briefing

MISSING = -1


def _tried(request: PortalRequest, done: str, act: Callable[[], Any]) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except RefusedError as error:
        messages.error(request, str(error.message))
        return False
    messages.success(request, done)
    return True


def _revision(request: PortalRequest) -> int:
    """The draft that was on this person's screen; one that never was if it is not said."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else MISSING


@require_POST
@secret
def submit(request: PortalRequest, public_id: str) -> HttpResponse:
    """Ask the named approver."""
    briefing = worked_on(request, public_id)
    _tried(
        request,
        _("Submitted. The approver sees it on the page with briefings."),
        lambda: signing.submit(
            briefing=briefing, revision=_revision(request), at=request.at, by=request.user
        ),
    )
    return redirect("reports:briefing_work", public_id)


@require_POST
@secret
def send_back(request: PortalRequest, public_id: str) -> HttpResponse:
    """Give it back to its writers."""
    briefing = worked_on(request, public_id)
    _tried(
        request,
        _("It is a draft again."),
        lambda: signing.send_back(briefing=briefing, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_work", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def approve(request: PortalRequest, public_id: str) -> HttpResponse:
    """Look at exactly what will be frozen, and sign it off."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).approves:
        raise PermissionDenied
    if request.method == "POST":
        done = _tried(
            request,
            _("Approved. The PDF is being made."),
            lambda: signing.approve(
                briefing=briefing, revision=_revision(request), at=request.at, by=request.user
            ),
        )
        return redirect(f"reports:briefing_{'work' if done else 'approve'}", public_id)
    if briefing.withdrawn_at is not None:
        raise Http404
    context = page(
        request,
        briefing,
        document=document_of_draft(briefing, request.at),
        audience=_audience(briefing),
        hours=_hours(briefing),
    )
    return render(request, "reports/briefings/approve.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def publish(request: PortalRequest, public_id: str) -> HttpResponse:
    """See what goes out, to whom and when, and confirm: it cannot be recalled."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).publishes:
        raise PermissionDenied
    latest = briefing.latest_version()
    if latest is None or briefing.withdrawn_at is not None:
        messages.error(request, _("There is nothing to publish."))
        return redirect("reports:briefing_work", public_id)
    if request.method == "POST":
        said = request.POST.get("version", "")
        seen = next((one for one in briefing.versions.all() if one.public_id == said), None)
        if seen is None or not request.POST.get("confirmed"):
            messages.error(request, _("Confirm that this may go out."))
            return redirect("reports:briefing_publish", public_id)
        done = _tried(
            request,
            _("The publication is recorded. It opens when its hour has come."),
            lambda: signing.publish(
                briefing=briefing, version=seen, at=request.at, by=request.user
            ),
        )
        return redirect(f"reports:briefing_{'work' if done else 'publish'}", public_id)
    context = page(
        request,
        briefing,
        document=thaw(latest.content),
        printed=latest.printed(),
        files=list(latest.attachments.all()),
        audience=_audience(briefing),
        hours=_hours(briefing),
        is_published=briefing.published_version_id == latest.pk,
    )
    return render(request, "reports/briefings/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def withdraw(request: PortalRequest, public_id: str) -> HttpResponse:
    """Close it for everybody, at once: any one maker may."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).stops:
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _tried(
            request,
            _("Withdrawn. Nobody can read it any more."),
            lambda: signing.withdraw(
                briefing=briefing,
                reason=form.cleaned_data["reason"],
                at=request.at,
                by=request.user,
            ),
        )
        return redirect("reports:briefing_work", public_id)
    context = page(request, briefing, form=form)
    return render(request, "reports/briefings/withdraw.html", context)


@require_POST
@secret
def print_again(request: PortalRequest, public_id: str) -> HttpResponse:
    """Ask a worker to try the PDF again; what went wrong stays in the rows."""
    briefing = worked_on(request, public_id)
    latest = briefing.latest_version()
    if latest is not None and latest.printed() is None and briefing.withdrawn_at is None:
        nudge(latest)
        messages.success(request, _("The PDF is tried again."))
    return redirect("reports:briefing_work", public_id)


def _audience(briefing: Briefing) -> list[str]:
    rows = briefing.audience.select_related("municipality", "region")
    return [str(row.place) for row in rows]


def _hours(briefing: Briefing) -> dict[str, str]:
    opens, until = briefing.window_opens_at, briefing.embargo_until
    return {
        "opens": moment_in_words(opens) if opens else "",
        "until": moment_in_words(until) if until else "",
    }
