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
SEE_DOCUMENTS: Final = "certification.see_documents"
KEEP_DOCUMENTS: Final = "certification.keep_documents"
SEE_DOCUMENT_LOG: Final = "certification.see_document_log"

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
    Right(
        SEE_DOCUMENTS,
        _("see the register of documents about the institution"),
        frozenset(
            {
                Role.ALDERMAN,
                Role.POLICY_ADVISER,
                Role.CONTRACT_MANAGER,
                Role.INSTITUTION,
                Role.AUDITOR,
                Role.PRIVACY_OFFICER,
            }
        ),
    ),
    Right(
        KEEP_DOCUMENTS,
        _("add documents, release and withdraw them, and quote from them"),
        frozenset({Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}),
    ),
    Right(
        SEE_DOCUMENT_LOG,
        _("see who downloaded which document"),
        frozenset(
            {
                Role.POLICY_ADVISER,
                Role.CONTRACT_MANAGER,
                Role.AUDITOR,
                Role.PRIVACY_OFFICER,
            }
        ),
    ),
)
