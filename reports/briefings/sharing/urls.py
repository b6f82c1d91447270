"""Addresses of sharing."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import ONE, WORK
from reports.briefings.sharing import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}sharing/", views.rules, name="briefing_sharing"),
    path(f"{WORK}sharing/<key:rule_id>/end/", views.rule_end, name="briefing_rule_end"),
    path(f"{ONE}pass-on/", views.pass_on, name="pass_on"),
]
