"""Addresses of the time line."""

from __future__ import annotations

from django.urls import path

from audits.events import views

urlpatterns = [
    path("events/", views.events, name="events"),
    # Codes of events begin with a year or hold a hyphen, so none is "add".
    path("events/add/", views.event_edit, name="event_add"),
    path("events/<slug:event_code>/", views.event, name="event"),
    path("events/<slug:event_code>/edit/", views.event_edit, name="event_edit"),
    # So do those of contradictions.
    path("contradictions/add/", views.contradiction_edit, name="contradiction_add"),
    path(
        "contradictions/<slug:contradiction_code>/edit/",
        views.contradiction_edit,
        name="contradiction_edit",
    ),
    path("contradictions/<slug:contradiction_code>/", views.contradiction, name="contradiction"),
]
