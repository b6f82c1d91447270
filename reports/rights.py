"""What each role may do on this floor."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.accounts.rights import Right

SEE_OVERVIEW: Final = "reports.see_overview"
SEE_FIGURES: Final = "reports.see_figures"
SEE_EXACT_FIGURES: Final = "reports.see_exact_figures"
EXPORT_BRIEFINGS: Final = "reports.export_briefings"
SEE_LOGS: Final = "reports.see_logs"
SEE_OWN_INSTITUTION: Final = "reports.see_own_institution"

_WITH_FIGURES: Final = frozenset(
    {Role.ALDERMAN, Role.POLICY_ADVISER, Role.CONTRACT_MANAGER, Role.INSTITUTION}
)

RIGHTS: Final = (
    Right(
        SEE_OVERVIEW,
        _("see the overview of your institution"),
        _WITH_FIGURES,
    ),
    Right(
        SEE_FIGURES,
        _("see the figures of the institution and its regions, without small numbers"),
        _WITH_FIGURES,
    ),
    Right(
        SEE_EXACT_FIGURES,
        _("see the exact figures of your own region or municipality"),
        frozenset({Role.CONTRACT_MANAGER}),
    ),
    Right(
        SEE_OWN_INSTITUTION,
        _("see all exact figures of your own institution"),
        frozenset({Role.INSTITUTION}),
    ),
    Right(
        "reports.see_briefings",
        _("read briefings that are meant for you, from their hour on"),
        frozenset({Role.COUNCIL_MEMBER, Role.ALDERMAN, Role.POLICY_ADVISER, Role.CLERK}),
    ),
    Right(
        "reports.make_briefings",
        _("work on briefings in which you are named as a maker"),
        frozenset({Role.ALDERMAN, Role.POLICY_ADVISER}),
    ),
    Right(
        "reports.draft_briefings",
        _("start a briefing, write it and name its makers and early readers"),
        frozenset({Role.POLICY_ADVISER}),
    ),
    Right(
        "reports.approve_briefings",
        _("approve a briefing that others wrote"),
        frozenset({Role.ALDERMAN}),
    ),
    Right(
        "reports.publish_briefings",
        _("publish a briefing that others wrote and approved"),
        frozenset({Role.POLICY_ADVISER}),
    ),
    Right(
        "reports.see_council_readings",
        _("see which early readers of your own council opened and downloaded what"),
        frozenset({Role.CLERK}),
    ),
    Right(
        EXPORT_BRIEFINGS,
        _("download what is published as a record for the archive"),
        frozenset({Role.PRIVACY_OFFICER}),
    ),
    Right(
        SEE_LOGS,
        _("see who opened and downloaded which briefing, without its contents"),
        frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR}),
    ),
)
