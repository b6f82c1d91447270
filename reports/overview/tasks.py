"""How many briefings wait for an act of the reader of the dashboard."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from jbn_oversight.accounts.models import User
from reports.models import Briefing, SignOff


def briefings_waiting(user: User, at: datetime) -> int:
    """Briefings that this maker must approve or publish, at the request's own instant.

    Begins at the makers' gate. The day that the dashboard speaks for plays no part: what waits
    waits now.
    """
    signed = SignOff.objects.filter(
        briefing=OuterRef("pk"),
        signed_by=user,
        draft_revision=OuterRef("draft_revision"),
        voided_at__isnull=True,
    )
    to_approve = Q(submitted_at__isnull=False, signatories__user=user) & ~Exists(signed)
    to_publish = Q(submitted_at__isnull=True, approved_at__isnull=False, publisher=user)
    unpublished = Q(published_at__isnull=True, withdrawn_at__isnull=True)
    return (
        Briefing.objects.worked_on_by(user, at)
        .filter(unpublished, to_approve | to_publish)
        .distinct()
        .count()
    )
