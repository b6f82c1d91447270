"""Addresses of briefings. Those with an identifier hold 128 random bits and tell nothing."""

from __future__ import annotations

from reports.briefings.archive import urls as archive
from reports.briefings.chronology import urls as chronology
from reports.briefings.decisions import urls as decisions
from reports.briefings.factcheck import urls as factcheck
from reports.briefings.log import urls as log
from reports.briefings.makers import urls as makers
from reports.briefings.planning import urls as planning
from reports.briefings.press import urls as press
from reports.briefings.printing import urls as printing
from reports.briefings.public_pages import urls as public_pages
from reports.briefings.questions import urls as questions
from reports.briefings.readers import urls as readers
from reports.briefings.reading import urls as reading
from reports.briefings.rehearsal import urls as rehearsal
from reports.briefings.sharing import urls as sharing
from reports.briefings.signing import urls as signing
from reports.briefings.writing import urls as writing

urlpatterns = [
    *archive.urlpatterns,
    *chronology.urlpatterns,
    *decisions.urlpatterns,
    *factcheck.urlpatterns,
    *makers.urlpatterns,
    *planning.urlpatterns,
    *press.urlpatterns,
    *printing.urlpatterns,
    *public_pages.urlpatterns,
    *questions.urlpatterns,
    *readers.urlpatterns,
    *reading.urlpatterns,
    *sharing.urlpatterns,
    *signing.urlpatterns,
    *writing.urlpatterns,
    *log.urlpatterns,
    *rehearsal.urlpatterns,
]
