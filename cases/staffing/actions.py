"""Staffing versions: the last accepted of a delivery's rows and a typed return counts, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from cases.deliveries.imports import Message, ParsedDelivery, Problem, messages
from cases.deliveries.imports.layout import STAFFING
from cases.models import Delivery, StaffingMonth, StaffingReturn, StaffingVersion
from cases.returns.rules import quantities_of
from cases.staffing.rules import StaffingRow
from jbn_oversight.organisations.models import Institution, Region

Place = tuple[str, date]
"""Region and first day of the month."""


def accept_delivered(rows: Sequence[StaffingRow], delivery: Delivery, at: datetime) -> None:
    """Make the delivery's rows the current versions of its months; in a transaction only.

    A month and region without rows loses what was delivered before and keeps what was typed:
    a typed version that stands goes on, and one that a delivery had replaced counts again. ``at``
    (aware) is the instant from which they count.
    """
    given = {(row.region, row.month) for row in rows}
    again = typed_again(delivery.institution, delivery.months, given)
    current = StaffingVersion.objects.current().filter(
        institution=delivery.institution, month__in=delivery.months
    )
    for version in current.select_related("region"):
        if (version.region.slug, version.month) in given or version.delivery_id is not None:
            StaffingVersion.objects.filter(pk=version.pk).update(superseded_at=at)
    regions = {region.slug: region for region in Region.objects.all()}
    for (month, slug), group in groupby(rows, key=lambda row: (row.month, row.region)):
        version = StaffingVersion.objects.create(
            institution=delivery.institution,
            region=regions[slug],
            month=month,
            delivery=delivery,
            accepted_at=at,
        )
        _add_rows(version, {row.role: row.quantities for row in group})
    for typed in again:
        accept_typed(typed, at)


def accept_typed(typed: StaffingReturn, at: datetime) -> None:
    """Make an approved return the current version of its month; in a transaction only."""
    current = StaffingVersion.objects.current().filter(
        institution=typed.institution, region=typed.region, month=typed.month
    )
    current.update(superseded_at=at)
    version = StaffingVersion.objects.create(
        institution=typed.institution,
        region=typed.region,
        month=typed.month,
        typed_return=typed,
        accepted_at=at,
    )
    _add_rows(version, quantities_of(typed.figures))


def changes_of_source(parsed: ParsedDelivery, institution: Institution) -> Iterator[Problem]:
    """A warning for each month and region whose staffing comes from the other source now."""
    given = {(row.region, row.month) for row in parsed.staffing}
    typed = StaffingVersion.objects.current().filter(
        institution=institution, month__in=parsed.months, typed_return__isnull=False
    )
    for version in typed.select_related("region").order_by("month", "region__slug"):
        if (version.region.slug, version.month) in given:
            yield _changed(messages.TYPED_REPLACED, version.region, version.month)
    for again in typed_again(institution, parsed.months, given):
        yield _changed(messages.TYPED_COUNTS_AGAIN, again.region, again.month)


def typed_again(
    institution: Institution, months: Iterable[date], given: set[Place]
) -> list[StaffingReturn]:
    """The last approved returns of places whose delivered rows now fall away."""
    delivered = StaffingVersion.objects.current().filter(
        institution=institution, month__in=list(months), delivery__isnull=False
    )
    returns = []
    for version in delivered.select_related("region").order_by("month", "region__slug"):
        if (version.region.slug, version.month) in given:
            continue
        approved = StaffingReturn.objects.filter(
            institution=institution,
            region=version.region,
            month=version.month,
            approved_at__isnull=False,
        )
        last = approved.order_by("-approved_at").first()
        if last is not None:
            returns.append(last)
    return returns


def _changed(message: Message, region: Region, month: date) -> Problem:
    params = {"month": f"{month:%Y-%m}", "region": region.name}
    return Problem(STAFFING, None, "period", replace(message, params=params))


def _add_rows(version: StaffingVersion, rows: Mapping[str, Mapping[str, Decimal | None]]) -> None:
    StaffingMonth.objects.bulk_create(
        StaffingMonth(version=version, role=role, **quantities) for role, quantities in rows.items()
    )
