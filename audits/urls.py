"""Addresses of this floor."""

from __future__ import annotations

from django.urls import path

from audits import views

app_name = "audits"
urlpatterns = [path("oversight/<slug:institution_code>/", views.oversight, name="timeline")]
