"""Deliveries that wait for a decision, told to those who may take it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Intake, IntakeState
from certification.deliveries.rights import DELIVER
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.alerts import Alert


def alerts(request: HttpRequest) -> list[Alert]:
    """The deliveries that wait for this person. Nobody else hears of them."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not actor.may(DELIVER):
        return []
    waiting = Intake.objects.filter(
        state=IntakeState.HELD, institution__code__in=actor.places(DELIVER).institutions
    ).select_related("institution")
    return [
        Alert(
            kind="attention",
            title=_("A delivery waits for your decision"),
            text=_("%(institution)s: it would change much. Until then the figures stay.")
            % {"institution": row.institution.name},
            url=reverse("reports:held_delivery", args=[row.public_id]),
            link=_("Look at it"),
        )
        for row in waiting
    ]
