"""Addresses of what everybody may read, once it is out and if so chosen."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from reports.briefings.gate import converters  # noqa: F401 - registers "key"
from reports.briefings.public_pages import views

PUBLIC: Final = "public/<key:page_key>/"
PUBLIC_OWN: Final = f"{PUBLIC}texts/<key:text_id>/"

urlpatterns: list[URLPattern] = [
    path(PUBLIC, views.page, name="public_page"),
    path(f"{PUBLIC}pdf/", views.pdf, name="public_pdf"),
    path(f"{PUBLIC}figures.csv", views.figures_as_csv, name="public_csv"),
    path(f"{PUBLIC}figures.json", views.figures_as_json, name="public_json"),
    path(f"{PUBLIC}attachments/<key:attachment_id>/", views.attachment, name="public_attachment"),
    path(PUBLIC_OWN, views.page, name="public_own_page"),
    path(f"{PUBLIC_OWN}pdf/", views.pdf, name="public_own_pdf"),
    path(f"{PUBLIC_OWN}figures.csv", views.figures_as_csv, name="public_own_csv"),
    path(f"{PUBLIC_OWN}figures.json", views.figures_as_json, name="public_own_json"),
]
