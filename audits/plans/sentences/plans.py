"""The first sentences of the pages about plans, studies and recommendations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.models.studies import RecommendationAnswer
from audits.plans.selectors.plans import PlanView, RecommendationView, StudyView


def plans_sentence(plans: Sequence[PlanView]) -> str:
    """The latest plan and how far its actions are."""
    if not plans:
        return _("No plan is recorded yet.")
    latest = plans[-1]
    whole = latest.whole
    total = len(whole.counted)
    names: dict[str, object] = {"plan": latest.row.title, "done": whole.done, "total": total}
    if not total:
        return _("The latest plan is: %(plan)s. No actions of it are recorded yet.") % names
    return (
        ngettext(
            "The latest plan is: %(plan)s. Of its %(total)s action %(done)s is done.",
            "The latest plan is: %(plan)s. Of its %(total)s actions %(done)s are done.",
            total,
        )
        % names
    )


def recommendations_sentence(advice: Sequence[RecommendationView]) -> str:
    """What was decided about how many recommendations; empty without any."""
    if not advice:
        return ""
    counts = Counter(view.row.answer for view in advice)
    parts = [
        words % {"n": counts[answer]}
        for answer, words in (
            (RecommendationAnswer.ADOPTED, _("%(n)s adopted")),
            (RecommendationAnswer.ADAPTED, _("%(n)s adapted")),
            (RecommendationAnswer.REJECTED, _("%(n)s rejected")),
            (RecommendationAnswer.OPEN, _("%(n)s not decided yet")),
        )
        if counts[answer]
    ]
    return ngettext(
        "There is %(total)s recommendation: %(parts)s.",
        "There are %(total)s recommendations: %(parts)s.",
        len(advice),
    ) % {"total": len(advice), "parts": ", ".join(parts)}


def studies_sentence(studies: Sequence[StudyView]) -> str:
    """How many studies there are, and whether sources agree on who ordered them."""
    if not studies:
        return _("No study is recorded yet.")
    total = ngettext(
        "%(n)s study by outsiders is recorded.",
        "%(n)s studies by outsiders are recorded.",
        len(studies),
    ) % {"n": len(studies)}
    clashing = sum(view.sources_disagree for view in studies)
    if not clashing:
        return total
    return (
        total
        + " "
        + ngettext(
            "Of %(n)s of them sources differ on who ordered it.",
            "Of %(n)s of them sources differ on who ordered them.",
            clashing,
        )
        % {"n": clashing}
    )
