"""Submitting, signing, publishing: each shows what it does and asks first."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.http import PortalRequest
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.signing import SignOff
from reports.briefings.printing.actions.renderings import nudge
from reports.briefings.signing import actions as signing
from reports.briefings.signing.selectors.checklist import findings
from reports.briefings.signing.selectors.going_out import draft_going_out, version_going_out
from reports.briefings.signing.selectors.shown import SeenToken, shown_by
from reports.briefings.signing.selectors.signed_texts import texts_of

MISSING = -1


def confirmed(request: PortalRequest) -> SeenToken | None:
    """What the form says was shown and may go out; None, and a message, where it says neither."""
    shown = shown_by(request.POST.get("shown", ""))
    if shown is None or not request.POST.get("confirmed"):
        messages.error(request, _("Look at all that goes out, and confirm that you did."))
        return None
    return shown


def _revision(request: PortalRequest) -> int:
    """The draft that was on this person's screen; one that never was if it is not said."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else MISSING


@require_POST
@secret
def submit(request: PortalRequest, public_id: str) -> HttpResponse:
    """Ask the named approver."""
    briefing = worked_on(request, public_id)
    tried(
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
    tried(
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
        shown = confirmed(request)
        done = shown is not None and tried(
            request,
            _("Signed. The last signature makes it a version, and then its PDF is made."),
            lambda: signing.approve(
                briefing=briefing,
                revision=_revision(request),
                at=request.at,
                by=request.user,
                shown=shown,
            ),
        )
        return redirect(f"reports:briefing_{'work' if done else 'approve'}", public_id)
    if not briefing.is_open:
        raise Http404
    earlier = list(SignOff.objects.standing(briefing).select_related("signed_by"))
    known_at = earlier[0].known_at if earlier else request.at
    texts = texts_of(briefing, known_at)
    goes_out = draft_going_out(briefing, texts, request.at)
    context = page(
        request,
        briefing,
        goes_out=goes_out,
        shown=goes_out.token(known_at),
        findings=findings(briefing, request.at),
        earlier=earlier,
        has_signed=any(one.signed_by_id == request.user.pk for one in earlier),
        is_changed=any(one.content_sha256 != texts.sha256 for one in earlier),
        known_at=moment_in_words(known_at) if earlier else "",
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
    if latest is None or not briefing.is_open:
        messages.error(request, _("There is nothing to publish."))
        return redirect("reports:briefing_work", public_id)
    if request.method == "POST":
        said = request.POST.get("version", "")
        seen = next((one for one in briefing.versions.all() if one.public_id == said), latest)
        shown = confirmed(request)
        done = shown is not None and tried(
            request,
            _("The publication is recorded. It opens when its hour has come."),
            lambda: signing.publish(
                briefing=briefing, version=seen, at=request.at, by=request.user, shown=shown
            ),
        )
        return redirect(f"reports:briefing_{'work' if done else 'publish'}", public_id)
    goes_out = version_going_out(briefing, latest, request.at)
    context = page(
        request,
        briefing,
        goes_out=goes_out,
        shown=goes_out.token(request.at),
        printed=latest.printed(),
        is_published=briefing.published_version_id == latest.pk,
    )
    return render(request, "reports/briefings/publish.html", context)


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
