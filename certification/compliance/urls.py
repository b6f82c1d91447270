"""Addresses of compliance runs."""

from __future__ import annotations

from django.urls import URLPattern, path

from certification.compliance import views

urlpatterns: list[URLPattern] = [
    path("runs/", views.runs, name="runs"),
    path("runs/<str:public_id>/", views.run, name="run"),
]
