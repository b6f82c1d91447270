"""What an indicator is: its unit, its shape, the series it adds, and its words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue; the screen translates it."""
    return message


class Unit(StrEnum):
    """What a value is expressed in."""

    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"
    PER_FTE = "per_fte"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Shape(StrEnum):
    """How a value comes from series."""

    RATIO = "ratio"
    """Sum over sum, both over the whole window."""
    STOCK = "stock"
    """One sum at month end."""
    MEAN_OF_STOCKS = "mean_of_stocks"
    """Sum over the window, over the mean of the first start and the last end."""
    MEDIAN = "median"
    """Computed per scope from spells, never added."""


class FactSource(StrEnum):
    """Which facts an indicator needs, and with that for which scopes it exists."""

    MEASURES = "measures"
    """measures.csv and waiting.csv: institution, regions, municipalities."""
    SAFE_HOME = "safe_home"
    """veilig_thuis.csv: institution, and the regions and municipalities of that task."""
    STAFFING = "staffing"
    """Staffing versions: institution and regions."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One indicator."""

    code: str
    label: str
    question: str
    unit: Unit
    direction: Direction
    shape: Shape
    source: FactSource
    numerator: tuple[str, ...]
    """Series, or staffing quantities, that are added."""
    denominator: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    """Series that are taken off the numerator: a part of it that does not count."""
    known_of: str = ""
    """Series out of which the denominator counts those that were filled in: where it counts some
    and none of them is filled in, the figure is not known."""
    clock: str = ""
    """What the term is and when it starts, where there is one."""
    law: str = ""
    """Article that sets the term or gives the definition."""
    window_months: int = 1
    """Over how many months, up to and including the month itself."""
    workers_only: bool = False
    """Staffing quantities of the two worker roles alone."""
    aside: str = ""
    """Series shown as a number beside the figure: measures that have no clock."""
    counted: str = ""
    """In words exactly what is counted, by the delivery's contract."""
    out_of: str = ""
    """And out of what; a stock has one sum and no such words."""
    why: str = ""
    """Why it is measured, in one sentence."""
    theme: str = ""
    """Code of the theme under which bodies and own figures are laid side by side; may be empty."""
    may_exceed_whole: bool = False
    """A percentage that may be over a hundred: its numerator is no part of its denominator."""
    approximate: bool = False
    """Months before the reference month are approximate: only the last act is delivered."""

    @property
    def is_split(self) -> bool:
        """Whether it exists for each kind of measure too."""
        return self.source is FactSource.MEASURES
