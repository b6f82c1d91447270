"""Addresses of readers: copies, questions, public pages, and of the clerks who look after them."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.urls.keys import ONE, WORK
from reports.briefings.views import clerks, people, public, questions, reading, tracing

OWN = f"{ONE}texts/<key:text_id>/"
PUBLIC = "public/<key:page_key>/"
PUBLIC_OWN = f"{PUBLIC}texts/<key:text_id>/"

urlpatterns: list[URLPattern] = [
    path("management/copies/", tracing.whose_copy, name="briefing_whose_copy"),
    path("management/alarms/", tracing.alarms, name="briefing_alarms"),
    path("management/council-readings/", clerks.readings, name="briefing_council_readings"),
    # Readers who sit in more than one council choose between their texts.
    path(OWN, reading.read_text, name="briefing_own_text"),
    path(f"{OWN}pdf/", reading.own_pdf, name="briefing_own_pdf"),
    path(f"{OWN}figures/", reading.own_figures, name="briefing_own_figures"),
    path(f"{ONE}questions/", questions.ask, name="briefing_ask"),
    # Makers.
    path(f"{WORK}questions/", questions.questions, name="briefing_questions"),
    path(f"{WORK}questions/<key:question_id>/", questions.answer, name="briefing_question_answer"),
    path(
        f"{WORK}questions/answers/<key:reply_id>/",
        questions.give_out,
        name="briefing_answer_give_out",
    ),
    path(
        f"{WORK}readers/proposals/<key:proposal_id>/",
        people.proposal_decide,
        name="briefing_reader_proposal",
    ),
    # Everybody, once it is out and if so chosen.
    path(PUBLIC, public.page, name="public_page"),
    path(f"{PUBLIC}pdf/", public.pdf, name="public_pdf"),
    path(f"{PUBLIC}figures.csv", public.figures_as_csv, name="public_csv"),
    path(f"{PUBLIC}figures.json", public.figures_as_json, name="public_json"),
    path(f"{PUBLIC}attachments/<key:attachment_id>/", public.attachment, name="public_attachment"),
    path(PUBLIC_OWN, public.page, name="public_own_page"),
    path(f"{PUBLIC_OWN}pdf/", public.pdf, name="public_own_pdf"),
    path(f"{PUBLIC_OWN}figures.csv", public.figures_as_csv, name="public_own_csv"),
    path(f"{PUBLIC_OWN}figures.json", public.figures_as_json, name="public_own_json"),
]
