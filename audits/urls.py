"""Addresses of this floor."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from audits import register_views, views

app_name = "audits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("oversight/<slug:institution_code>/", views.oversight, name="timeline"),
    path(
        "oversight/<slug:institution_code>/registers/<slug:register>.xlsx",
        register_views.register_xlsx,
        name="register_xlsx",
    ),
]
