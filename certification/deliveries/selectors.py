"""The months of an institution by how far their delivery is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Delivery, DeliveryMonth, Intake, IntakeState
from certification.dates.rules import DatedThing, DateKind
from certification.deliveries.rights import SEE_DELIVERIES
from certification.imprecise_days import ImpreciseDay
from certification.models import ComplianceRun
from certification.models.runs import RunState
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.clock import add_months, month_end, month_of, months_between
from jbn_oversight.organisations.models import Institution

DELIVERED_WITHIN: Final = timedelta(days=21)
"""A month is late when it was not delivered three weeks after its end, the term that the
CBS keeps for its own deliveries of youth protection."""
_MONTHS_BACK: Final = 11
_MONTHS_AHEAD: Final = 2
"""This month and the next; their days lie within some ninety days."""


class MonthState(Enum):
    """How far a month is; the second value is the kind of its status."""

    EXPECTED = ("expected", "none")
    LATE = ("late", "attention")
    REFUSED = ("refused", "bad")
    HELD = ("held", "attention")
    RECEIVED = ("received", "info")
    PROCESSED = ("processed", "good")

    @property
    def kind(self) -> str:
        """The kind that gives shape and colour."""
        return self.value[1]

    @property
    def label(self) -> str | Promise:
        """The word."""
        return _WORDS[self]


_WORDS: Final[dict[MonthState, str | Promise]] = {
    MonthState.EXPECTED: _("expected"),
    MonthState.LATE: _("late"),
    MonthState.REFUSED: _("refused"),
    MonthState.HELD: _("waits for a decision"),
    MonthState.RECEIVED: _("received, not computed yet"),
    MonthState.PROCESSED: _("processed"),
}


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """One month as the calendar shows it."""

    month: date
    state: MonthState
    delivery: Delivery | None
    due_on: date
    """Last day on which the delivery is in time."""


def calendar_of(institution: Institution, today: date) -> list[CalendarMonth]:
    """The months up to the last one that has ended, the newest first.

    From the first month that was ever delivered, and at least twelve.
    """
    last = add_months(month_of(today), -1)
    pointers = {
        pointer.month: pointer
        for pointer in DeliveryMonth.objects.current()
        .filter(institution=institution)
        .select_related("delivery")
    }
    last = max([last, *pointers])
    months = months_between(min([add_months(last, -_MONTHS_BACK), *pointers]), last)
    runs = list(
        ComplianceRun.objects.covering(institution, months[0], last).filter(
            state=RunState.SUCCEEDED
        )
    )
    attempts = list(
        Intake.objects.filter(
            institution=institution,
            state__in=[IntakeState.REFUSED, IntakeState.HELD],
            period_from__lte=last,
            period_until__gte=months[0],
        )
    )
    found = []
    for month in months:
        pointer = pointers.get(month)
        if pointer is not None:
            computed = any(
                run.period_from <= month <= run.period_until
                and run.finished_at is not None
                and run.finished_at >= pointer.since
                for run in runs
            )
            state = MonthState.PROCESSED if computed else MonthState.RECEIVED
        elif tried := [one for one in attempts if one.period_from <= month <= one.period_until]:
            waits = any(one.state == IntakeState.HELD for one in tried)
            state = MonthState.HELD if waits else MonthState.REFUSED
        else:
            late = today > month_end(month) + DELIVERED_WITHIN
            state = MonthState.LATE if late else MonthState.EXPECTED
        found.append(
            CalendarMonth(
                month,
                state,
                pointer.delivery if pointer else None,
                month_end(month) + DELIVERED_WITHIN,
            )
        )
    return found[::-1]


def dates_of(actor: Actor, institution: Institution, day: date) -> list[DatedThing]:
    """Until when a month must be delivered: months that wait, this month and the next.

    Of the past only from the first month that was ever delivered: before, none was expected.
    """
    if institution.code not in actor.places(SEE_DELIVERIES).institutions:
        return []
    months = calendar_of(institution, day)
    there = [one.month for one in months if one.delivery]
    ended = add_months(month_of(day), -1)
    waits = [
        one.month
        for one in reversed(months)
        if one.delivery is None and min([ended, *there]) <= one.month <= ended
    ]
    return [
        DatedThing(
            kind=DateKind.DELIVERY,
            title=gettext("Delivery of %(month)s") % {"month": date_format(month, "F Y")},
            on=ImpreciseDay(month_end(month) + DELIVERED_WITHIN),
            url=reverse("certification:deliveries"),
            owner=institution.name,
            is_certain=True,
        )
        for month in [*waits, *_months_ahead(ended, there)]
    ]


def _months_ahead(ended: date, there: Collection[date]) -> list[date]:
    ahead = (add_months(ended, count) for count in range(1, _MONTHS_AHEAD + 1))
    return [month for month in ahead if month not in there]
