"""Addresses of printed texts, and of tracing copies."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.printing.views import texts, tracing

urlpatterns: list[URLPattern] = [
    path(f"{WORK}versions/<key:version_id>/texts/", texts.texts, name="briefing_texts"),
    path(
        f"{WORK}versions/<key:version_id>/texts/<key:text_id>/pdf/",
        texts.text_pdf,
        name="briefing_text_pdf",
    ),
    path(
        f"{WORK}versions/<key:version_id>/texts/<key:text_id>/aside/",
        texts.aside,
        name="briefing_text_aside",
    ),
    path("management/copies/", tracing.whose_copy, name="briefing_whose_copy"),
    path("management/alarms/", tracing.alarms, name="briefing_alarms"),
]
