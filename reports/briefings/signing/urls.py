"""Addresses of submitting, signing and publishing."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.signing import views

urlpatterns: list[URLPattern] = [
    path(f"{WORK}submit/", views.submit, name="briefing_submit"),
    path(f"{WORK}send-back/", views.send_back, name="briefing_send_back"),
    path(f"{WORK}approve/", views.approve, name="briefing_approve"),
    path(f"{WORK}publish/", views.publish, name="briefing_publish"),
    path(f"{WORK}print/", views.print_again, name="briefing_print"),
]
