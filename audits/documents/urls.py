"""Addresses of the register of documents, under those of one institution."""

from __future__ import annotations

from django.urls import path

from audits.documents.views import keeping as keeping_views
from audits.documents.views import pages as views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/new/", views.document_new, name="document_new"),
    path("documents/<str:document_id>/", views.document, name="document"),
    path(
        "documents/<str:document_id>/new/", views.document_version_new, name="document_version_new"
    ),
    path(
        "documents/versions/<str:paper_id>/",
        keeping_views.document_version,
        name="document_version",
    ),
    path("documents/versions/<str:paper_id>/file/", views.document_file, name="document_file"),
    path(
        "documents/versions/<str:paper_id>/release/",
        keeping_views.document_release,
        name="document_release",
    ),
    path(
        "documents/versions/<str:paper_id>/readers/",
        keeping_views.document_readers,
        name="document_readers",
    ),
    path(
        "documents/versions/<str:paper_id>/withdraw/",
        keeping_views.document_withdraw,
        name="document_withdraw",
    ),
    path(
        "documents/versions/<str:paper_id>/passages/", keeping_views.passage_new, name="passage_new"
    ),
    path("documents/passages/<str:passage_id>/", keeping_views.passage, name="passage"),
    path(
        "documents/passages/<str:passage_id>/untie/",
        keeping_views.passage_untie,
        name="passage_untie",
    ),
]
