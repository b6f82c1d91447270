"""Addresses of this floor."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from reports.action_effects.urls import urlpatterns as action_effects
from reports.briefings.urls import urlpatterns as briefings
from reports.calendar.urls import urlpatterns as calendar
from reports.figure_pages.urls import urlpatterns as figure_pages
from reports.held_deliveries.urls import urlpatterns as held_deliveries
from reports.overview.urls import urlpatterns as overview
from reports.registers.urls import urlpatterns as registers
from reports.side_by_side.urls import urlpatterns as side_by_side

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    *overview,
    *calendar,
    *action_effects,
    *figure_pages,
    *held_deliveries,
    *registers,
    *side_by_side,
    *briefings,
]
