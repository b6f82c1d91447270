"""Addresses of this floor."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from audits.audits_held import urls as audits_held
from audits.certificates import urls as certificates
from audits.comparison import urls as comparison
from audits.documents import urls as documents
from audits.events import urls as events
from audits.inspections import urls as inspections
from audits.oversight import views
from audits.registers import views as register_views

app_name = "audits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("oversight/<slug:institution_code>/", views.oversight, name="timeline"),
    path("oversight/<slug:institution_code>/audits/", include(audits_held.urlpatterns)),
    path("oversight/<slug:institution_code>/certificates/", include(certificates.urlpatterns)),
    path("oversight/<slug:institution_code>/", include(events.urlpatterns)),
    path("oversight/<slug:institution_code>/side-by-side/themes/", include(comparison.urlpatterns)),
    path("oversight/<slug:institution_code>/inspections/", include(inspections.urlpatterns)),
    path("oversight/<slug:institution_code>/", include(documents.urlpatterns)),
    path(
        "oversight/<slug:institution_code>/registers/<slug:register>.xlsx",
        register_views.register_xlsx,
        name="register_xlsx",
    ),
    path("oversight/<slug:institution_code>/", include("audits.plans.urls")),
]
