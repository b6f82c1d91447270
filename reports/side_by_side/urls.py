"""Addresses of the page."""

from __future__ import annotations

from django.urls import path

from reports.side_by_side import views

urlpatterns = [
    path("oversight/<slug:institution_code>/side-by-side/", views.show, name="side_by_side"),
]
