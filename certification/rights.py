"""What each role may do on this floor."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from certification.deliveries import rights as deliveries
from jbn_oversight.accounts.models import Role
from jbn_oversight.accounts.rights import Right

SEE_RUNS: Final = "certification.see_runs"
REQUEST_RUNS: Final = "certification.request_runs"
SET_CHART_PHASES: Final = "certification.set_chart_phases"

RIGHTS: tuple[Right, ...] = (
    *deliveries.RIGHTS,
    Right(
        SEE_RUNS,
        _("see when figures were computed, and from what"),
        frozenset({Role.CONTRACT_MANAGER, Role.INSTITUTION, Role.ADMINISTRATOR}),
    ),
    Right(
        REQUEST_RUNS,
        _("have figures computed again"),
        roles=frozenset({Role.ADMINISTRATOR}),
        region_roles=frozenset({Role.CONTRACT_MANAGER}),
    ),
    Right(
        SET_CHART_PHASES,
        _("say from which month on the limits of a chart are reckoned anew, and why"),
        region_roles=frozenset({Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}),
    ),
)
