"""Addresses of findings with actions, plans, recommendations and studies."""

from __future__ import annotations

from django.urls import path

from audits.plans.views import plan_actions as views
from audits.plans.views import plans as views_of_plans

urlpatterns = [
    path("findings/", views.findings, name="findings"),
    path("findings/actions/new/", views.action_edit, name="action_new"),
    path("findings/actions/<str:action_id>/", views.action, name="action"),
    path("findings/actions/<str:action_id>/edit/", views.action_edit, name="action_edit"),
    path(
        "findings/actions/<str:action_id>/evidence/<str:version_id>/",
        views.evidence,
        name="evidence",
    ),
    path("plans/", views_of_plans.plans, name="plans"),
    path("plans/new/", views_of_plans.plan_edit, name="plan_new"),
    path("plans/studies/", views_of_plans.studies, name="studies"),
    path("plans/studies/new/", views_of_plans.study_edit, name="study_new"),
    path("plans/studies/<str:study_id>/edit/", views_of_plans.study_edit, name="study_edit"),
    path(
        "plans/recommendations/new/",
        views_of_plans.recommendation_edit,
        name="recommendation_new",
    ),
    path(
        "plans/recommendations/<str:recommendation_id>/",
        views_of_plans.recommendation,
        name="recommendation",
    ),
    path(
        "plans/recommendations/<str:recommendation_id>/edit/",
        views_of_plans.recommendation_edit,
        name="recommendation_edit",
    ),
    path("plans/<str:plan_id>/edit/", views_of_plans.plan_edit, name="plan_edit"),
]
