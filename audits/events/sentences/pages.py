"""The first sentence of the time line, written by rules."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.events.selectors import Clash, TimeLineEntry


def lead(lines: Sequence[TimeLineEntry], clashes: Sequence[Clash]) -> str:
    """How many matters stand here, and on how many sources still clash."""
    if not lines:
        return _("No event is known.")
    count = len(lines)
    parts = [
        ngettext("%(count)s matter stands here.", "%(count)s matters stand here.", count)
        % {"count": count}
    ]
    undecided = sum(not clash.is_decided for clash in clashes)
    if undecided:
        parts.append(
            ngettext(
                "On %(count)s matter sources clash and nobody decided yet.",
                "On %(count)s matters sources clash and nobody decided yet.",
                undecided,
            )
            % {"count": undecided}
        )
    elif clashes:
        parts.append(_("Wherever sources clash, somebody decided."))
    return " ".join(parts)
