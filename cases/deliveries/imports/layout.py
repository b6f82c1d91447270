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


class ColumnKind(Enum):
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


DATES: Final = frozenset({ColumnKind.DATE, ColumnKind.DATE_AHEAD})
NUMBERS: Final = frozenset({ColumnKind.NUMBER, ColumnKind.WHOLE})


@dataclass(frozen=True, slots=True)
class DeliveryColumn:
    """One column: its header, what it holds and whether each row must have it."""

    name: str
    kind: ColumnKind
    required: bool = False
    codes: tuple[str, ...] = ()
    optional: bool = False
    """Whether the column may be left out, which says the same as leaving it empty."""


def _key(name: str) -> DeliveryColumn:
    return DeliveryColumn(name, ColumnKind.KEY, required=True)


def _code(name: str, codes: tuple[str, ...], *, required: bool = False) -> DeliveryColumn:
    return DeliveryColumn(name, ColumnKind.CODE, required, codes)


def _dates(*names: str) -> tuple[DeliveryColumn, ...]:
    return tuple(DeliveryColumn(name, ColumnKind.DATE) for name in names)


FILES: Final[dict[str, tuple[DeliveryColumn, ...]]] = {
    MEASURES: (
        _key("case_key"),
        _key("youth_key"),
        DeliveryColumn("municipality", ColumnKind.MUNICIPALITY, required=True),
        _code("measure", MEASURE_CODES, required=True),
        _code("entry", ENTRIES, required=True),
        DeliveryColumn("ordered_on", ColumnKind.DATE, required=True),
        *_dates(
            "notified_on",
            "worker_assigned_on",
            "first_contact_on",
            "family_plan_waived_on",
            "family_plan_made_on",
            "plan_adopted_on",
            "plan_reviewed_on",
            "suitable_help_started_on",
        ),
        DeliveryColumn("order_ends_on", ColumnKind.DATE_AHEAD, optional=True),
        DeliveryColumn("workers_so_far", ColumnKind.WHOLE, optional=True),
        *_dates("ended_on"),
        _code("end_reason", END_REASONS),
    ),
    WAITING: (
        _key("case_key"),
        _code("list", LISTS, required=True),
        DeliveryColumn("entered_on", ColumnKind.DATE, required=True),
        *_dates("left_on"),
        _code("exit_reason", EXIT_REASONS),
        *_dates("safety_checked_on"),
        DeliveryColumn("next_check_due_on", ColumnKind.DATE_AHEAD),
    ),
    STAFFING: (
        DeliveryColumn("period", ColumnKind.MONTH, required=True),
        DeliveryColumn("region", ColumnKind.REGION, required=True),
        _code("role", ROLES, required=True),
        DeliveryColumn("establishment_fte", ColumnKind.NUMBER),
        DeliveryColumn("filled_fte", ColumnKind.NUMBER),
        DeliveryColumn("supernumerary_fte", ColumnKind.NUMBER),
        DeliveryColumn("hired_fte", ColumnKind.NUMBER),
        DeliveryColumn("vacancy_fte", ColumnKind.NUMBER),
        DeliveryColumn("sick_days", ColumnKind.NUMBER),
        DeliveryColumn("available_days", ColumnKind.NUMBER),
        DeliveryColumn("headcount_start", ColumnKind.WHOLE),
        DeliveryColumn("headcount_end", ColumnKind.WHOLE),
        DeliveryColumn("joiners", ColumnKind.WHOLE),
        DeliveryColumn("leavers", ColumnKind.WHOLE),
        DeliveryColumn("internal_leavers", ColumnKind.WHOLE, optional=True),
    ),
    SAFE_HOME: (
        _key("notification_key"),
        DeliveryColumn("municipality", ColumnKind.SAFE_HOME_MUNICIPALITY, required=True),
        DeliveryColumn("received_on", ColumnKind.DATE, required=True),
        *_dates("triaged_on", "study_needed_on", "study_concluded_on"),
    ),
}
"""Each file's columns, in the order of the format."""


def columns_of(file: str) -> dict[str, DeliveryColumn]:
    """The columns of a file by name."""
    return {column.name: column for column in FILES[file]}
