"""Addresses of briefings. Those with an identifier hold 128 random bits and tell nothing."""

from __future__ import annotations

from reports.briefings.urls import acts, core, drafting, planning, readers

urlpatterns = [
    *core.urlpatterns,
    *drafting.urlpatterns,
    *acts.urlpatterns,
    *readers.urlpatterns,
    *planning.urlpatterns,
]
