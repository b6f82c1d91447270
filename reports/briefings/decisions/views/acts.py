"""Pages on which two makers decide: moving the hour, withdrawing, opening again, secrecy."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jbn_oversight.files.storage import DamagedFileError
from jbn_oversight.http import PortalRequest
from reports.briefings.decisions.actions import acts, secrecy
from reports.briefings.decisions.forms import (
    GivenForm,
    LiftSecrecyForm,
    MoveForm,
    ReasonForm,
    SecrecyForm,
    WithdrawBriefingForm,
)
from reports.briefings.decisions.models import Act, ActKind
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.signing.selectors.going_out import version_going_out
from reports.briefings.signing.selectors.shown import GoingOut, shown_by

FORMS: Final[dict[ActKind, type[forms.Form]]] = {
    ActKind.POSTPONE: MoveForm,
    ActKind.ADVANCE: MoveForm,
    ActKind.WITHDRAW: WithdrawBriefingForm,
    ActKind.REOPEN: ReasonForm,
    ActKind.LIFT_SECRECY: LiftSecrecyForm,
}
TITLES: Final[dict[ActKind, Promise]] = {
    ActKind.POSTPONE: gettext_lazy("Propose a later hour"),
    ActKind.ADVANCE: gettext_lazy("Propose to end the embargo earlier"),
    ActKind.WITHDRAW: gettext_lazy("Propose to withdraw it"),
    ActKind.REOPEN: gettext_lazy("Propose to open it again"),
    ActKind.LIFT_SECRECY: gettext_lazy("Record that the secrecy was lifted"),
}
LEADS: Final[dict[ActKind, Promise]] = {
    ActKind.POSTPONE: gettext_lazy(
        "A recorded publication stays recorded and opens at the new hour."
    ),
    ActKind.ADVANCE: gettext_lazy("The new hour is at least five minutes from now."),
    ActKind.WITHDRAW: gettext_lazy(
        "Withdrawing closes this briefing for every reader, and for good. Is there haste? Then "
        "close it in an emergency first: that takes one person."
    ),
    ActKind.REOPEN: gettext_lazy("Only this briefing opens; others of its dossier stay closed."),
    ActKind.LIFT_SECRECY: gettext_lazy(
        "Lifting opens nothing by itself. Publish the briefing afterwards if it may go out."
    ),
}


@require_safe
@secret
def decisions(request: PortalRequest, public_id: str) -> HttpResponse:
    """What is proposed and waits for a second maker, what was decided, and what can be."""
    briefing = worked_on(request, public_id)
    rows = briefing.acts.select_related("proposed_by", "confirmed_by", "cancelled_by")
    waiting = [row for row in rows if row.confirmed_at is None and row.cancelled_at is None]
    goes_out = _about(briefing, request.at) if waiting else None
    context = page(
        request,
        briefing,
        goes_out=goes_out,
        shown=goes_out.token(request.at) if goes_out else "",
        waiting=waiting,
        decided=[row for row in rows if row not in waiting],
        closings=list(briefing.closings.select_related("closed_by", "reopened_by")),
        choices=[(kind.value, TITLES[kind]) for kind in _possible(request, briefing)],
    )
    return render(request, "reports/briefings/decisions.html", context)


def _about(briefing: Briefing, at: datetime) -> GoingOut | None:
    """What decisions are about: what was published, else what was signed last.

    Nothing where nothing was signed or all is over. A damaged file keeps nobody from deciding.
    """
    version = briefing.published_version or briefing.latest_version()
    if version is None or briefing.withdrawn_at is not None:
        return None
    try:
        return version_going_out(briefing, version, at)
    except DamagedFileError:
        return None


def _possible(request: PortalRequest, briefing: Briefing) -> list[ActKind]:
    """What may be proposed as the briefing stands; the action asks again."""
    hour = briefing.embargo_until
    if briefing.withdrawn_at is not None:
        return []
    if briefing.closed_at is not None:
        return [ActKind.REOPEN, ActKind.WITHDRAW]
    found = [ActKind.WITHDRAW]
    was_out = briefing.published_at is not None and hour is not None and hour <= request.at
    if briefing.approved_at is not None and hour is not None and not was_out:
        moves = [ActKind.POSTPONE]
        if hour > request.at:
            moves.append(ActKind.ADVANCE)
        found = [*moves, *found]
    if briefing.is_secret:
        found.append(ActKind.LIFT_SECRECY)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def propose(request: PortalRequest, public_id: str, act_kind: str) -> HttpResponse:
    """Propose one kind of act; another maker confirms it."""
    briefing = worked_on(request, public_id)
    if act_kind not in ActKind.values:
        raise Http404
    if not maker_of(briefing, request.user, request.at).decides:
        raise PermissionDenied
    kind = ActKind(act_kind)
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = tried(
            request,
            _("Proposed. It happens when another maker confirms it."),
            lambda: acts.propose(
                briefing=briefing,
                kind=kind,
                at=request.at,
                by=request.user,
                **_proposed(briefing, form),
            ),
        )
        if done:
            return redirect("reports:briefing_decisions", public_id)
    context = page(
        request,
        briefing,
        form=form,
        act_title=TITLES[kind],
        act_lead=LEADS[kind],
        act_kind=kind,
        goes_out=_about(briefing, request.at),
    )
    return render(request, "reports/briefings/propose.html", context)


def _proposed(briefing: Briefing, form: forms.Form) -> dict[str, Any]:
    data = form.cleaned_data
    found: dict[str, Any] = {"reason": data["reason"]}
    if isinstance(form, MoveForm):
        found["hour"] = form.moment
    if isinstance(form, WithdrawBriefingForm):
        found["in_error"] = data["in_error"]
    if isinstance(form, LiftSecrecyForm):
        running = briefing.secrecies.running().first()
        found["payload"] = {
            "secrecy": running.public_id if running else "",
            "organ": data["organ"],
            "lifted_on": data["lifted_on"].isoformat(),
        }
    return found


@require_POST
@secret
def confirm(request: PortalRequest, public_id: str, act_id: str) -> HttpResponse:
    """Do what another maker proposed."""
    act = _act(request, public_id, act_id)
    decides = maker_of(act.briefing, request.user, request.at).decides
    if not decides or act.proposed_by_id == request.user.pk:
        raise PermissionDenied
    is_about = _about(act.briefing, request.at) is not None
    shown = shown_by(request.POST.get("shown", "")) if is_about else None
    if is_about and shown is None:
        messages.error(request, _("Look first at what this is about."))
        return redirect("reports:briefing_decisions", public_id)
    tried(
        request,
        _("Confirmed. It is done."),
        lambda: acts.confirm(act=act, at=request.at, by=request.user, shown=shown),
    )
    return redirect("reports:briefing_decisions", public_id)


@require_POST
@secret
def cancel(request: PortalRequest, public_id: str, act_id: str) -> HttpResponse:
    """Take a proposal away."""
    act = _act(request, public_id, act_id)
    tried(
        request,
        _("The proposal is cancelled."),
        lambda: acts.cancel(act=act, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_decisions", public_id)


def _act(request: PortalRequest, public_id: str, act_id: str) -> Act:
    briefing = worked_on(request, public_id)
    act = briefing.acts.filter(public_id=act_id).first()
    if act is None:
        raise Http404
    return act


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def secrecies(request: PortalRequest, public_id: str) -> HttpResponse:
    """Which organ imposed secrecy, why, and whether it runs; recording that it did."""
    briefing = worked_on(request, public_id)
    running = briefing.secrecies.running().first()
    maker = maker_of(briefing, request.user, request.at)
    wanted = SecrecyForm if running is None else GivenForm
    form = wanted(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not maker.stops:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> object:
            if running is not None:
                return secrecy.give_to_council(
                    secrecy=running, on=data["on"], at=request.at, by=request.user
                )
            return secrecy.impose(
                briefing=briefing,
                organ=Organ(data["organ"]),
                ground=SecrecyGround(data["ground"]),
                imposed_on=data["imposed_on"],
                given_to_council_on=data["given_to_council_on"],
                at=request.at,
                by=request.user,
            )

        if tried(request, _("Recorded."), act):
            return redirect("reports:briefing_secrecy", public_id)
    context = page(
        request,
        briefing,
        form=form,
        running=running,
        rows=list(briefing.secrecies.select_related("recorded_by", "lifting_recorded_by")),
    )
    return render(request, "reports/briefings/secrecy.html", context)
