"""Addresses of writing: sections, comments, versions side by side."""

from __future__ import annotations

from typing import Final

from django.urls import path

from reports.briefings.urls.keys import WORK
from reports.briefings.views import comments, compare, previews, writing

SECTION: Final = f"{WORK}write/sections/<key:section_id>/"

urlpatterns = [
    path(f"{WORK}write/", writing.heading, name="briefing_edit"),
    path(f"{WORK}write/sections/", writing.section_add, name="briefing_section_add"),
    path(SECTION, writing.section, name="briefing_section"),
    path(f"{SECTION}keep/", writing.section_keep, name="briefing_section_keep"),
    path(f"{SECTION}preview/", writing.section_preview, name="briefing_section_preview"),
    path(f"{SECTION}do/", writing.section_do, name="briefing_section_do"),
    path(f"{SECTION}comments/", comments.comment_add, name="briefing_comment_add"),
    path(f"{WORK}comments/", comments.comments, name="briefing_comments"),
    path(f"{WORK}comments/<key:comment_id>/", comments.comment_do, name="briefing_comment_do"),
    path(f"{WORK}compare/", compare.compare, name="briefing_compare"),
    path(f"{WORK}preview/", previews.preview, name="briefing_preview"),
    path(f"{WORK}preview/pdf/", previews.preview_pdf, name="briefing_preview_pdf"),
]
