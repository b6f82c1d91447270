"""Addresses of what makers decide: signing, moving the hour, closing, rehearsing."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.urls.keys import WORK
from reports.briefings.views import acts, incidents

urlpatterns: list[URLPattern] = [
    path(f"{WORK}decisions/", acts.decisions, name="briefing_decisions"),
    path(f"{WORK}decisions/new/<slug:act_kind>/", acts.propose, name="briefing_propose"),
    path(f"{WORK}decisions/<key:act_id>/confirm/", acts.confirm, name="briefing_confirm"),
    path(f"{WORK}decisions/<key:act_id>/cancel/", acts.cancel, name="briefing_cancel"),
    path(f"{WORK}secrecy/", acts.secrecies, name="briefing_secrecy"),
    path(f"{WORK}emergency/", incidents.close, name="briefing_emergency"),
    path(f"{WORK}dossier/", incidents.dossier, name="briefing_dossier"),
    path(f"{WORK}rehearsals/", incidents.rehearsals, name="briefing_rehearsals"),
    path(f"{WORK}breaches/", incidents.records, name="briefing_breaches"),
    path(f"{WORK}breaches/<key:breach_id>/", incidents.breach, name="briefing_breach"),
]
