"""Addresses of writing: the work page, sections, comments, versions side by side."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from reports.briefings.gate.converters import WORK
from reports.briefings.writing.views import comments, compare, previews, sections, work

SECTION: Final = f"{WORK}write/sections/<key:section_id>/"

urlpatterns: list[URLPattern] = [
    path(WORK, work.work, name="briefing_work"),
    path(f"{WORK}attachments/", work.attachments, name="briefing_attachments"),
    path(
        f"{WORK}attachments/<key:attachment_id>/",
        work.draft_attachment,
        name="briefing_draft_attachment",
    ),
    path(
        f"{WORK}attachments/<key:attachment_id>/remove/",
        work.attachment_remove,
        name="briefing_attachment_remove",
    ),
    path(f"{WORK}versions/<key:version_id>/pdf/", work.version_pdf, name="briefing_version_pdf"),
    path(
        f"{WORK}versions/<key:version_id>/attachments/<key:attachment_id>/",
        work.version_attachment,
        name="briefing_version_attachment",
    ),
    path(f"{WORK}write/", sections.heading, name="briefing_edit"),
    path(f"{WORK}write/sections/", sections.section_add, name="briefing_section_add"),
    path(SECTION, sections.section, name="briefing_section"),
    path(f"{SECTION}keep/", sections.section_keep, name="briefing_section_keep"),
    path(f"{SECTION}preview/", sections.section_preview, name="briefing_section_preview"),
    path(f"{SECTION}do/", sections.section_do, name="briefing_section_do"),
    path(f"{SECTION}comments/", comments.comment_add, name="briefing_comment_add"),
    path(f"{WORK}comments/", comments.comments, name="briefing_comments"),
    path(f"{WORK}comments/<key:comment_id>/", comments.comment_do, name="briefing_comment_do"),
    path(f"{WORK}compare/", compare.compare, name="briefing_compare"),
    path(f"{WORK}preview/", previews.preview, name="briefing_preview"),
    path(f"{WORK}preview/pdf/", previews.preview_pdf, name="briefing_preview_pdf"),
]
