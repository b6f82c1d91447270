"""Addresses of naming early readers, and of clerks."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.readers.views import clerks, readers

urlpatterns: list[URLPattern] = [
    path("management/council-readings/", clerks.readings, name="briefing_council_readings"),
    path(f"{WORK}readers/", readers.readers, name="briefing_readers"),
    path(
        f"{WORK}readers/<key:reader_id>/remove/",
        readers.reader_remove,
        name="briefing_reader_remove",
    ),
    path(
        f"{WORK}readers/proposals/<key:proposal_id>/",
        readers.proposal_decide,
        name="briefing_reader_proposal",
    ),
]
