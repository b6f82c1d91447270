"""Cut the lived story off at the reference date and put it in the columns of the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from reports.demo.delivery.care import give_care, split_in_terms
from reports.demo.delivery.safe_home import Notification, notifications
from reports.demo.delivery.shape import EARLIEST_PERIOD, WORLD_END, last_day
from reports.demo.delivery.staffing import StaffRow, staffing
from reports.demo.delivery.youths import Case, youths

Row = tuple[str, ...]

FILES: Final[Mapping[str, Row]] = {
    "measures.csv": (
        "case_key",
        "youth_key",
        "municipality",
        "measure",
        "entry",
        "ordered_on",
        "notified_on",
        "worker_assigned_on",
        "first_contact_on",
        "family_plan_waived_on",
        "family_plan_made_on",
        "plan_adopted_on",
        "plan_reviewed_on",
        "suitable_help_started_on",
        "order_ends_on",
        "workers_so_far",
        "ended_on",
        "end_reason",
    ),
    "waiting.csv": (
        "case_key",
        "list",
        "entered_on",
        "left_on",
        "exit_reason",
        "safety_checked_on",
        "next_check_due_on",
    ),
    "staffing.csv": (
        "period",
        "region",
        "role",
        "establishment_fte",
        "filled_fte",
        "supernumerary_fte",
        "hired_fte",
        "vacancy_fte",
        "sick_days",
        "available_days",
        "headcount_start",
        "headcount_end",
        "joiners",
        "leavers",
        "internal_leavers",
    ),
    "veilig_thuis.csv": (
        "notification_key",
        "municipality",
        "received_on",
        "triaged_on",
        "study_needed_on",
        "study_concluded_on",
    ),
}

_YEAR_BEFORE: Final = timedelta(days=366)
_TERMS: Final[Mapping[int, int]] = {11: 365, 12: 91, 22: 91, 62: 365}
"""Days for which the court gives an order of that measure."""
_MOVES_KNOWN_FROM: Final = date(2024, 1, 1)
"""Before this month nobody wrote down who went to another role or region."""


@dataclass(frozen=True, slots=True)
class DemoDelivery:
    """The rows of each file, without headers, and the months they are about."""

    period_from: date
    period_until: date
    rows: Mapping[str, tuple[Row, ...]]


def demo_delivery(
    seed: int, *, until: date = date(2025, 9, 1), months: int = 36, scale: float = 1.0
) -> DemoDelivery:
    """A fictional delivery of ``months`` months that ends with the month of ``until``.

    ``scale`` 1 means about a thousand youths with a running measure. The same arguments give
    the same rows; with a later ``until``, up to the end of 2026, the same story goes on.
    Raises ValueError for a period that starts before 2018, for no months at all and for a
    scale that is not positive.
    """
    period_until = until.replace(day=1)
    first = period_until.year * 12 + period_until.month - months
    period_from = date(first // 12, first % 12 + 1, 1)
    if months < 1 or scale <= 0 or period_from < EARLIEST_PERIOD:
        raise ValueError("the period must start in 2018 or later and hold at least one month")
    reference = last_day(period_until)
    world_end = max(WORLD_END, reference + _YEAR_BEFORE)
    story = f"delivery {seed} {scale}"
    cases = youths(story, world_end, scale)
    give_care(story, cases, world_end, scale)
    split_in_terms(story, cases)
    since = period_from - _YEAR_BEFORE
    known = [case for case in cases if case.ended_on >= since and _start(case) <= reference]
    known.sort(key=lambda case: case.case_key)
    calls = notifications(story, since, reference, scale)
    return DemoDelivery(
        period_from=period_from,
        period_until=period_until,
        rows={
            "measures.csv": tuple(_measure(case, reference) for case in known),
            "waiting.csv": tuple(_waiting(known, since, reference)),
            "staffing.csv": tuple(
                _staff(row)
                for row in staffing(story, reference, scale)
                if period_from <= row.month <= period_until
            ),
            "veilig_thuis.csv": tuple(_call(row, reference) for row in calls),
        },
    )


def _start(case: Case) -> date:
    """From here on the institution knows the measure: a transfer is known at the take-over."""
    return case.notified_on if case.entry == "transfer_in" else case.ordered_on


def _day(day: date | None, reference: date) -> str:
    return "" if day is None or day > reference else day.isoformat()


def _last(days: list[date], reference: date) -> date | None:
    return max((day for day in days if day <= reference), default=None)


def _measure(case: Case, reference: date) -> Row:
    ended = _day(case.ended_on, reference)
    return (
        case.case_key,
        case.youth_key,
        case.municipality,
        str(case.measure),
        case.entry,
        case.ordered_on.isoformat(),
        _day(case.notified_on, reference),
        _day(case.worker_assigned_on, reference),
        _day(case.first_contact_on, reference),
        _day(case.family_plan_waived_on, reference),
        _day(case.family_plan_made_on, reference),
        _day(case.plan_adopted_on, reference),
        _day(_last(case.reviews, reference), reference),
        _day(case.suitable_help_started_on, reference),
        _order_ends_on(case, reference),
        _workers_so_far(case, reference),
        ended,
        case.end_reason if ended else "",
    )


def _order_ends_on(case: Case, reference: date) -> str:
    """The end of the term that runs on the reference date; not known of what was taken over.

    A supervision order runs by terms of a year, a provisional measure for three months;
    guardianship has no term, and of the others the register does not know it.
    """
    days = _TERMS.get(case.measure)
    if days is None or case.entry == "transfer_in":
        return ""
    terms = 1 + (min(reference, case.ended_on) - case.ordered_on).days // days
    return (case.ordered_on + timedelta(days=days * terms)).isoformat()


def _workers_so_far(case: Case, reference: date) -> str:
    """The first worker and who came after a time on the list; not known of what was taken over."""
    if case.entry != "new":
        return ""
    if case.worker_assigned_on is None or case.worker_assigned_on > reference:
        return "0"
    changes = (
        spell.kept_on == "doorstroomlijst"
        and spell.exit_reason == "helped"
        and spell.left_on is not None
        and spell.left_on <= reference
        for spell in case.spells
    )
    return str(1 + sum(changes))


def _waiting(cases: list[Case], since: date, reference: date) -> Iterator[Row]:
    for case in cases:
        for spell in case.spells:
            gone = spell.left_on is not None and spell.left_on < since
            if gone or spell.entered_on > reference:
                continue
            left = _day(spell.left_on, reference)
            checks = [check for check in spell.checks if check[0] <= reference]
            checked, due = checks[-1] if checks else (None, None)
            yield (
                case.case_key,
                spell.kept_on,
                spell.entered_on.isoformat(),
                left,
                spell.exit_reason if left else "",
                _day(checked, reference),
                due.isoformat() if due else "",
            )


def _staff(row: StaffRow) -> Row:
    return (
        f"{row.month:%Y-%m}",
        row.region,
        row.role,
        *(
            f"{number:.1f}"
            for number in (
                row.establishment_fte,
                row.filled_fte,
                row.supernumerary_fte,
                row.hired_fte,
                row.vacancy_fte,
                row.sick_days,
                row.available_days,
            )
        ),
        str(row.headcount_start),
        str(row.headcount_end),
        str(row.joiners),
        str(row.leavers),
        str(row.leavers // 3) if row.month >= _MOVES_KNOWN_FROM else "",
    )


def _call(row: Notification, reference: date) -> Row:
    return (
        row.notification_key,
        row.municipality,
        row.received_on.isoformat(),
        _day(row.triaged_on, reference),
        _day(row.study_needed_on, reference),
        _day(row.study_concluded_on, reference),
    )
