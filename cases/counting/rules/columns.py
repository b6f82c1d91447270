"""An institution's delivered facts as columns, the one shape that counting reads.

Pure: NumPy arrays only, no database, no clock. Days are ``datetime64[D]`` and a day that is
not known is ``NaT``. The rows of the measures stand in code-point order of their case key,
so the row number *is* the key's rank and other tables refer to a measure by it; the keys
themselves, which are personal data, are not needed to count and are not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

type_days = np.dtype("datetime64[D]")
Days = NDArray[np.datetime64]
Ints = NDArray[np.int32]
SmallInts = NDArray[np.int16]
Codes = NDArray[np.int8]

ENTRIES: Final = ("new", "extension", "transfer_in")
LISTS: Final = ("wachtlijst", "doorstroomlijst")
EXIT_REASONS: Final = ("helped", "withdrawn", "list_cleaned", "transferred")
UNKNOWN: Final = -1
"""The code of a reason, and of a number, that was not given."""


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """Court measures, one row each, in code-point order of the case key."""

    youth: Ints
    """Which youth: rows of one youth share a number, which means nothing else."""
    municipality: SmallInts
    """Position in ``OversightScope.municipalities``."""
    measure: SmallInts
    """CBS measure code: 11, 12, 21, ..."""
    entry: Codes
    """Position in ``ENTRIES``."""
    ordered_on: Days
    notified_on: Days
    worker_assigned_on: Days
    first_contact_on: Days
    family_plan_waived_on: Days
    family_plan_made_on: Days
    plan_adopted_on: Days
    plan_reviewed_on: Days
    suitable_help_started_on: Days
    ended_on: Days
    order_ends_on: Days
    """The day the present court order runs out; may lie after the reference date."""
    workers_so_far: Ints
    """How many permanent workers the measure has had, or ``UNKNOWN``."""


@dataclass(frozen=True, slots=True)
class WaitingColumns:
    """Spells without a permanent worker, in any order."""

    measure_row: Ints
    """Row of the measure in ``MeasureColumns``."""
    list: Codes
    """Position in ``LISTS``."""
    exit_reason: Codes
    """Position in ``EXIT_REASONS``, or ``UNKNOWN``."""
    entered_on: Days
    left_on: Days
    safety_checked_on: Days
    next_check_due_on: Days


@dataclass(frozen=True, slots=True)
class SafeHomeColumns:
    """Notifications at Veilig Thuis, in any order."""

    municipality: SmallInts
    received_on: Days
    triaged_on: Days
    study_needed_on: Days
    study_concluded_on: Days


@dataclass(frozen=True, slots=True)
class Facts:
    """One delivery's rows; ``safe_home`` is None where that file was not delivered."""

    reference_on: np.datetime64
    """Last day of the delivery's period; nothing after it is known."""
    measures: MeasureColumns
    waiting: WaitingColumns
    safe_home: SafeHomeColumns | None
