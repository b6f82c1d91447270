"""Addresses of this floor."""

from __future__ import annotations

from certification.compliance import urls as compliance
from certification.deliveries import urls as deliveries

app_name = "certification"
urlpatterns = [*deliveries.urlpatterns, *compliance.urlpatterns]
