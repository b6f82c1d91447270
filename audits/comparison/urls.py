"""Addresses of the themes of "side by side"; the page itself stands on the floor of figures."""

from __future__ import annotations

from django.urls import path

from audits.comparison import views

urlpatterns = [
    path("", views.themes, name="themes"),
    path("add/", views.theme_edit, name="theme_add"),
    path("<slug:theme_code>/edit/", views.theme_edit, name="theme_edit"),
]
