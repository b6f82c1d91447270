"""Disclosure control: what of a release of counts must be hidden, and proof that it is. Pure.

``protect`` takes all tables of a release with the sums that link them and says which lines are
printed, which numbers, and what an attacker is left with for each hidden cell.
"""

from cases.disclosure.protecting import protect
from cases.disclosure.table import (
    CHEAP,
    Cell,
    Key,
    Line,
    Number,
    Protected,
    Range,
    Relation,
    Settings,
    SuppressionReason,
)

__all__ = [
    "CHEAP",
    "Cell",
    "Key",
    "Line",
    "Number",
    "Protected",
    "Range",
    "Relation",
    "Settings",
    "SuppressionReason",
    "protect",
]
