"""Addresses of questions of council members."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.briefings.gate.converters import ONE, WORK
from reports.briefings.questions import views

urlpatterns: list[URLPattern] = [
    path(f"{ONE}questions/", views.ask, name="briefing_ask"),
    path(f"{WORK}questions/", views.questions, name="briefing_questions"),
    path(f"{WORK}questions/<key:question_id>/", views.answer, name="briefing_question_answer"),
    path(
        f"{WORK}questions/answers/<key:reply_id>/",
        views.give_out,
        name="briefing_answer_give_out",
    ),
]
