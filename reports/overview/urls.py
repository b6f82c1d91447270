"""Address of the dashboard."""

from __future__ import annotations

from django.urls import path

from reports.overview import views

urlpatterns = [path("overview/<slug:institution>/", views.show, name="overview")]
