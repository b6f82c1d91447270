"""What a page shows of one matter: each party's verdicts in its own words, and who disagrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audits.comparison.rules.disagreement import (
    Disagreement,
    Leaning,
    Party,
    PartyJudgement,
    by_party,
    disagreement,
)
from certification.models.sources import Source

WHOLE = ""
"""The code of the matter "the institution as a whole"."""


@dataclass(frozen=True, slots=True)
class PartyVerdict:
    """One verdict as its party words it."""

    verdict: PartyJudgement
    about: str
    """The party's own name for what it judges; empty where the words say it already."""
    words: str
    stand: str
    """From when it is, in words."""
    source: Source | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One body with its verdicts on one matter."""

    party: Party
    name: str
    said: tuple[PartyVerdict, ...]


@dataclass(frozen=True, slots=True)
class ComparedMatter:
    """One matter: the two bodies, and which figures belong to it."""

    code: str
    """Of the theme; ``WHOLE`` for the institution as a whole."""
    title: str
    theme_id: int | None
    body: Side
    inspectorate: Side
    kpis: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[Side, Side]:
        """The two bodies."""
        return (self.body, self.inspectorate)

    def disagreement(self, figures: Iterable[PartyJudgement] = ()) -> Disagreement | None:
        """Whether the parties contradict each other, with the verdicts of the figures."""
        bodies = (said.verdict for side in self.sides for said in side.said)
        return disagreement([*bodies, *figures])

    def directions(self, figures: Iterable[PartyJudgement] = ()) -> dict[Party, Leaning]:
        """What each party says on its own scale."""
        bodies = (said.verdict for side in self.sides for said in side.said)
        return by_party([*bodies, *figures])
