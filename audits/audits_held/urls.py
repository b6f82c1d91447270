"""Addresses of audits, their findings and the frameworks of norms."""

from __future__ import annotations

from django.urls import path

from audits.audits_held.views import findings as finding_views
from audits.audits_held.views import imports as import_views
from audits.audits_held.views import pages as views
from audits.frameworks import views as framework_views

urlpatterns = [
    path("", views.audits, name="audits"),
    path("new/", views.audit_edit, name="audit_new"),
    path("frameworks/", framework_views.frameworks, name="frameworks"),
    path("frameworks/load/", framework_views.framework_load, name="framework_load"),
    path("frameworks/example.csv", framework_views.framework_example, name="framework_example"),
    path("words/", framework_views.category_edit, name="finding_categories"),
    path("words/<slug:category_code>/", framework_views.category_edit, name="finding_category"),
    path("findings-example.xlsx", import_views.findings_example, name="findings_example"),
    path("<str:audit_id>/", views.audit, name="audit"),
    path("<str:audit_id>/edit/", views.audit_edit, name="audit_edit"),
    path("<str:audit_id>/judge/", finding_views.review, name="audit_review"),
    path("<str:audit_id>/import/", import_views.findings_import, name="findings_import"),
    path("<str:audit_id>/findings/new/", finding_views.finding_edit, name="finding_new"),
    path(
        "<str:audit_id>/findings/<str:finding_id>/", finding_views.finding_edit, name="finding_edit"
    ),
    path(
        "<str:audit_id>/findings/<str:finding_id>/causes/new/",
        finding_views.cause_edit,
        name="cause_new",
    ),
    path(
        "<str:audit_id>/findings/<str:finding_id>/causes/<str:cause_id>/",
        finding_views.cause_edit,
        name="cause_edit",
    ),
]
