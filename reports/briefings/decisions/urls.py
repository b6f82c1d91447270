"""Addresses of what makers decide: moving the hour, withdrawing, secrecy, closing."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.decisions.views import acts, incidents
from reports.briefings.gate.converters import WORK

urlpatterns: list[URLPattern] = [
    path(f"{WORK}decisions/", acts.decisions, name="briefing_decisions"),
    path(f"{WORK}decisions/new/<slug:act_kind>/", acts.propose, name="briefing_propose"),
    path(f"{WORK}decisions/<key:act_id>/confirm/", acts.confirm, name="briefing_confirm"),
    path(f"{WORK}decisions/<key:act_id>/cancel/", acts.cancel, name="briefing_cancel"),
    path(f"{WORK}secrecy/", acts.secrecies, name="briefing_secrecy"),
    path(f"{WORK}emergency/", incidents.close, name="briefing_emergency"),
    path(f"{WORK}dossier/", incidents.dossier, name="briefing_dossier"),
    path(f"{WORK}breaches/", incidents.records, name="briefing_breaches"),
    path(f"{WORK}breaches/<key:breach_id>/", incidents.breach, name="briefing_breach"),
]
