"""A day with its source, and a matter with what was planned beside what happened."""

from __future__ import annotations

from dataclasses import dataclass, field

from certification.imprecise_days import ImpreciseDay
from certification.models.sources import Source
from certification.sentences import in_words


@dataclass(frozen=True, slots=True)
class Moment:
    """A roughly known day and who says so."""

    on: ImpreciseDay
    source: Source | None

    @property
    def words(self) -> str:
        """The day in words."""
        return in_words(self.on)


def moment(on: ImpreciseDay | None, source: Source | None) -> Moment | None:
    """Both together, where there is a day."""
    return None if on is None else Moment(on, source)


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the time line."""

    kind: str
    kind_label: str
    title: str
    planned: Moment | None = None
    actual: Moment | None = None
    owner: str = ""
    """Whose act it is."""
    certain: bool = False
    """Laid down by a decision, rather than planned or expected."""
    detail: str = ""
    contradictions: tuple[str, ...] = field(default=())
    """Matters on which sources clash over this line."""
    code: str = ""
    """Of the event that it tells; empty for what other rows tell."""

    @property
    def sort_key(self) -> tuple[object, ...]:
        """By what happened, else by what was planned; the less precise day later."""
        shown = self.actual or self.planned
        assert shown is not None
        return (shown.on.first, shown.on.last, self.certain, self.title)
