"""How many briefings wait for an act of the reader of the dashboard."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from reports.briefings.decisions.models import Act
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.models.signing import SignOff


def briefings_waiting(user: User, at: datetime) -> int:
    """Briefings in which this maker has something to do, at the request's own instant.

    To sign, to publish, to confirm what another maker proposed, or to look whether a published
    one still holds, once its day has come. Begins at the makers' gate. The day that the
    dashboard speaks for plays no part: what waits waits now.
    """
    signed = SignOff.objects.filter(
        briefing=OuterRef("pk"),
        signed_by=user,
        draft_revision=OuterRef("draft_revision"),
        voided_at__isnull=True,
    )
    proposed = Act.objects.open().filter(briefing=OuterRef("pk")).exclude(proposed_by=user)
    is_open = Q(closed_at__isnull=True)
    secret = Secrecy.objects.running().filter(briefing=OuterRef("pk"))
    to_sign = is_open & Q(submitted_at__isnull=False, signatories__user=user) & ~Exists(signed)
    to_publish = (
        is_open
        & Q(
            submitted_at__isnull=True,
            approved_at__isnull=False,
            published_at__isnull=True,
            publisher=user,
        )
        & ~Exists(secret)
    )
    to_confirm = Exists(proposed) & ~Q(author=user)
    to_look_again = is_open & Q(
        published_at__isnull=False, embargo_until__lte=at, review_on__lte=amsterdam_day(at)
    )
    return (
        Briefing.objects.worked_on_by(user, at)
        .filter(to_sign | to_publish | to_confirm | to_look_again, withdrawn_at__isnull=True)
        .distinct()
        .count()
    )
