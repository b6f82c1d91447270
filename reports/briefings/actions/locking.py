"""The row lock that every change of a briefing starts with."""

from __future__ import annotations

from reports.models import Briefing


def locked(briefing: Briefing) -> Briefing:
    """The briefing as it is now, held until the end of the transaction.

    Whoever changes anything about a briefing waits here, so two acts never see each other
    half done.
    """
    rows = Briefing.objects.select_for_update(of=("self",))
    return rows.select_related("region", "municipality", "institution").get(pk=briefing.pk)
