"""Where a public page will be or is."""

from __future__ import annotations

from django.urls import reverse

from reports.briefings.models.briefings import Briefing
from reports.briefings.public_pages.models import PublicPage


def public_page_of(briefing: Briefing) -> PublicPage:
    """The row with the key of the briefing's public page."""
    return PublicPage.objects.get(briefing=briefing)


def public_address(briefing: Briefing) -> str:
    """Where the public page will be or is; empty where it was not signed, nor asked for yet."""
    version = briefing.published_version or briefing.latest_version()
    if not (version.public_page if version is not None else briefing.public_page):
        return ""
    return reverse("reports:public_page", args=[public_page_of(briefing).key])
