"""Of which briefings somebody may know, for what stands about them in a log."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest

from jbn_oversight.accounts.models import User
from jbn_oversight.acts.models import RecordedActQuerySet
from reports.briefings.models.briefings import Briefing, BriefingQuerySet
from reports.briefings.models.secrecy import Secrecy


def acts_on_known_briefings(
    acts: RecordedActQuerySet, user: User, at: datetime
) -> RecordedActQuerySet:
    """Acts on briefings that the person reads or makes, or that came out by an aware instant."""
    gates = (
        Briefing.objects.visible_to(user, at),
        Briefing.objects.worked_on_by(user, at),
        have_come_out(at),
    )
    known = Q()
    for briefings in gates:
        known |= Q(thing_id__in=briefings.values("public_id"))
    return acts.filter(known)


def have_come_out(at: datetime) -> BriefingQuerySet:
    """Those that were open to their audience at some instant up to ``at``: no secret any more.

    Also where they were withdrawn or shut later. A publication that was shut before its hour, or
    that secrecy covered at that moment, never came out; nor is anything told while secrecy runs.
    """
    out = Greatest("published_at", "embargo_until")
    secret = Secrecy.objects.filter(briefing=OuterRef("pk"))
    covered = secret.filter(
        Q(lifting_recorded_at__isnull=True) | Q(lifting_recorded_at__gt=OuterRef("out")),
        recorded_at__lte=OuterRef("out"),
    )
    shut = Q(withdrawn_at__isnull=False) | Q(closed_at__isnull=False)
    return (
        Briefing.objects.filter(published_at__lte=at, embargo_until__lte=at)
        .annotate(out=out)
        .filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("out")))
        .filter(Q(closed_at__isnull=True) | Q(closed_at__gt=F("out")))
        .exclude(Exists(secret.running()))
        .exclude(shut, Exists(covered))
    )
