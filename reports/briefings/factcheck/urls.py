"""Addresses of fact checks; one is an outsider's, without an account."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.factcheck import views
from reports.briefings.gate.converters import WORK

urlpatterns: list[URLPattern] = [
    path(f"{WORK}fact-checks/", views.fact_checks, name="briefing_fact_checks"),
    path(
        f"{WORK}fact-checks/<key:check_id>/revoke/",
        views.fact_check_revoke,
        name="briefing_fact_check_revoke",
    ),
    path(
        f"{WORK}fact-checks/answers/<key:answer_id>/",
        views.fact_check_settle,
        name="briefing_fact_check_settle",
    ),
    path("briefings/fact-check/<key:link>/", views.fact_check, name="fact_check"),
]
