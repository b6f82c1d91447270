"""Addresses of records for the archive."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.archive import views
from reports.briefings.gate.converters import VERSION

urlpatterns: list[URLPattern] = [
    path(f"{VERSION}export/", views.version_export, name="briefing_export"),
    path("management/records/", views.records, name="records"),
]
