"""Addresses of the press release."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import ONE, WORK
from reports.briefings.press import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}press/", views.press, name="briefing_press"),
    path(
        f"{WORK}press/parties/<key:party_id>/remove/",
        views.party_remove,
        name="briefing_party_remove",
    ),
    path(
        f"{WORK}press/parties/<key:party_id>/agree/",
        views.party_agree,
        name="briefing_party_agree",
    ),
    path(f"{ONE}press/", views.release, name="press_release"),
]
