"""Which files are changed, and in which of them no change may survive."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent

STRICT: Final[dict[str, tuple[str, ...]]] = {
    "embargo and gates": (
        "audits/access.py",
        "audits/documents/gates.py",
        "audits/documents/sight.py",
        "audits/plans/access.py",
        "audits/policies.py",
        "jbn_oversight/access.py",
        "jbn_oversight/accounts/actor.py",
        "jbn_oversight/accounts/managing/rules.py",
        "jbn_oversight/accounts/rights.py",
        "jbn_oversight/embargo.py",
        "jbn_oversight/organisations/scope.py",
        "jbn_oversight/organisations/scope_types.py",
        "jbn_oversight/signed_out.py",
        "reports/briefings/act_rules.py",
        "reports/briefings/going_out.py",
        "reports/briefings/permissions.py",
        "reports/briefings/policies.py",
        "reports/briefings/views/gates.py",
        "reports/figure_pages/access.py",
        "reports/figure_pages/sight.py",
        "reports/models/gates.py",
        "reports/models/secrecy.py",
    ),
    "clocks": (
        "certification/imprecise_days.py",
        "jbn_oversight/clock.py",
        "jbn_oversight/clock_check/*.py",
        "jbn_oversight/statutory_days/calendar.py",
        "jbn_oversight/working_days.py",
    ),
    "counting": (
        "cases/columns.py",
        "cases/observations.py",
        "cases/staffing_table.py",
        "cases/waiting_times.py",
        "certification/compliance.py",
        "certification/control_charts.py",
        "certification/counting.py",
        "certification/inputs.py",
        "certification/judging.py",
        "certification/kpis.py",
        "certification/phases.py",
        "certification/scoring.py",
        "certification/special_causes.py",
        "certification/staffing_figures.py",
        "reports/waiting_flow.py",
    ),
    "disclosure": (
        "cases/disclosure/*.py",
        "reports/disclosure.py",
        "reports/figure_protection.py",
        "reports/figure_release.py",
        "reports/figure_tables.py",
        "reports/figures.py",
        "reports/figures_csv.py",
        "reports/protections.py",
        "reports/releases.py",
        "reports/staff_figures.py",
    ),
}
"""Where one change that no test notices is one too many."""

ELSEWHERE: Final = (
    "audits/audits_held/framework_rows.py",
    "audits/audits_held/states.py",
    "audits/audits_held/wrong_rows.py",
    "audits/certificates/states.py",
    "audits/certificates/terms.py",
    "audits/comparison/rule.py",
    "audits/letters.py",
    "audits/plans/states.py",
    "audits/registers.py",
    "cases/comparing.py",
    "cases/delivery/*.py",
    "cases/months.py",
    "cases/typed_staffing.py",
    "certification/deliveries/calendar.py",
    "certification/deliveries/spool.py",
    "jbn_oversight/changed_cells.py",
    "jbn_oversight/files/scan/*.py",
    "jbn_oversight/heartbeat.py",
    "jbn_oversight/log_lines.py",
    "jbn_oversight/mail/*.py",
    "jbn_oversight/personal_numbers.py",
    "reports/briefings/checklist.py",
    "reports/briefings/differences.py",
    "reports/briefings/planning_checks.py",
    "reports/documents.py",
    "reports/figure_pages/movement.py",
    "reports/markdown.py",
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
