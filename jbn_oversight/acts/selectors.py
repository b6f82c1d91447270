"""Acts that somebody may know of, in pieces of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q

from jbn_oversight.accounts.actor import Actor, Places
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct, Narrowing, all_kinds
from jbn_oversight.acts.models import RecordedAct, RecordedActQuerySet
from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.organisations.models import Institution, Municipality, Region

ON_A_PAGE: Final = 50
MOST_IN_A_FILE: Final = 10_000


def kinds_for(actor: Actor) -> list[KindOfAct]:
    """The kinds that this person's roles let them see somewhere, by their words.

    The same whatever was done: a kind that stands here tells of no act.
    """
    kinds = [kind for kind in all_kinds().values() if actor.may(kind.right)]
    return sorted(kinds, key=lambda kind: (str(kind.label).casefold(), kind.code))


def acts_for(actor: Actor, user: User, at: datetime) -> RecordedActQuerySet:
    """The acts of which this person may know at an aware instant.

    In the places for which they hold the right of the kind on that day, and of what is secret
    those alone that pass the gate of its room.
    """
    together: dict[tuple[str, Narrowing | None], list[str]] = defaultdict(list)
    for kind in kinds_for(actor):
        together[kind.right, kind.visible].append(kind.code)
    found = RecordedAct.objects.none()
    for (right, visible), codes in together.items():
        acts = RecordedAct.objects.filter(_within(actor.places(right)), kind__in=codes)
        found = found | (acts if visible is None else visible(acts, user, at))
    return found


def _within(places: Places) -> Q:
    """Acts whose narrowest place is one of these, or that are done in no place."""
    anywhere = Q(municipality="")
    return (
        Q(municipality__in=places.municipalities)
        | anywhere & Q(region__in=places.regions)
        | anywhere & Q(region="", institution__in=places.institutions)
        | anywhere & Q(region="", institution="")
    )


@dataclass(frozen=True, slots=True)
class AskedActs:
    """What somebody looks for; empty is everything. The days are Amsterdam days, both included."""

    who: str = ""
    kind: str = ""
    from_on: date | None = None
    until_on: date | None = None


def filtered(acts: RecordedActQuerySet, asked: AskedActs) -> RecordedActQuerySet:
    """Those that were asked for. Only what may be seen goes in, so no answer tells of the rest."""
    if asked.who:
        acts = acts.filter(Q(by_name__icontains=asked.who) | Q(agreed_name__icontains=asked.who))
    if asked.kind:
        acts = acts.filter(kind=asked.kind)
    if asked.from_on:
        acts = acts.filter(at__gte=_midnight(asked.from_on))
    if asked.until_on:
        acts = acts.filter(at__lt=_midnight(asked.until_on + timedelta(days=1)))
    return acts


def _midnight(day: date) -> datetime:
    """The instant at which the Amsterdam day begins."""
    return datetime.combine(day, time(), AMSTERDAM)


@dataclass(frozen=True, slots=True)
class ActsPage:
    """Some acts, newest first, and the mark behind which older ones begin; empty at the end."""

    rows: Sequence[RecordedAct]
    older: str


def acts_page(acts: RecordedActQuerySet, before: str = "", *, size: int = ON_A_PAGE) -> ActsPage:
    """The acts behind the mark ``before``, at most ``size``: one query, however many there are.

    The mark is the identifier of an act that this person saw; of any other it begins at the top.
    """
    last = acts.filter(public_id=before).first() if before else None
    if last is not None:
        acts = acts.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(acts.newest_first()[: size + 1])
    shown = rows[:size]
    return ActsPage(shown, shown[-1].public_id if len(rows) > size else "")


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The names of the places that some acts name by their codes."""

    institutions: Mapping[str, str]
    regions: Mapping[str, str]
    municipalities: Mapping[str, str]

    def of(self, act: RecordedAct) -> str:
        """The narrowest place of an act, as it is called now; its code where it is gone."""
        if act.municipality:
            return self.municipalities.get(act.municipality, act.municipality)
        if act.region:
            return self.regions.get(act.region, act.region)
        return self.institutions.get(act.institution, act.institution)


def place_names(acts: Sequence[RecordedAct]) -> PlaceNames:
    """The names of all places in these acts, in three queries."""
    return PlaceNames(
        dict(
            Institution.objects.filter(code__in={act.institution for act in acts}).values_list(
                "code", "name"
            )
        ),
        dict(
            Region.objects.filter(slug__in={act.region for act in acts}).values_list("slug", "name")
        ),
        dict(
            Municipality.objects.filter(
                cbs_code__in={act.municipality for act in acts}
            ).values_list("cbs_code", "name")
        ),
    )
