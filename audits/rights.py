"""What each role may do on this floor."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.accounts.rights import Right

SEE_TIMELINE: Final = "audits.see_timeline"
RECORD: Final = "audits.record"
ACT: Final = "audits.act"
EXPLAIN: Final = "audits.explain"

RIGHTS: Final = (
    Right(
        SEE_TIMELINE,
        _("see the certificate, the audits, the inspections and the time line"),
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
        RECORD,
        _("record what the certifying body and the inspectorates decided and found"),
        frozenset({Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}),
    ),
    Right(
        ACT,
        _("keep up the progress, the evidence and the causes of actions"),
        frozenset({Role.POLICY_ADVISER, Role.CONTRACT_MANAGER, Role.INSTITUTION}),
    ),
    Right(
        EXPLAIN,
        _("explain where parties disagree, and decide which source to follow"),
        frozenset({Role.POLICY_ADVISER}),
    ),
)
