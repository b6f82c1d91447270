"""Addresses of the pages with figures."""

from __future__ import annotations

from django.urls import path

from reports.figure_pages import views

urlpatterns = [
    path("figures/<slug:institution>/", views.figure_list, name="figures"),
    path("figures/<slug:institution>/<slug:code>/", views.kpi, name="kpi"),
    path("figures/<slug:institution>/<slug:code>.csv", views.kpi_csv, name="kpi_csv"),
]
