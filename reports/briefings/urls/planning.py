"""Addresses of what surrounds a briefing: planning, sharing, fact checks, export."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.urls.keys import WORK
from reports.briefings.views import factcheck

urlpatterns: list[URLPattern] = [
    path(f"{WORK}fact-checks/", factcheck.fact_checks, name="briefing_fact_checks"),
    path(
        f"{WORK}fact-checks/<key:check_id>/revoke/",
        factcheck.fact_check_revoke,
        name="briefing_fact_check_revoke",
    ),
    path(
        f"{WORK}fact-checks/answers/<key:answer_id>/",
        factcheck.fact_check_settle,
        name="briefing_fact_check_settle",
    ),
    # An outsider's, without an account.
    path("briefings/fact-check/<key:link>/", factcheck.fact_check, name="fact_check"),
]
