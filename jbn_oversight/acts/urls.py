"""Addresses of the log of acts."""

from __future__ import annotations

from django.urls import path

from jbn_oversight.acts import views

app_name = "acts"
urlpatterns = [
    path("management/acts/", views.log, name="log"),
    path("management/acts.csv", views.csv, name="csv"),
]
