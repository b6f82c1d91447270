"""The address of a public page: made when somebody first needs it, and then fixed."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from reports.briefings.models.briefings import Briefing
from reports.briefings.public_pages.models import PublicPage


def public_page_of(briefing: Briefing, at: datetime) -> PublicPage:
    """The row with the key of the briefing's public page. Having an address opens nothing."""
    row, _created = PublicPage.objects.get_or_create(briefing=briefing, defaults={"made_at": at})
    return row


def public_address(briefing: Briefing, at: datetime) -> str:
    """Where the public page will be or is; empty where it was not signed, nor asked for yet."""
    version = briefing.published_version or briefing.latest_version()
    if not (version.public_page if version is not None else briefing.public_page):
        return ""
    return reverse("reports:public_page", args=[public_page_of(briefing, at).key])
