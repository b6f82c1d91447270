"""Sharing: the makers' page of rules, and the page of who may pass on."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jbn_oversight.clock import amsterdam_day
from jbn_oversight.http import PortalRequest
from jbn_oversight.moment_words import moment_in_words
from reports.briefings.gate.permissions import mandates_that_may_read_early
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.sharing import actions as acts
from reports.briefings.sharing.forms import PassOnForm, RuleForm
from reports.briefings.sharing.models import SharingRule


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def rules(request: PortalRequest, public_id: str) -> HttpResponse:
    """What was agreed on sharing, and who passed on to whom."""
    briefing = worked_on(request, public_id)
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        holders=mandates_that_may_read_early(briefing, amsterdam_day(request.at)),
        on=request.today,
        briefing=briefing,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        tried(
            request,
            _("The rule is kept. It adds nobody by itself."),
            lambda: acts.record_rule(
                briefing=briefing,
                holder=data["holder"],
                councils=list(data["councils"]),
                agreed_by=data["agreed_by"],
                agreed_on=data["agreed_on"],
                note=data["note"],
                at=request.at,
                by=request.user,
            ),
        )
        return redirect("reports:briefing_sharing", public_id)
    found = briefing.sharing_rules.select_related("holder", "recorded_by", "ended_by")
    context = page(
        request,
        briefing,
        form=form,
        rules=[_with_acts(rule) for rule in found],
        holder_address=request.build_absolute_uri(
            reverse("reports:pass_on", args=[briefing.public_id])
        ),
    )
    return render(request, "reports/briefings/sharing.html", context)


def _with_acts(rule: SharingRule) -> dict[str, object]:
    done = rule.acts.select_related(
        "mandate__user", "mandate__municipality", "mandate__region", "by", "proposal"
    )
    councils = rule.councils.select_related("municipality")
    return {
        "rule": rule,
        "councils": [row.municipality.name for row in councils],
        "acts": list(done),
    }


@require_POST
@secret
def rule_end(request: PortalRequest, public_id: str, rule_id: str) -> HttpResponse:
    """From now on nothing more is passed on under it."""
    briefing = worked_on(request, public_id)
    rule = briefing.sharing_rules.filter(public_id=rule_id).first()
    if rule is None:
        raise Http404
    tried(
        request,
        _("The rule is ended. Who reads already, still does."),
        lambda: acts.end_rule(rule=rule, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_sharing", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def pass_on(request: PortalRequest, public_id: str) -> HttpResponse:
    """Pass it on, for who holds a rule: hours and councils, no title and no content."""
    held = [
        rule
        for rule in acts.rules_held(request.user, request.at)
        if rule.briefing.public_id == public_id
    ]
    if not held:
        raise Http404
    rule = held[0]
    people = acts.people_to_pass_on_to(rule, request.at)
    there = rule.briefing.early_readers.remaining(request.at).values("user")
    form = PassOnForm(
        request.POST if request.method == "POST" else None, people=people.exclude(user__in=there)
    )
    if request.method == "POST" and form.is_valid():
        tried(
            request,
            _("Passed on. Many at once wait for one of its makers to agree."),
            lambda: acts.pass_on(
                rule=rule,
                mandates=list(form.cleaned_data["mandates"]),
                at=request.at,
                by=request.user,
            ),
        )
        return redirect("reports:pass_on", public_id)
    until = rule.briefing.embargo_until
    context = {
        **_with_acts(rule),
        "public_id": public_id,
        "form": form,
        "until": moment_in_words(until) if until else "",
    }
    return render(request, "reports/briefings/pass_on.html", context)
