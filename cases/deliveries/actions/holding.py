"""Deliveries that would change much: what holds them, and letting them through or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.act_kinds import DELIVERY_LET_THROUGH, DELIVERY_SENT_BACK
from cases.counting.rules.columns import ENTRIES
from cases.counting.rules.observations import ClockSettings, count, running_at
from cases.deliveries.imports import ParsedDelivery
from cases.deliveries.rules import (
    EARLIER_MONTHS,
    HoldFinding,
    HoldReason,
    deadlines_collapse,
    emptied,
    running_differs,
)
from cases.deliveries.selectors import staffing_of
from cases.models import Delivery, DeliveryMonth, Measure
from cases.models.holds import DeliveryHold, HoldDecision
from cases.staffing.actions import accept_delivered
from cases.staffing.rules import StaffingRow
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import add_months, month_end, utc_now
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.rules import OversightScope
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from jbn_oversight.statutory_days.selectors import working_calendar

DECIDED: Final = {
    HoldDecision.ACCEPTED: DELIVERY_LET_THROUGH,
    HoldDecision.REJECTED: DELIVERY_SENT_BACK,
}
"""The act of each decision."""
TRANSFERRED_IN: Final = ENTRIES.index("transfer_in")


def findings_of(
    parsed: ParsedDelivery, institution: Institution, scope: OversightScope
) -> list[HoldFinding]:
    """Why the delivery should wait; empty where nothing in it asks for that.

    It is held against the newest month that is current too, and where none is, its first month
    against the month before.
    """
    found = []
    pointers = DeliveryMonth.objects.current().filter(institution=institution)
    shared = pointers.filter(month__in=parsed.months).order_by("-month").first()
    before = shared or pointers.filter(month=add_months(parsed.months[0], -1)).first()
    if before is not None:
        month = before.month if shared else parsed.months[0]
        old, now = _running(before.delivery, before.month), running_at(parsed.facts, month)
        if running_differs(old, now):
            found.append(HoldFinding(HoldReason.RUNNING, old, now, month))
        rows = {file: len(table) for file, table in parsed.tables.items()}
        for file in emptied(before.delivery.rows, rows):
            found.append(
                HoldFinding(HoldReason.EMPTY_FILE, before.delivery.rows[file], 0, file=file)
            )
    due = _deadlines(parsed, scope)
    if deadlines_collapse(due):
        earlier = sum(due[-1 - EARLIER_MONTHS : -1])
        found.append(HoldFinding(HoldReason.DEADLINES, earlier, due[-1], parsed.months[-1]))
    return found


def hold(
    delivery: Delivery, findings: Sequence[HoldFinding], staffing: Sequence[StaffingRow]
) -> None:
    """Let the stored delivery wait; in the transaction that stored it."""
    DeliveryHold.objects.create(
        delivery=delivery,
        findings=[one.as_json() for one in findings],
        staffing=[_as_json(row) for row in staffing],
        held_at=delivery.received_at,
    )


def replace_held(delivery: Delivery) -> None:
    """A newer delivery takes the place of older ones that wait for some of its months."""
    waiting = DeliveryHold.objects.waiting().filter(
        delivery__institution=delivery.institution_id,
        delivery__period_from__lte=delivery.period_until,
        delivery__period_until__gte=delivery.period_from,
    )
    waiting.exclude(delivery=delivery).update(
        decision=HoldDecision.REPLACED, decided_at=delivery.received_at
    )


def make_current(delivery: Delivery, staffing: Sequence[StaffingRow], at: datetime) -> None:
    """Point the delivery's months at it; in a transaction only."""
    pointers = DeliveryMonth.objects.current().filter(institution=delivery.institution_id)
    pointers.filter(month__in=delivery.months).update(superseded_at=at)
    DeliveryMonth.objects.bulk_create(
        DeliveryMonth(
            institution_id=delivery.institution_id, month=month, delivery=delivery, since=at
        )
        for month in delivery.months
    )
    accept_delivered(staffing, delivery, at)


def let_through(*, delivery: Delivery, reason: str, by: User | None) -> None:
    """Somebody says that the delivery is right: its months rest on it from now on.

    ``by`` is None for the server itself. Raises RefusedError without a reason, and
    ChangedMeanwhileError where it was decided already.
    """
    _decide(delivery, HoldDecision.ACCEPTED, reason, by)


def send_back(*, delivery: Delivery, reason: str, by: User | None) -> None:
    """Somebody says that it is not right: it never counts. Raises as ``let_through`` does."""
    _decide(delivery, HoldDecision.REJECTED, reason, by)


def _decide(delivery: Delivery, decision: HoldDecision, reason: str, by: User | None) -> None:
    if not reason.strip():
        raise RefusedError(_("Say why."))
    # In the institution's turn: no import may accept something else between looking and pointing.
    with institution_turn(delivery.institution_id), transaction.atomic():
        row = DeliveryHold.objects.select_for_update().get(delivery=delivery)
        if not row.waits:
            raise ChangedMeanwhileError(_("This delivery was decided meanwhile. Look at it again."))
        at = max(utc_now(), row.held_at)
        row.decision, row.decided_at, row.decided_by = decision, at, by
        row.reason = reason.strip()
        row.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
        if decision == HoldDecision.ACCEPTED:
            make_current(delivery, staffing_of(row), at)
        record_act(
            kind=DECIDED[decision], on=delivery, at=at, institution=delivery.institution, by=by
        )


def _as_json(row: StaffingRow) -> dict[str, Any]:
    quantities = {
        name: None if value is None else format(value, "f")
        for name, value in row.quantities.items()
    }
    return {
        "region": row.region,
        "month": row.month.isoformat(),
        "role": row.role,
        "quantities": quantities,
    }


def _running(delivery: Delivery, month: date) -> int:
    """Measures of a stored delivery that run at the end of the month."""
    end = month_end(month)
    rows = Measure.objects.filter(delivery=delivery).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=end)
    )
    taken_over = rows.filter(entry=TRANSFERRED_IN).alias(
        began=Coalesce(F("notified_on"), F("ordered_on"))
    )
    others = rows.exclude(entry=TRANSFERRED_IN)
    return taken_over.filter(began__lte=end).count() + others.filter(ordered_on__lte=end).count()


def _deadlines(parsed: ParsedDelivery, scope: OversightScope) -> list[int]:
    """Deadlines of first contact in the last seven months; none where there are fewer months."""
    months = parsed.months[-1 - EARLIER_MONTHS :]
    if len(months) <= EARLIER_MONTHS:
        return []
    counts = count(
        parsed.facts,
        months,
        municipalities=len(scope.municipalities),
        calendar=working_calendar(),
        settings=ClockSettings(
            equated_days_are_working_days=settings.EQUATED_DAYS_ARE_WORKING_DAYS
        ),
    )
    found: list[int] = counts.measures["contact_due"].sum(axis=(0, 1)).tolist()
    return found
