"""The address of rehearsals."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.rehearsal import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}rehearsals/", views.rehearsals, name="briefing_rehearsals"),
]
