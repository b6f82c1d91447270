"""The pages about facts beside each other: deliveries, typed staffing, runs."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.deliveries.rights import SEE_DELIVERIES, SEE_STAFFING
from jbn_oversight.accounts.actor import Actor

_SECTIONS: Final[tuple[tuple[str | Promise, str, str], ...]] = (
    (_("Deliveries"), "certification:deliveries", SEE_DELIVERIES),
    (_("Staffing"), "certification:staffing", SEE_STAFFING),
    (_("Computed figures"), "certification:runs", "certification.see_runs"),
)


def sections(actor: Actor, current: str) -> list[tuple[str, str, bool]]:
    """Those that the person may see: word, address, is it the current one."""
    return [
        (str(word), reverse(url_name), url_name == current)
        for word, url_name, right in _SECTIONS
        if actor.may(right)
    ]
