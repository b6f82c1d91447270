"""What each role may do with deliveries and typed staffing."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.accounts.rights import Right

SEE_DELIVERIES: Final = "certification.see_deliveries"
DELIVER: Final = "certification.deliver"
SEE_STAFFING: Final = "certification.see_staffing"
TYPE_STAFFING: Final = "certification.type_staffing"

RIGHTS: tuple[Right, ...] = (
    Right(
        SEE_DELIVERIES,
        _("see which months were delivered, and what was refused"),
        frozenset({Role.CONTRACT_MANAGER, Role.INSTITUTION}),
    ),
    Right(
        DELIVER,
        _("hand over a delivery"),
        roles=frozenset({Role.INSTITUTION}),
        region_roles=frozenset({Role.CONTRACT_MANAGER}),
    ),
    Right(
        SEE_STAFFING,
        _("see typed staffing figures of the region and how far they are"),
        roles=frozenset({Role.INSTITUTION}),
        region_roles=frozenset({Role.CONTRACT_MANAGER}),
    ),
    Right(
        TYPE_STAFFING,
        _("type staffing figures of the region, and approve what a colleague typed"),
        region_roles=frozenset({Role.CONTRACT_MANAGER}),
    ),
)
