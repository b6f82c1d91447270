"""The first sentence of the page, written by rules."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.side_by_side.selectors.page import ComparisonRow


def lead(rows: Sequence[ComparisonRow]) -> str:
    """On how many matters parties contradict each other, and how many still ask a reason."""
    contradicted = [row for row in rows if row.found is not None]
    if not contradicted:
        return _("As far as known, nobody contradicts anybody on these matters.")
    count = len(contradicted)
    parts = [
        ngettext(
            "On %(count)s matter the parties contradict each other.",
            "On %(count)s matters the parties contradict each other.",
            count,
        )
        % {"count": count}
    ]
    if rows[0].found is not None:
        parts.append(_("One of them is the institution as a whole."))
    asking = sum(row.asks_explanation for row in rows)
    if asking:
        parts.append(
            ngettext(
                "%(count)s asks for an explanation by an adviser.",
                "%(count)s ask for an explanation by an adviser.",
                asking,
            )
            % {"count": asking}
        )
    else:
        parts.append(_("Each of them is explained."))
    return " ".join(parts)


def waiting_sentence(count: int) -> str:
    """How many disagreements wait for an adviser's explanation; empty where none does."""
    if not count:
        return ""
    return ngettext(
        "%(count)s disagreement between supervisors asks for your explanation.",
        "%(count)s disagreements between supervisors ask for your explanation.",
        count,
    ) % {"count": count}
