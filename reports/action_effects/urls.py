"""Addresses about the effect of actions."""

from __future__ import annotations

from django.urls import path

from reports.action_effects import views

urlpatterns = [
    path(
        "oversight/<slug:institution_code>/findings/actions/<str:action_id>/effect/",
        views.action_effect,
        name="action_effect",
    ),
]
