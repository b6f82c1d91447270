"""The files of a delivery and their columns: the one place where the format is written down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from cases.counting.rules.columns import ENTRIES, EXIT_REASONS, LISTS
from cases.staffing.rules import ROLES

KEY_LENGTH: Final = 64
"""Longest key, in characters."""
BEFORE_POINT: Final = 9
AFTER_POINT: Final = 18
"""Most digits of a number before and after its point."""
FIRST_YEAR: Final = 1990
"""Dates before this year are refused."""

MEASURES: Final = "measures.csv"
WAITING: Final = "waiting.csv"
STAFFING: Final = "staffing.csv"
SAFE_HOME: Final = "veilig_thuis.csv"
OPTIONAL_FILES: Final = frozenset({SAFE_HOME})

MEASURE_CODES: Final = ("11", "12", "21", "22", "23", "41", "42", "50", "51", "61", "62", "63")
TRANSFERRED: Final = "transferred"
_SUPERVISION_ENDS: Final = ("01", "02", "03", "04", "05", "06")
_GUARDIANSHIP_ENDS: Final = ("11", "12", "13", "14", "15")
_PROBATION_ENDS: Final = ("21", "22", "23", "24", "25", "26")
END_REASONS: Final = (*_SUPERVISION_ENDS, *_GUARDIANSHIP_ENDS, *_PROBATION_ENDS, TRANSFERRED)


def end_reasons_of(measure: str) -> tuple[str, ...]:
    """The reasons for which a measure with this CBS code can end."""
    match measure[0]:
        case "1":
            return (*_SUPERVISION_ENDS, TRANSFERRED)
        case "2":
            return (*_GUARDIANSHIP_ENDS, TRANSFERRED)
        case _:
            return (*_PROBATION_ENDS, TRANSFERRED)


class Kind(Enum):
    """What a column holds."""

    KEY = "key"
    CODE = "code"
    MUNICIPALITY = "municipality"
    SAFE_HOME_MUNICIPALITY = "safe_home_municipality"
    REGION = "region"
    DATE = "date"
    DATE_AHEAD = "date_ahead"
    MONTH = "month"
    NUMBER = "number"
    WHOLE = "whole"


DATES: Final = frozenset({Kind.DATE, Kind.DATE_AHEAD})
NUMBERS: Final = frozenset({Kind.NUMBER, Kind.WHOLE})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, what it holds and whether each row must have it."""

    name: str
    kind: Kind
    required: bool = False
    codes: tuple[str, ...] = ()


def _key(name: str) -> Column:
    return Column(name, Kind.KEY, required=True)


def _code(name: str, codes: tuple[str, ...], *, required: bool = False) -> Column:
    return Column(name, Kind.CODE, required, codes)


def _dates(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.DATE) for name in names)


FILES: Final[dict[str, tuple[Column, ...]]] = {
    MEASURES: (
        _key("case_key"),
        _key("youth_key"),
        Column("municipality", Kind.MUNICIPALITY, required=True),
        _code("measure", MEASURE_CODES, required=True),
        _code("entry", ENTRIES, required=True),
        Column("ordered_on", Kind.DATE, required=True),
        *_dates(
            "notified_on",
            "worker_assigned_on",
            "first_contact_on",
            "family_plan_waived_on",
            "family_plan_made_on",
            "plan_adopted_on",
            "plan_reviewed_on",
            "suitable_help_started_on",
            "ended_on",
        ),
        _code("end_reason", END_REASONS),
    ),
    WAITING: (
        _key("case_key"),
        _code("list", LISTS, required=True),
        Column("entered_on", Kind.DATE, required=True),
        *_dates("left_on"),
        _code("exit_reason", EXIT_REASONS),
        *_dates("safety_checked_on"),
        Column("next_check_due_on", Kind.DATE_AHEAD),
    ),
    STAFFING: (
        Column("period", Kind.MONTH, required=True),
        Column("region", Kind.REGION, required=True),
        _code("role", ROLES, required=True),
        Column("establishment_fte", Kind.NUMBER),
        Column("filled_fte", Kind.NUMBER),
        Column("supernumerary_fte", Kind.NUMBER),
        Column("hired_fte", Kind.NUMBER),
        Column("vacancy_fte", Kind.NUMBER),
        Column("sick_days", Kind.NUMBER),
        Column("available_days", Kind.NUMBER),
        Column("headcount_start", Kind.WHOLE),
        Column("headcount_end", Kind.WHOLE),
        Column("joiners", Kind.WHOLE),
        Column("leavers", Kind.WHOLE),
    ),
    SAFE_HOME: (
        _key("notification_key"),
        Column("municipality", Kind.SAFE_HOME_MUNICIPALITY, required=True),
        Column("received_on", Kind.DATE, required=True),
        *_dates("triaged_on", "study_needed_on", "study_concluded_on"),
    ),
}
"""Each file's columns, in the order of the format."""


def columns_of(file: str) -> dict[str, Column]:
    """The columns of a file by name."""
    return {column.name: column for column in FILES[file]}
