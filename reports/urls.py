"""Addresses of this floor."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from reports.briefings.urls import urlpatterns as briefings
from reports.figure_pages.urls import urlpatterns as figure_pages
from reports.overview.urls import urlpatterns as overview
from reports.registers.urls import urlpatterns as registers

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    *overview,
    *figure_pages,
    *registers,
    *briefings,
]
