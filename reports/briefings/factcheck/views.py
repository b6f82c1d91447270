"""Fact checks: the makers' page, and the one page that an outsider without an account gets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.http import PortalRequest, TimedRequest, client_address
from jbn_oversight.moment_words import moment_in_words
from jbn_oversight.refusals import RefusedError
from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.factcheck.forms import PassageAnswerForm, SendForm, SettleForm
from reports.briefings.factcheck.models import FactCheck, FactCheckAnswer, Settlement
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.documents.rules import Text


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def fact_checks(request: PortalRequest, public_id: str) -> HttpResponse:
    """Who was asked what, what came back, and asking somebody. A new link is shown once."""
    briefing = worked_on(request, public_id)
    may_send = maker_of(briefing, request.user, request.at).writes and briefing.is_open
    form = None
    address = ""
    if may_send:
        data = request.POST if request.method == "POST" else None
        form = SendForm(data, passages=passages_of(briefing, request.at))
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            address = _send(request, briefing, form)
            if address:
                form = SendForm(passages=passages_of(briefing, request.at))
    context = page(
        request,
        briefing,
        form=form,
        address=address,
        checks=[_row(one, request) for one in briefing.fact_checks.select_related("sent_by")],
    )
    return render(request, "reports/briefings/fact_checks.html", context)


def _send(request: PortalRequest, briefing: Briefing, form: SendForm) -> str:
    data = form.cleaned_data
    try:
        _sent, link = factcheck.send(
            briefing=briefing,
            outsider=factcheck.Outsider(data["name"], data["organisation"], data["email"]),
            keys=data["passages"],
            lasts=timedelta(hours=data["lasts"]),
            show_title=data["show_title"],
            request=data["request"],
            at=request.at,
            by=request.user,
        )
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return ""
    return request.build_absolute_uri(reverse("reports:fact_check", args=[link]))


def _row(one: FactCheck, request: PortalRequest) -> dict[str, Any]:
    passages = []
    for passage in one.passages.all():
        last = passage.last_answer()
        waits = last is not None and bool(last.text) and last.settled_at is None
        passages.append(
            {
                "passage": passage,
                "shown": Text(passage.text),
                "answer": last,
                "form": SettleForm(prefix=last.public_id) if last and waits else None,
            }
        )
    return {
        "check": one,
        "passages": passages,
        "is_open": one.is_open(request.at),
        "until": moment_in_words(one.expires_at),
        "answered": sum(1 for row in passages if row["answer"]),
    }


@require_POST
@secret
def fact_check_revoke(request: PortalRequest, public_id: str, check_id: str) -> HttpResponse:
    """End a link, at once."""
    briefing = worked_on(request, public_id)
    found = briefing.fact_checks.filter(public_id=check_id).first()
    if found is None:
        raise Http404
    factcheck.revoke(fact_check=found, at=request.at, by=request.user)
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": found.name})
    return redirect("reports:briefing_fact_checks", public_id)


@require_POST
@secret
def fact_check_settle(request: PortalRequest, public_id: str, answer_id: str) -> HttpResponse:
    """Say what was done with an answer."""
    briefing = worked_on(request, public_id)
    rows = FactCheckAnswer.objects.filter(passage__check_of__briefing=briefing)
    found = rows.filter(public_id=answer_id).first()
    if found is None:
        raise Http404
    form = SettleForm(request.POST, prefix=found.public_id)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("reports:briefing_fact_checks", public_id)
    try:
        factcheck.settle(
            answer=found,
            settlement=Settlement(form.cleaned_data["settlement"]),
            reason=form.cleaned_data["reason"],
            at=request.at,
            by=request.user,
        )
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Noted."))
    return redirect("reports:briefing_fact_checks", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def fact_check(request: TimedRequest, link: str) -> HttpResponse:
    """The chosen passages, for anyone who holds the link; a wrong or ended one is not there."""
    at = request.at
    found = FactCheck.objects.with_token(link, at)
    if found is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    forms = [PassageAnswerForm(data, passage=passage) for passage in found.passages.all()]
    thanks = False
    refusal = ""
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419
        try:
            factcheck.answer(
                secret=link,
                said={form.passage.public_id: said for form in forms if (said := form.said())},
                at=at,
                address=client_address(request),
            )
            thanks = True
        except RefusedError as error:
            refusal = error.sentence
    context = {
        "check": found,
        "passages": [(form, Text(form.passage.text)) for form in forms],
        "thanks": thanks,
        "refusal": refusal,
        "until": moment_in_words(found.expires_at),
        "language": found.briefing.language,
    }
    response = render(request, "reports/briefings/fact_check.html", context)
    factcheck.note_opening(
        fact_check=found, served=response.content, at=at, address=client_address(request)
    )
    response["Cache-Control"] = "no-store, private"
    # The name of the portal and never the link. Without any, browsers send a form's origin as
    # "null", and the answers would be refused as those of another site.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
