"""Addresses of a briefing's readers and makers that all other parts stand on."""

from __future__ import annotations

from django.urls import path

from reports.briefings.urls.keys import ONE, VERSION, WORK
from reports.briefings.views import lists, people, reading, signing, texts, work

urlpatterns = [
    path("briefings/", lists.briefings, name="briefings"),
    path("briefings/new/", lists.new, name="briefing_new"),
    path("management/readings/", lists.log, name="briefing_log"),
    # Readers.
    path(ONE, reading.read, name="briefing"),
    path(f"{ONE}terms/", reading.terms, name="briefing_terms"),
    path(f"{VERSION}pdf/", reading.pdf, name="briefing_pdf"),
    path(f"{VERSION}figures/", reading.figures, name="briefing_figures"),
    path(
        f"{VERSION}attachments/<key:attachment_id>/",
        reading.attachment,
        name="briefing_attachment",
    ),
    # Makers.
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
    path(f"{WORK}makers/", people.makers, name="briefing_makers"),
    path(f"{WORK}readers/", people.readers, name="briefing_readers"),
    path(
        f"{WORK}readers/<key:reader_id>/remove/",
        people.reader_remove,
        name="briefing_reader_remove",
    ),
    path(f"{WORK}readings/", people.readings, name="briefing_readings"),
    path(f"{WORK}submit/", signing.submit, name="briefing_submit"),
    path(f"{WORK}send-back/", signing.send_back, name="briefing_send_back"),
    path(f"{WORK}approve/", signing.approve, name="briefing_approve"),
    path(f"{WORK}publish/", signing.publish, name="briefing_publish"),
    path(f"{WORK}print/", signing.print_again, name="briefing_print"),
]
