"""A run's work: read the facts, count and judge them, write what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final

from django.db import transaction

from cases.counting.actions import record_durations, record_observations
from cases.counting.selectors import facts_for_months
from certification.compliance.rules.counting import Computed, RunInputs, compute
from certification.compliance.rules.scoring import JudgedFigure
from certification.compliance.selectors import MONTH, Inputs
from certification.models import ComplianceRun
from certification.models.runs import RunStep
from jbn_oversight.clock import utc_now
from jbn_oversight.versioned_rows import NULL, CellTable, Changed, write_changed

RESULTS: Final = CellTable(
    table="certification_kpiresult",
    keys=("kpi", "scope", "scope_code"),
    values=(
        "state",
        "numerator",
        "denominator",
        "value",
        "approximate",
        "aside",
        "norm",
        "verdict",
    ),
    writer="run_id",
)

Step = Callable[[RunStep, int], None]


def compute_and_write(
    run: ComplianceRun, inputs: Inputs, *, step: Step, finish: Callable[[datetime], None]
) -> None:
    """Compute the run's months and write the cells that changed, all or nothing.

    ``finish`` closes the run in the same transaction; what it raises undoes the writing.
    """
    computed = compute_from(inputs, step=step)
    step(RunStep.WRITING, 60)
    with transaction.atomic():
        # Clocks of two machines may differ a little: never before the run was asked for.
        at = max(utc_now(), run.requested_at)
        observed, judged = write(run, inputs, computed, at)
        run.notes = notes_of(computed)
        run.changed = {
            "observations": [observed.closed, observed.added],
            "results": [judged.closed, judged.added],
        }
        finish(at)


def compute_from(inputs: Inputs, *, step: Step = lambda _step, _percent: None) -> Computed:
    """Read the facts of the months that have any, and compute all of them."""
    delivered = [month for month in inputs.months if month in inputs.deliveries]
    deliveries = facts_for_months(inputs.institution, delivered, inputs.scope)
    step(RunStep.COUNTING, 40)
    return compute(
        RunInputs(
            scope=inputs.scope,
            months=inputs.months,
            deliveries=deliveries,
            staffing=inputs.staffing,
            calendar=inputs.calendar,
            settings=inputs.settings,
            norms=inputs.norms,
        )
    )


def write(
    run: ComplianceRun, inputs: Inputs, computed: Computed, at: datetime
) -> tuple[Changed, Changed]:
    """Write changed observations and results; in a transaction."""
    observed = record_observations(
        institution=inputs.institution,
        municipalities=inputs.scope.municipalities,
        months=inputs.months,
        counts=computed.counts,
        staffing=computed.staffing,
        run=run.public_id,
        at=at,
    )
    waiting = {month: found for one in computed.counted for month, found in one.waiting.items()}
    record_durations(
        institution=inputs.institution,
        months=inputs.months,
        scopes=[(place.scope, place.code) for place in computed.places.all],
        waiting=waiting,
        run=run.public_id,
        at=at,
    )
    judged = write_changed(
        RESULTS,
        institution_id=inputs.institution.pk,
        months=inputs.months,
        lines=_lines(computed.results),
        writer=run.pk,
        at=at,
    )
    return observed, judged


def notes_of(computed: Computed) -> list[dict[str, Any]]:
    """What a reader of the figures should know: clocks without a list of equated days."""
    outside = computed.clocks_outside_known_days
    if not outside:
        return []
    months = {f"{month:{MONTH}}": number for month, number in sorted(outside.items())}
    return [{"note": "equated_days_not_known", "clocks": sum(months.values()), "months": months}]


def _lines(results: Iterable[JudgedFigure]) -> Iterator[str]:
    """In the order of the table's index: that writes faster."""
    for row in sorted(results, key=itemgetter(3, 0, 1, 2)):
        yield (
            f"{row.month}\t{row.kpi}\t{row.scope}\t{row.scope_code}\t{row.state}"
            f"\t{_number(row.numerator)}\t{_number(row.denominator)}\t{_number(row.value)}"
            f"\t{row.approximate}\t{_number(row.aside)}\t{_number(row.norm)}\t{row.verdict}"
        )


def _number(value: Decimal | int | None) -> str:
    if value is None:
        return NULL
    return str(value) if isinstance(value, int) else f"{value:f}"
