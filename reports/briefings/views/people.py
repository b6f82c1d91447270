"""Naming makers and early readers, and the log of one briefing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jbn_oversight.accounts.models import User
from jbn_oversight.http import PortalRequest
from reports.briefings.actions.makers import name_makers
from reports.briefings.actions.public import public_address
from reports.briefings.actions.readers import add_readers, decide, preview, remove
from reports.briefings.choose_readers import ChooseReadersForm
from reports.briefings.errors import RefusedError
from reports.briefings.people_forms import MakersForm
from reports.briefings.permissions import asked_mandates, maker_of
from reports.briefings.views.gates import secret, worked_on
from reports.briefings.views.work import page
from reports.models import (
    Briefing,
    BriefingPermission,
    EarlyReader,
    ReaderProposal,
    ReadingLog,
)
from reports.models.briefings import WRITE

PER_PAGE = 50


def _co_writers(briefing: Briefing) -> list[User]:
    rows = BriefingPermission.objects.filter(
        content_object=briefing, permission__codename=WRITE
    ).exclude(user=briefing.author)
    return list(User.objects.filter(pk__in=rows.values("user")))


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def makers(request: PortalRequest, public_id: str) -> HttpResponse:
    """Who approves, who publishes, who writes along."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).writes:
        raise PermissionDenied
    initial = {
        "signatories": [one.public_id for one in asked_mandates(briefing, request.today)],
        "publisher": briefing.publisher and briefing.publisher.public_id,
        "co_writers": [person.public_id for person in _co_writers(briefing)],
    }
    form = MakersForm(
        request.POST if request.method == "POST" else None,
        briefing=briefing,
        on=request.today,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            name_makers(
                briefing=briefing,
                signatories=list(form.cleaned_data["signatories"]),
                publisher=form.cleaned_data["publisher"],
                co_writers=list(form.cleaned_data["co_writers"]),
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The makers are named."))
            return redirect("reports:briefing_work", public_id)
    return render(request, "reports/briefings/makers.html", page(request, briefing, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def readers(request: PortalRequest, public_id: str) -> HttpResponse:
    """The early readers; choosing more of one organisation; seeing first what that does."""
    briefing = worked_on(request, public_id)
    maker = maker_of(briefing, request.user, request.at)
    form = None
    if maker.writes and briefing.is_open:
        form = ChooseReadersForm(
            request.POST if request.method == "POST" else None,
            briefing=briefing,
            on=request.today,
            place=request.GET.get("place", ""),
        )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            chosen = list(form.cleaned_data["mandates"])
            if not request.POST.get("confirmed"):
                seen = preview(briefing=briefing, mandates=chosen, at=request.at, by=request.user)
                context = page(request, briefing, seen=seen, place=form.place_key)
                return render(request, "reports/briefings/readers_preview.html", context)
            try:
                done = add_readers(
                    briefing=briefing, mandates=chosen, at=request.at, by=request.user
                )
            except RefusedError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _said(done))
                return redirect("reports:briefing_readers", public_id)
    rows = briefing.early_readers.select_related("user", "municipality", "region", "removed_by")
    remaining = set(briefing.early_readers.remaining(request.at).values_list("pk", flat=True))
    proposals = ReaderProposal.objects.filter(briefing=briefing, decided_at=None)
    context = page(
        request,
        briefing,
        form=form,
        readers=[{"row": row, "remains": row.pk in remaining} for row in rows],
        proposals=[
            {
                "row": one,
                "people": [row.mandate for row in one.people.all()],
                "may_decide": maker.stops and one.proposed_by_id != request.user.pk,
            }
            for one in proposals.select_related("proposed_by").prefetch_related(
                "people__mandate__user",
                "people__mandate__municipality",
                "people__mandate__region",
            )
        ],
        readers_address=request.build_absolute_uri(
            reverse("reports:briefing", args=[briefing.public_id])
        ),
        public_address=_public_address(request, briefing),
    )
    return render(request, "reports/briefings/readers.html", context)


def _public_address(request: PortalRequest, briefing: Briefing) -> str:
    """Where anybody will read it, if that was chosen; it opens nothing before the hour."""
    address = public_address(briefing, request.at)
    return request.build_absolute_uri(address) if address else ""


def _said(done: ReaderProposal | list[EarlyReader]) -> str:
    if isinstance(done, ReaderProposal):
        return _("Another maker must agree first. Until then nobody is named.")
    if len(done) == 1:
        return _("%(name)s is named.") % {"name": done[0].user.name}
    return _("%(n)s people are named.") % {"n": len(done)}


@require_POST
@secret
def proposal_decide(request: PortalRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """A second maker agrees to new readers, or does not."""
    briefing = worked_on(request, public_id)
    proposal = ReaderProposal.objects.filter(briefing=briefing, public_id=proposal_id).first()
    if proposal is None:
        raise Http404
    agreed = request.POST.get("do") == "agree"
    try:
        decide(proposal=proposal, agreed=agreed, at=request.at, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The people are named.") if agreed else _("Nobody was named."))
    return redirect("reports:briefing_readers", public_id)


@require_POST
@secret
def reader_remove(request: PortalRequest, public_id: str, reader_id: str) -> HttpResponse:
    """End a reader's access, at once."""
    briefing = worked_on(request, public_id)
    reader = briefing.early_readers.filter(public_id=reader_id).select_related("user").first()
    if reader is None:
        raise Http404
    remove(reader=reader, at=request.at, by=request.user)
    messages.success(request, _("%(name)s can no longer read it.") % {"name": reader.user.name})
    return redirect("reports:briefing_readers", public_id)


@require_safe
@secret
def readings(request: PortalRequest, public_id: str) -> HttpResponse:
    """Who opened and downloaded this briefing."""
    briefing = worked_on(request, public_id)
    rows = ReadingLog.objects.of(briefing.public_id)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = page(request, briefing, page=shown, of_one=True)
    return render(request, "reports/briefings/log.html", context)
