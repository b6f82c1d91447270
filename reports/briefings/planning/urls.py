"""Addresses of the plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.planning import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}plan/", views.plan, name="briefing_plan"),
    path(f"{WORK}plan/steps/", views.step_add, name="briefing_step_add"),
    path(f"{WORK}plan/steps/<key:step_id>/done/", views.step_done, name="briefing_step_done"),
    path(f"{WORK}plan/steps/<key:step_id>/drop/", views.step_drop, name="briefing_step_drop"),
    path(f"{WORK}plan/announce/", views.announce, name="briefing_announce"),
    path(f"{WORK}plan/announce/cancel/", views.announce_cancel, name="briefing_announce_cancel"),
    path(f"{WORK}plan/review/", views.review, name="briefing_review"),
    path(f"{WORK}plan/review/day/", views.review_plan, name="briefing_review_plan"),
]
