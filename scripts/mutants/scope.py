"""Which files are changed, and in which of them no change may survive."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent

STRICT: Final[dict[str, tuple[str, ...]]] = {
    "embargo and gates": (
        "audits/permissions.py",
        "audits/documents/views/gates.py",
        "audits/selectors/visibility.py",
        "audits/plans/permissions.py",
        "audits/rules/known.py",
        "jbn_oversight/access.py",
        "jbn_oversight/acts/selectors.py",
        "jbn_oversight/accounts/actor.py",
        "jbn_oversight/accounts/managing/policies.py",
        "jbn_oversight/accounts/rights.py",
        "jbn_oversight/embargo.py",
        "jbn_oversight/organisations/selectors/scope.py",
        "jbn_oversight/organisations/rules.py",
        "jbn_oversight/signed_out.py",
        "reports/briefings/decisions/policies.py",
        "reports/briefings/signing/selectors/going_out.py",
        "reports/briefings/signing/selectors/shown.py",
        "reports/briefings/gate/permissions.py",
        "reports/briefings/gate/policies.py",
        "reports/briefings/gate/views/fetching.py",
        "reports/figure_pages/permissions.py",
        "reports/figure_pages/selectors/visibility.py",
        "reports/briefings/models/briefings.py",
        "reports/briefings/models/secrecy.py",
        "reports/briefings/notices/notice_kinds.py",
    ),
    "clocks": (
        "certification/imprecise_days.py",
        "jbn_oversight/clock.py",
        "jbn_oversight/clock_check/*.py",
        "jbn_oversight/jobs/rules.py",
        "jbn_oversight/statutory_days/selectors.py",
        "jbn_oversight/working_days.py",
    ),
    "counting": (
        "cases/counting/rules/columns.py",
        "cases/counting/rules/incidence.py",
        "cases/counting/rules/observations.py",
        "cases/deliveries/actions/holding.py",
        "cases/deliveries/rules.py",
        "cases/staffing/rules.py",
        "cases/counting/rules/waiting_times.py",
        "certification/compliance/actions/computing.py",
        "certification/control_charts/rules/limits.py",
        "certification/compliance/rules/counting.py",
        "certification/compliance/selectors.py",
        "certification/compliance/rules/judging.py",
        "certification/indicators/rules/*.py",
        "certification/control_charts/actions.py",
        "certification/compliance/rules/scoring.py",
        "certification/control_charts/rules/special_causes.py",
        "certification/compliance/rules/staffing.py",
        "reports/figures/selectors/waiting.py",
    ),
    "disclosure": (
        "cases/disclosure/*.py",
        "reports/figures/rules/disclosure.py",
        "reports/figures/rules/figures.py",
        "reports/figures/rules/protection.py",
        "reports/figures/selectors/release.py",
        "reports/figures/rules/tables.py",
        "reports/figures/selectors/figures.py",
        "reports/documents/exports.py",
        "reports/figures/actions/protections.py",
        "reports/figures/actions/releases.py",
        "reports/figures/selectors/staff.py",
    ),
}
"""Where one change that no test notices is one too many."""

ELSEWHERE: Final = (
    "audits/frameworks/rules.py",
    "audits/audits_held/rules/findings.py",
    "audits/imports/problems.py",
    "audits/certificates/rules/states.py",
    "audits/certificates/rules/terms.py",
    "audits/comparison/rules/disagreement.py",
    "audits/letters/rules.py",
    "audits/plans/rules.py",
    "audits/rules/registers.py",
    "cases/deliveries/selectors.py",
    "cases/deliveries/imports/*.py",
    "cases/continuity/rules/*.py",
    "cases/counting/rules/months.py",
    "cases/forecasting/rules/*.py",
    "cases/returns/rules.py",
    "certification/agreements/rules.py",
    "certification/deliveries/selectors.py",
    "certification/deliveries/spool.py",
    "jbn_oversight/calculations/*.py",
    "jbn_oversight/notices/rules.py",
    "jbn_oversight/versioned_rows.py",
    "jbn_oversight/files/scan/*.py",
    "jbn_oversight/jobs/actions/*.py",
    "jbn_oversight/log_lines.py",
    "jbn_oversight/mail/*.py",
    "jbn_oversight/personal_numbers.py",
    "reports/briefings/signing/selectors/checklist.py",
    "reports/briefings/document/rules/differences.py",
    "reports/briefings/signing/selectors/planning_checks.py",
    "reports/documents/rules.py",
    "reports/figure_pages/rules/movement.py",
    "reports/documents/markdown.py",
)
"""Pure modules and readers of files; here one in twenty may survive."""
MOST_ELSEWHERE: Final = 0.05

NO_CLASS_LEVEL: Final = ("/models/", "/models.py")
"""Fields and constraints of models: what stands there the database holds, made by migrations."""


def files() -> dict[str, str]:
    """File -> its group; a group of ``STRICT`` or ``elsewhere``."""
    found = {}
    for group, patterns in {**STRICT, "elsewhere": ELSEWHERE}.items():
        for pattern in patterns:
            paths = sorted(ROOT.glob(pattern))
            if not paths:
                raise SystemExit(f"scripts/mutants/scope.py names no file: {pattern}")
            for path in paths:
                if path.read_text().strip():
                    found.setdefault(str(path.relative_to(ROOT)), group)
    return found
