"""Addresses of certificates and of what depends on them."""

from __future__ import annotations

from django.urls import path

from audits.certificates.views import pages as views
from audits.certificates.views import parts as part_views
from audits.certificates.views import records as record_views

urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("new/", record_views.certificate_edit, name="certificate_new"),
    path("<str:certificate_id>/", views.certificate, name="certificate"),
    path("<str:certificate_id>/edit/", record_views.certificate_edit, name="certificate_edit"),
    path("<str:certificate_id>/weighing/new/", part_views.weighing_edit, name="weighing_new"),
    path(
        "<str:certificate_id>/weighing/<str:point_id>/",
        part_views.weighing_edit,
        name="weighing_edit",
    ),
    path("<str:certificate_id>/conditions/new/", part_views.condition_edit, name="condition_new"),
    path(
        "<str:certificate_id>/conditions/<str:condition_id>/",
        part_views.condition_edit,
        name="condition_edit",
    ),
    path("<str:certificate_id>/decisions/new/", part_views.decision_edit, name="decision_new"),
    path(
        "<str:certificate_id>/decisions/<str:decision_id>/",
        part_views.decision_edit,
        name="decision_edit",
    ),
]
