"""The address of the log of one briefing."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.log import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}readings/", views.readings, name="briefing_readings"),
]
