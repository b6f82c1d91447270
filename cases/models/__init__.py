"""The facts: what was delivered, what was typed, and what was counted from it."""

from cases.models.deliveries import Delivery, DeliveryMonth
from cases.models.durations import Duration
from cases.models.facts import Measure, SafeHomeNotification, WaitingSpell
from cases.models.holds import DeliveryHold, HoldDecision
from cases.models.intakes import Intake, IntakeState, IntakeStep
from cases.models.observations import Observation
from cases.models.returns import ReturnState, StaffingReturn
from cases.models.staffing import StaffingMonth, StaffingSource, StaffingVersion

__all__ = [
    "Delivery",
    "DeliveryHold",
    "DeliveryMonth",
    "Duration",
    "HoldDecision",
    "Intake",
    "IntakeState",
    "IntakeStep",
    "Measure",
    "Observation",
    "ReturnState",
    "SafeHomeNotification",
    "StaffingMonth",
    "StaffingReturn",
    "StaffingSource",
    "StaffingVersion",
    "WaitingSpell",
]
