"""Addresses of what each council was told, and the calendar."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from reports.briefings.chronology import views

COUNCIL: Final = "briefings/councils/<str:municipality_code>/"

urlpatterns: list[URLPattern] = [
    path("briefings/calendar/", views.calendar, name="calendar"),
    path("briefings/councils/", views.councils, name="councils"),
    path(COUNCIL, views.chronology, name="chronology"),
    path(f"{COUNCIL}quote/", views.quote, name="chronology_quote"),
    path(f"{COUNCIL}noted/<key:told_id>/strike/", views.told_strike, name="chronology_strike"),
]
