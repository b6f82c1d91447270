"""The first sentences of these pages, written by rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.plans.rules import ActionState
from audits.plans.selectors.plan_actions import ActionLine, ActionView, FoundView


def actions_sentence(actions: Sequence[ActionView]) -> str:
    """How many actions are done, run and are overdue; never a bare number."""
    if not actions:
        return _("No actions are recorded yet.")
    total = len(actions)
    counts = Counter(action.state for action in actions)
    late = sum(action.overdue for action in actions)
    parts = [
        words % {"n": number}
        for number, words in (
            (counts[ActionState.DONE], _("%(n)s done")),
            (counts[ActionState.RUNNING], _("%(n)s running")),
            (counts[ActionState.PLANNED], _("%(n)s not started")),
            (counts[ActionState.DROPPED], _("%(n)s dropped")),
        )
        if number
    ]
    sentence = ngettext(
        "There is %(total)s action: %(parts)s.", "There are %(total)s actions: %(parts)s.", total
    ) % {"total": total, "parts": ", ".join(parts)}
    if not late:
        return sentence + " " + _("None is overdue.")
    return (
        sentence
        + " "
        + ngettext("%(late)s is overdue.", "%(late)s are overdue.", late) % {"late": late}
    )


def without_action(found: Sequence[FoundView], lines: Sequence[ActionLine]) -> str:
    """How many open findings nobody does anything about; empty where none."""
    acted = {line.found.row.pk for line in lines if line.found and line.action}
    bare = sum(one.is_open and one.row.pk not in acted for one in found)
    if not bare:
        return ""
    return ngettext(
        "%(n)s open finding has no action yet.", "%(n)s open findings have no action yet.", bare
    ) % {"n": bare}


def late_sentence(count: int, own: int) -> str:
    """How many actions are overdue, the reader's own first; empty where none is."""
    if not count:
        return ""
    others = count - own
    if not own:
        return ngettext("%(n)s action is overdue.", "%(n)s actions are overdue.", others) % {
            "n": others
        }
    mine = ngettext(
        "%(n)s action of yours is overdue.", "%(n)s actions of yours are overdue.", own
    ) % {"n": own}
    if not others:
        return mine
    return (
        mine
        + " "
        + ngettext(
            "%(n)s action of somebody else is overdue.",
            "%(n)s actions of others are overdue.",
            others,
        )
        % {"n": others}
    )


def action_sentence(view: ActionView) -> str:
    """How one action stands, for its page."""
    row = view.row
    if view.state is ActionState.DONE:
        return _("This action is done.")
    if view.state is ActionState.DROPPED:
        return _("This action was dropped: %(reason)s") % {"reason": row.dropped_reason}
    if view.overdue:
        return ngettext(
            "This action is %(days)s day overdue. It is at %(progress)s per cent.",
            "This action is %(days)s days overdue. It is at %(progress)s per cent.",
            view.days_late,
        ) % {"days": view.days_late, "progress": row.progress}
    if view.state is ActionState.PLANNED:
        return _("This action has not started yet.")
    return _("This action runs and is at %(progress)s per cent.") % {"progress": row.progress}
