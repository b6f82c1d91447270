"""Addresses of this floor."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from certification import views
from certification.deliveries import urls as deliveries

app_name = "certification"
urlpatterns: list[URLPattern | URLResolver] = [
    *deliveries.urlpatterns,
    path("runs/", views.runs, name="runs"),
    path("runs/<str:public_id>/", views.run, name="run"),
]
