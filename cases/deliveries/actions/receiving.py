"""Receiving a delivery: read, check, store and point the months at it, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from cases.act_kinds import DELIVERY_ACCEPTED, DELIVERY_HELD
from cases.deliveries.actions.holding import (
    findings_of,
    hold,
    let_through,
    make_current,
    replace_held,
)
from cases.deliveries.actions.storing import store_rows
from cases.deliveries.imports import (
    DeliveryRefusedError,
    ParsedDelivery,
    Problem,
    messages,
    read_delivery,
)
from cases.deliveries.imports.reading import Progress
from cases.models import Delivery, DeliveryHold, DeliveryMonth
from cases.staffing.actions import changes_of_source
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import add_months, amsterdam_today, month_of, utc_now
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.selectors.scope import oversight_scope


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a delivery that was accepted."""

    delivery: Delivery
    """The new version, or the current one when nothing changed."""
    changed: bool
    """False when the same contents for the same months were current, or held, already."""
    held: bool = False
    """Whether it waits for a person; no month rests on it then."""


def _silent(_step: str, _percent: int) -> None:
    """Tell nobody."""


def receive_delivery(
    *,
    path: Path,
    institution: Institution,
    period_from: date,
    period_until: date,
    progress: Progress = _silent,
    accept_changes: str = "",
    by: User | None,
) -> Received:
    """Accept the delivery at ``path`` (folder, zip or XLSX) for the months, or refuse all of it.

    Months are given by their first days, both included; ``period_until`` may be no later than
    the last month that has ended in Amsterdam. ``progress`` hears the step (``waiting``,
    ``reading``, ``checking``, ``storing``) and the percentage. What would change much is held,
    unless ``accept_changes`` says why it is right. ``by`` is None for a command.
    Raises ``DeliveryRefusedError`` with every problem; then nothing is stored.
    """
    at = utc_now()
    last = add_months(month_of(amsterdam_today(at)), -1)
    if period_until > last:
        message = replace(messages.PERIOD_AHEAD, params={"last": f"{last:%Y-%m}"})
        raise DeliveryRefusedError([Problem("", None, "", message)])
    with institution_turn(institution.pk, waiting=lambda: progress("waiting", 0)):
        scope = oversight_scope(institution, period_from, period_until)
        parsed = read_delivery(
            path,
            scope=scope,
            period_from=period_from,
            period_until=period_until,
            progress=progress,
        )
        current = _same_as_current(parsed, institution)
        if current is not None:
            return Received(current, changed=False)
        waiting = _same_as_held(parsed, institution)
        if waiting is not None:
            if accept_changes:
                let_through(delivery=waiting, reason=accept_changes, by=by)
            return Received(waiting, changed=bool(accept_changes), held=not accept_changes)
        progress("storing", 60)
        findings = findings_of(parsed, institution, scope)
        with transaction.atomic():
            delivery = _store(parsed, institution, utc_now(), by)
            replace_held(delivery)
            if findings:
                hold(delivery, findings, parsed.staffing)
            else:
                make_current(delivery, parsed.staffing, delivery.received_at)
            record_act(
                kind=DELIVERY_HELD if findings else DELIVERY_ACCEPTED,
                on=delivery,
                at=delivery.received_at,
                institution=institution,
                by=by,
            )
            if findings and accept_changes:
                let_through(delivery=delivery, reason=accept_changes, by=by)
        return Received(delivery, changed=True, held=bool(findings) and not accept_changes)


def _same_as_held(parsed: ParsedDelivery, institution: Institution) -> Delivery | None:
    """The delivery with these contents and this period that waits for a person, if one does."""
    waiting = DeliveryHold.objects.waiting().filter(
        delivery__institution=institution,
        delivery__sha256=parsed.sha256,
        delivery__period_from=parsed.period_from,
        delivery__period_until=parsed.period_until,
    )
    found = waiting.select_related("delivery").first()
    return None if found is None else found.delivery


def _same_as_current(parsed: ParsedDelivery, institution: Institution) -> Delivery | None:
    """The delivery that all months point to, if it has these contents and this period."""
    pointers = DeliveryMonth.objects.current().filter(
        institution=institution, month__in=parsed.months
    )
    deliveries = {pointer.delivery for pointer in pointers.select_related("delivery")}
    if len(deliveries) != 1 or len(pointers) != len(parsed.months):
        return None
    (delivery,) = deliveries
    same = (delivery.sha256, delivery.period_from, delivery.period_until) == (
        parsed.sha256,
        parsed.period_from,
        parsed.period_until,
    )
    return delivery if same else None


def _store(
    parsed: ParsedDelivery, institution: Institution, at: datetime, by: User | None
) -> Delivery:
    warnings = [*parsed.warnings, *changes_of_source(parsed, institution)]
    delivery = Delivery.objects.create(
        institution=institution,
        period_from=parsed.period_from,
        period_until=parsed.period_until,
        reference_on=parsed.reference_on,
        sha256=parsed.sha256,
        received_at=at,
        received_by=by,
        received_by_name=by.name if by is not None else "",
        with_safe_home=parsed.facts.safe_home is not None,
        rows={file: len(table) for file, table in parsed.tables.items()},
        warnings=[problem.as_json() for problem in warnings],
    )
    store_rows(parsed, delivery)
    return delivery
