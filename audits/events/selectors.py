"""What the pages of the time line ask, as known on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch

from audits.events.rules import ClaimMark, mark_of, marks
from audits.events.sentences.marks import WORDS
from audits.models.timeline import Contradiction, TimelineEvent
from audits.oversight.selectors import timeline
from audits.rules.moments import Matter
from audits.selectors.history import Change, taken_back
from audits.selectors.public_documents import shown_passage
from certification.certificates.selectors import authority_name
from certification.models.documents import Passage
from jbn_oversight.organisations.models import Authority, Institution


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that clash, with what was decided between them."""

    row: Contradiction
    one_mark: ClaimMark
    other_mark: ClaimMark

    @property
    def is_decided(self) -> bool:
        """Whether somebody chose."""
        return bool(self.row.decided_for)

    @property
    def one_words(self) -> str:
        """How the one claim stands."""
        return str(WORDS[self.one_mark])

    @property
    def other_words(self) -> str:
        """How the other claim stands."""
        return str(WORDS[self.other_mark])


@dataclass(frozen=True, slots=True)
class EventClash:
    """A clash that an event takes part in, and how its own claim stands."""

    clash: Clash
    mark: ClaimMark | None

    @property
    def is_against(self) -> bool:
        """Whether it was decided that this claim is not followed."""
        return self.mark is ClaimMark.NOT_FOLLOWED

    @property
    def words(self) -> str:
        """How the claim stands; empty where the decision does not name it."""
        return "" if self.mark is None else str(WORDS[self.mark])


@dataclass(frozen=True, slots=True)
class TimeLineEntry:
    """One line of the time line, with what belongs to the event behind it, if there is one."""

    matter: Matter
    event: TimelineEvent | None
    passage: Passage | None
    clashes: tuple[EventClash, ...]
    aliases: tuple[str, ...]
    """Other names that papers give to the bodies of this line."""

    @property
    def is_against(self) -> bool:
        """Whether some decision does not follow this claim."""
        return any(clash.is_against for clash in self.clashes)


@dataclass(frozen=True, slots=True)
class Called:
    """A body with its names over time and the other names that papers use."""

    name: str
    abbreviation: str
    earlier: tuple[str, ...]
    aliases: tuple[str, ...]


def events_of(institution: Institution) -> dict[str, TimelineEvent]:
    """Every event of the institution by its code, with what a page shows."""
    rows = (
        TimelineEvent.objects.of(institution)
        .select_related("passage__version__document__source", "carries_out")
        .prefetch_related(
            Prefetch(
                "contradictions",
                Contradiction.objects.select_related("one_source", "other_source", "decided_by"),
            )
        )
    )
    return {row.code: row for row in rows}


def lines(
    institution: Institution, day: date, at: datetime, kinds: Collection[str] = ()
) -> list[TimeLineEntry]:
    """The time line as known on the day, the latest first; of these kinds, or of all.

    A passage is given only when its paper is out at ``at`` (aware): a quote is the paper.
    """
    events = events_of(institution)
    names = bodies(day)
    return [
        replace(
            line,
            passage=shown_passage(line.event.passage, at) if line.event else None,
            aliases=_aliases(line.matter, names),
        )
        for line in reversed(timeline_lines(institution, day, events))
        if not kinds or line.matter.kind in kinds
    ]


def timeline_lines(
    institution: Institution, day: date, events: Mapping[str, TimelineEvent]
) -> list[TimeLineEntry]:
    """The time line as known on the day, the earliest first, without passages and aliases."""
    found = []
    for matter in timeline(institution, day):
        event = events.get(matter.code)
        found.append(TimeLineEntry(matter, event, None, clashes_of(event) if event else (), ()))
    return found


def _aliases(matter: Matter, names: Iterable[Called]) -> tuple[str, ...]:
    return tuple(alias for one in names if one.name in matter.owner for alias in one.aliases)


def clashes_of(event: TimelineEvent) -> tuple[EventClash, ...]:
    """The clashes that the event takes part in, from rows already fetched."""
    return tuple(
        EventClash(
            clash_of(row),
            mark_of(row.decided_for, event.source_id, row.one_source_id, row.other_source_id),
        )
        for row in event.contradictions.all()
    )


def clash_of(row: Contradiction) -> Clash:
    """A contradiction with the marks of its claims."""
    return Clash(row, *marks(row.decided_for))


def clashes(institution: Institution) -> list[Clash]:
    """Every contradiction about the institution; decided ones stay."""
    rows = Contradiction.objects.of(institution).select_related(
        "one_source", "other_source", "decided_by"
    )
    return [clash_of(row) for row in rows]


def contradictions_taken_back(institution: Institution) -> tuple[Change, ...]:
    """Who recorded and who took back each contradiction that is no longer here, by its matter."""
    return taken_back(Contradiction, lambda record: str(record.matter), institution=institution)


def bodies(day: date) -> list[Called]:
    """Every authority: its name on the day, the names before, and what papers call it."""
    found = []
    for row in Authority.objects.prefetch_related("names"):
        running = [
            each
            for each in row.names.all()
            if each.from_on <= day and (each.until_on is None or day < each.until_on)
        ]
        found.append(
            Called(
                authority_name(row, day),
                running[0].abbreviation if running else "",
                tuple(
                    each.name
                    for each in row.names.all()
                    if each.until_on is not None and each.until_on <= day
                ),
                tuple(row.aliases),
            )
        )
    return found
