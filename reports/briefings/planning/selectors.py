"""Hours, steps and reviews of briefings, for their makers and for who reads one early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer
from jbn_oversight.organisations.models import Institution
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.planning.models import PlanStep


def dates_of(user: User, institution: Institution, at: datetime) -> list[DatedThing]:
    """What is to come of the briefings on which this person works, and the end of an embargo
    under which they read.

    Each begins at its gate, asked at the aware instant. An invitation stands in no list.
    """
    running = Secrecy.objects.running().filter(briefing=OuterRef("pk"))
    made = Briefing.objects.worked_on_by(user, at).filter(
        institution=institution, withdrawn_at__isnull=True, closed_at__isnull=True
    )
    rows = made.annotate(secrecy_runs=Exists(running)).select_related("publisher")
    return [
        *(thing for row in rows for thing in _of_maker(user, row, at)),
        *_steps(made),
        *_of_readers(user, institution, made, at),
    ]


def _of_maker(user: User, row: Briefing, at: datetime) -> Iterator[DatedThing]:
    words = {"title": row.title}
    publisher = row.publisher
    is_out = row.published_at is not None and row.embargo_until and row.embargo_until <= at
    if row.window_opens_at is not None and row.window_opens_at > at:
        yield _instant(
            _("Early readers may read “%(title)s”") % words,
            row.window_opens_at,
            reverse("reports:briefing_work", args=[row.public_id]),
            is_certain=row.approved_at is not None,
            key="window",
        )
    # While secrecy runs nobody may publish, so nobody is late.
    passed_shut = row.secrecy_runs and row.embargo_until and row.embargo_until <= at  # type: ignore[attr-defined]
    if row.embargo_until is not None and not is_out and not passed_shut:
        waits = row.published_at is None
        yield _instant(
            _("The embargo of “%(title)s” ends") % words,
            row.embargo_until,
            reverse("reports:briefing_work", args=[row.public_id]),
            owner=publisher.name if publisher and waits else "",
            is_mine=waits and publisher == user,
            is_certain=row.approved_at is not None,
            key="hour",
        )
    if row.review_on is not None and is_out:
        yield DatedThing(
            kind=DateKind.BRIEFING,
            title=_("Look whether “%(title)s” still holds") % words,
            on=ImpreciseDay(row.review_on),
            url=reverse("reports:briefing_plan", args=[row.public_id]),
            is_secret=True,
            key="review",
        )


def _steps(made: QuerySet[Briefing]) -> Iterator[DatedThing]:
    rows = PlanStep.objects.filter(briefing__in=made, done_at=None, dropped_at=None)
    for row in rows.select_related("briefing"):
        words = {"what": row.what, "audience": row.audience, "title": row.briefing.title}
        yield _instant(
            _("%(what)s, to %(audience)s (“%(title)s”)") % words,
            row.planned_at,
            reverse("reports:briefing_plan", args=[row.briefing.public_id]),
            owner=row.teller,
            key=row.public_id,
        )


def _of_readers(
    user: User, institution: Institution, made: QuerySet[Briefing], at: datetime
) -> Iterator[DatedThing]:
    """Without a title: a reader's is that of the text that they get, and stands on its page."""
    rows = Briefing.objects.visible_to(user, at).filter(
        Q(answer=Answer.WITHIN.value), institution=institution, embargo_until__gt=at
    )
    for row in rows.exclude(pk__in=made.values("pk")):
        assert row.embargo_until is not None  # filtered above
        yield _instant(
            _("The embargo ends of a briefing that you may read"),
            row.embargo_until,
            reverse("reports:briefing", args=[row.public_id]),
            is_certain=True,
            key="reading",
        )


def _instant(
    title: str,
    at: datetime,
    url: str,
    *,
    key: str,
    owner: str = "",
    is_mine: bool = False,
    is_certain: bool = False,
) -> DatedThing:
    return DatedThing(
        kind=DateKind.BRIEFING,
        title=title,
        on=ImpreciseDay(amsterdam_day(at)),
        url=url,
        at=at,
        owner=owner,
        is_mine=is_mine,
        is_certain=is_certain,
        is_secret=True,
        key=key,
    )
