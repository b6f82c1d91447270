"""Addresses of inspections, in the order in which letter and report come."""

from __future__ import annotations

from django.urls import path

from audits.inspections.views import imports as import_views
from audits.inspections.views import measures as measure_views
from audits.inspections.views import pages as views
from audits.inspections.views import records as record_views

_ONE = "<str:inspection_id>/"
_PLACE = f"{_ONE}institutions/<str:inspected_id>/"
_MEASURE = f"{_ONE}measures/<str:measure_id>/"
urlpatterns = [
    path("", views.inspections, name="inspections"),
    path("new/", record_views.inspection_edit, name="inspection_new"),
    path("verdicts-example.csv", import_views.verdicts_example, name="verdicts_example"),
    path(_ONE, views.inspection, name="inspection"),
    path(f"{_ONE}edit/", record_views.inspection_edit, name="inspection_edit"),
    path(f"{_ONE}messages/new/", record_views.message_edit, name="message_new"),
    path(f"{_ONE}messages/<int:message_number>/", record_views.message_edit, name="message_edit"),
    path(f"{_ONE}institutions/new/", record_views.institution_edit, name="inspected_new"),
    path(_PLACE, record_views.institution_edit, name="inspected_edit"),
    path(f"{_PLACE}report/", record_views.report_edit, name="inspected_report"),
    path(f"{_PLACE}verdicts/", record_views.verdicts_edit, name="inspected_verdicts"),
    path(f"{_PLACE}measures/new/", measure_views.measure_edit, name="measure_new"),
    path(f"{_ONE}import/", import_views.verdicts_import, name="verdicts_import"),
    path(_MEASURE, measure_views.measure_edit, name="measure_edit"),
    path(f"{_MEASURE}lift/", measure_views.measure_lift, name="measure_lift"),
    path(f"{_MEASURE}sources/new/", measure_views.claim_edit, name="measure_claim_new"),
    path(f"{_MEASURE}sources/<int:claim_number>/", measure_views.claim_edit, name="measure_claim"),
    path(f"{_MEASURE}visits/new/", measure_views.visit_edit, name="visit_new"),
    path(f"{_MEASURE}visits/<int:visit_number>/", measure_views.visit_edit, name="visit_edit"),
]
