"""How recording about certificates is refused: a sentence that says what to change."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.refusals import NO_SOURCE, SPAN, Meanings, told_in_words

BY_CONSTRAINT: Final[Meanings] = MappingProxyType(
    {
        "certificate_one_at_a_time": (
            "starts",
            _(
                "In these days another certificate of this institution holds. Change the first "
                "or the last day. Did the other one end early, then change its last day and "
                "leave out its term."
            ),
        ),
        "certificate_decided_once": (
            "decided",
            _(
                "This decision is recorded already: the same body, kind and day. Change that one, "
                "or change the day or the kind here."
            ),
        ),
        "certificate_starts_before_it_ends": (
            "ends",
            _("The last day lies before the first. Change one of the two."),
        ),
        "certificate_applied_before_decided": (
            "applied",
            _("The decision lies before the application. Change one of the two days."),
        ),
        "certificate_status_of_a_request": (
            "status",
            _(
                "A certificate is requested, granted or refused here. What was decided later is "
                "recorded as a later decision."
            ),
        ),
        "certificate_applied": ("applied", SPAN),
        "certificate_decided": ("decided", SPAN),
        "certificate_starts": ("starts", SPAN),
        "certificate_ends": ("ends", SPAN),
        "certificate_application_has_a_source": ("applied", NO_SOURCE),
        "certificate_days_have_a_source": ("ends", NO_SOURCE),
        "condition_once": (
            "text",
            _("This condition is recorded already. Change that one, or word this one differently."),
        ),
        "condition_due": ("due", SPAN),
        "condition_met": ("met", SPAN),
        "condition_met_has_a_source": (
            "met",
            _("Say which source tells that the condition is met, or leave the day out."),
        ),
        "weighing_point_once": (
            "shortcoming",
            _("This shortcoming is recorded already. Change that point, or word this differently."),
        ),
        "weighing_point_has_a_reason": (
            "rationale",
            _("Say why the certificate was granted all the same. That is what is weighed."),
        ),
        "certificate_decision_once": (
            "decided",
            _("This decision is recorded already: the same kind on the same day. Change that one."),
        ),
        "certificate_decision_decided": ("decided", SPAN),
        "certificate_decision_effective": ("effective", SPAN),
        "certificate_decision_dates": (
            "effective",
            _("A decision cannot work before it is taken. Change one of the two days."),
        ),
        "certificate_decision_days_have_a_source": ("effective", NO_SOURCE),
    }
)
"""What each constraint of the database means: the field, and the sentence."""


def refused_in_words() -> AbstractContextManager[None]:
    """A transaction whose broken constraint is told as a RefusedError with its sentence."""
    return told_in_words(BY_CONSTRAINT)
