"""Addresses of registers on paper."""

from __future__ import annotations

from django.urls import path

from reports.registers import views

urlpatterns = [
    path(
        "oversight/<slug:institution_code>/registers/<slug:register>.pdf",
        views.register_pdf,
        name="register_pdf",
    ),
]
