"""Addresses of what surrounds a briefing: planning, sharing, fact checks, export."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.urls.keys import ONE, VERSION, WORK
from reports.briefings.views import chronology, export, factcheck, planning, press, sharing

COUNCIL = "briefings/councils/<str:municipality_code>/"

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
    path(f"{WORK}plan/", planning.plan, name="briefing_plan"),
    path(f"{WORK}plan/steps/", planning.step_add, name="briefing_step_add"),
    path(f"{WORK}plan/steps/<key:step_id>/done/", planning.step_done, name="briefing_step_done"),
    path(f"{WORK}plan/steps/<key:step_id>/drop/", planning.step_drop, name="briefing_step_drop"),
    path(f"{WORK}plan/announce/", planning.announce, name="briefing_announce"),
    path(f"{WORK}plan/announce/cancel/", planning.announce_cancel, name="briefing_announce_cancel"),
    path(f"{WORK}plan/review/", planning.review, name="briefing_review"),
    path(f"{WORK}plan/review/day/", planning.review_plan, name="briefing_review_plan"),
    path(f"{WORK}press/", press.press, name="briefing_press"),
    path(
        f"{WORK}press/parties/<key:party_id>/remove/",
        press.party_remove,
        name="briefing_party_remove",
    ),
    path(
        f"{WORK}press/parties/<key:party_id>/agree/",
        press.party_agree,
        name="briefing_party_agree",
    ),
    path(f"{ONE}press/", press.release, name="press_release"),
    path(f"{WORK}sharing/", sharing.rules, name="briefing_sharing"),
    path(f"{WORK}sharing/<key:rule_id>/end/", sharing.rule_end, name="briefing_rule_end"),
    path(f"{ONE}pass-on/", sharing.pass_on, name="pass_on"),
    path(f"{VERSION}export/", export.version_export, name="briefing_export"),
    path("management/records/", export.records, name="records"),
    path("briefings/calendar/", chronology.calendar, name="calendar"),
    path("briefings/councils/", chronology.councils, name="councils"),
    path(COUNCIL, chronology.chronology, name="chronology"),
    path(f"{COUNCIL}quote/", chronology.quote, name="chronology_quote"),
    path(f"{COUNCIL}noted/<key:told_id>/strike/", chronology.told_strike, name="chronology_strike"),
]
