"""The press release: the makers' page, and the page of the people who agree to it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.http import PortalRequest, client_address
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import open_work, secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.press import actions as acts
from reports.briefings.press.forms import PartyForm, PressTextForm
from reports.briefings.press.models import PressParty


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def press(request: PortalRequest, public_id: str) -> HttpResponse:
    """The text, its parties and who agreed to exactly this text."""
    briefing = open_work(request, public_id)
    people = acts.people_who_can_agree(briefing, request.at)
    last = acts.last_text(briefing)
    text_form = PressTextForm(initial={"text": last.text if last else ""})
    party_form = PartyForm(people=people)
    if request.method == "POST" and "mandate" in request.POST:
        party_form = PartyForm(request.POST, people=people)
        if party_form.is_valid():
            mandate = party_form.cleaned_data["mandate"]
            tried(
                request,
                _("%(name)s is named. Who does not know the text yet waits for a second maker.")
                % {"name": mandate.user.name},
                lambda: acts.name_party(
                    briefing=briefing, mandate=mandate, at=request.at, by=request.user
                ),
            )
            return redirect("reports:briefing_press", public_id)
    elif request.method == "POST":
        text_form = PressTextForm(request.POST)
        if text_form.is_valid():
            tried(
                request,
                _("Saved. Who agreed to another text must agree again."),
                lambda: acts.write_text(
                    briefing=briefing,
                    text=text_form.cleaned_data["text"],
                    at=request.at,
                    by=request.user,
                ),
            )
            return redirect("reports:briefing_press", public_id)
    context = page(
        request,
        briefing,
        last=last,
        texts=briefing.press_texts.select_related("written_by").order_by("-number"),
        parties=_parties(briefing),
        text_form=text_form,
        party_form=party_form,
        me=request.user,
        party_address=request.build_absolute_uri(
            reverse("reports:press_release", args=[briefing.public_id])
        ),
    )
    return render(request, "reports/briefings/press.html", context)


def _parties(briefing: Briefing) -> list[dict[str, object]]:
    last = acts.last_text(briefing)
    rows = briefing.press_parties.filter(removed_at=None)
    found: list[dict[str, object]] = []
    for party in rows.select_related("institution", "region", "user"):
        agreed = party.agreements.filter(text=last).first() if last else None
        earlier = party.agreements.exclude(text=last).order_by("-pk").first()
        waits = party.needs_second and party.agreed_at is None
        found.append({"party": party, "agreed": agreed, "earlier": earlier, "waits": waits})
    return found


@require_POST
@secret
def party_remove(request: PortalRequest, public_id: str, party_id: str) -> HttpResponse:
    """Ask this party no longer."""
    briefing = worked_on(request, public_id)
    party = briefing.press_parties.filter(public_id=party_id).first()
    if party is None:
        raise Http404
    tried(
        request,
        _("This party is asked no longer."),
        lambda: acts.remove_party(party=party, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_press", public_id)


@require_POST
@secret
def party_agree(request: PortalRequest, public_id: str, party_id: str) -> HttpResponse:
    """Let a person whom another maker named see the text."""
    briefing = worked_on(request, public_id)
    party = briefing.press_parties.filter(public_id=party_id).first()
    if party is None:
        raise Http404
    tried(
        request,
        _("This person may see the text now."),
        lambda: acts.agree_to_party(party=party, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_press", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def release(request: PortalRequest, public_id: str) -> HttpResponse:
    """The text alone, for who agrees to it by name; nothing else of the briefing."""
    held = PressParty.objects.held_by(request.user, request.at).filter(
        briefing__public_id=public_id
    )
    party = held.select_related(
        "briefing", "briefing__region", "briefing__municipality", "institution", "region"
    ).first()
    if party is None:
        raise Http404
    briefing = party.briefing
    if request.method == "POST":
        tried(
            request,
            _("You agreed to this text."),
            lambda: acts.agree(
                briefing=briefing,
                sha256=request.POST.get("sha256", ""),
                at=request.at,
                by=request.user,
            ),
        )
        return redirect("reports:press_release", public_id)
    last = acts.last_text(briefing)
    context = {
        "party": party,
        "public_id": public_id,
        "last": last,
        "agreed": party.agreements.filter(text=last).first() if last else None,
        "until": moment_in_words(briefing.embargo_until) if briefing.embargo_until else "",
        "language": briefing.language,
    }
    response = render(request, "reports/briefings/press_release.html", context)
    acts.note_reading(
        party=party,
        served=response.content,
        at=request.at,
        address=client_address(request),
        by=request.user,
    )
    return response
