"""Addresses of naming makers."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.makers import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}makers/", views.makers, name="briefing_makers"),
]
