"""Addresses of the calendar of one institution."""

from __future__ import annotations

from django.urls import path

from reports.calendar import views

urlpatterns = [
    path("overview/<slug:institution>/agenda/", views.show, name="agenda"),
    path("overview/<slug:institution>/agenda.ics", views.download, name="agenda_ics"),
]
