"""Naming early readers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader, ReaderProposal
from reports.briefings.public_pages.selectors import public_address
from reports.briefings.readers.actions import add_readers, decide, preview, remove
from reports.briefings.readers.forms.choices import ChooseReadersForm


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
                form.add_error(None, error.sentence)
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
    address = public_address(briefing)
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
        messages.error(request, error.sentence)
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
