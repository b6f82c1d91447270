"""The word of each state of an action, and its kind."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audits.plans.rules import ActionState

STATES: Final[dict[ActionState, tuple[Promise, str]]] = {
    ActionState.PLANNED: (_("not started"), "none"),
    ActionState.RUNNING: (_("running"), "info"),
    ActionState.DONE: (_("done"), "good"),
    ActionState.DROPPED: (_("dropped"), "none"),
}
"""The word of each state, and its kind."""
