"""The address of a public page: made with the briefing, and then fixed."""

from __future__ import annotations

from datetime import datetime

from reports.briefings.models.briefings import Briefing
from reports.briefings.public_pages.models import PublicPage


def give_address(*, briefing: Briefing, at: datetime) -> PublicPage:
    """Give a new briefing the key of its public page, so that showing it later writes nothing.

    Having an address opens nothing.
    """
    return PublicPage.objects.create(briefing=briefing, made_at=at)
