"""Addresses of what readers get, and of the lists."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from reports.briefings.gate.converters import ONE, VERSION
from reports.briefings.reading.views import briefing, lists

OWN: Final = f"{ONE}texts/<key:text_id>/"

urlpatterns: list[URLPattern] = [
    path("briefings/", lists.briefings, name="briefings"),
    path("briefings/new/", lists.new, name="briefing_new"),
    path("management/readings/", lists.log, name="briefing_log"),
    path(ONE, briefing.read, name="briefing"),
    path(f"{ONE}terms/", briefing.terms, name="briefing_terms"),
    path(f"{VERSION}pdf/", briefing.pdf, name="briefing_pdf"),
    path(f"{VERSION}figures/", briefing.figures, name="briefing_figures"),
    path(
        f"{VERSION}attachments/<key:attachment_id>/",
        briefing.attachment,
        name="briefing_attachment",
    ),
    path(OWN, briefing.read_text, name="briefing_own_text"),
    path(f"{OWN}pdf/", briefing.own_pdf, name="briefing_own_pdf"),
    path(f"{OWN}figures/", briefing.own_figures, name="briefing_own_figures"),
]
