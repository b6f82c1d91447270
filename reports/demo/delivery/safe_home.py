"""Notifications at Veilig Thuis, in Groningen alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from reports.demo.delivery.shape import (
    GRONINGEN,
    MUNICIPALITIES,
    NOTIFICATIONS_A_MONTH,
    STUDY_ON_TIME,
    TRIAGE_ON_TIME,
    add_weekdays,
    jittered,
    last_day,
    level,
    months,
    opaque_key,
    share_out,
)


@dataclass(slots=True)
class Notification:
    """One notification as it was really handled."""

    notification_key: str
    municipality: str
    received_on: date
    triaged_on: date | None = None
    study_needed_on: date | None = None
    study_concluded_on: date | None = None


def notifications(seed: str, first: date, until: date, scale: float) -> list[Notification]:
    """All notifications received from ``first`` up to and with ``until``, in order."""
    places = MUNICIPALITIES[GRONINGEN]
    rows: list[Notification] = []
    for month in months(first, until):
        draw = Random(f"{seed} notifications {month}")
        count = int(NOTIFICATIONS_A_MONTH * scale * draw.uniform(0.88, 1.12) + draw.random())
        days = last_day(month).day
        received = sorted(month + timedelta(days=draw.randrange(days)) for _ in range(count))
        triaged = share_out(draw, count, jittered(draw, level(TRIAGE_ON_TIME, month), 0.02))
        for day, in_time in zip(received, triaged, strict=True):
            row = Notification(
                notification_key=opaque_key(draw, "v"),
                municipality=draw.choices(tuple(places), tuple(places.values()))[0],
                received_on=day,
            )
            if in_time:
                row.triaged_on = add_weekdays(day, draw.choice((0, 1, 1, 2, 3, 4, 5)))
            elif draw.random() < 0.97:
                row.triaged_on = day + timedelta(days=13 + int(draw.expovariate(1 / 6)))
            rows.append(row)
        _studies(draw, rows[len(rows) - count :])
    return rows


def _studies(draw: Random, rows: list[Notification]) -> None:
    """In one of five a study is needed, found on the day of the triage."""
    for row in rows:
        if row.triaged_on is None or draw.random() > 0.2:
            continue
        row.study_needed_on = row.triaged_on
        due = row.study_needed_on + timedelta(days=70)
        if draw.random() < level(STUDY_ON_TIME, due):
            row.study_concluded_on = row.study_needed_on + timedelta(days=draw.randrange(21, 71))
        elif draw.random() < 0.95:
            row.study_concluded_on = due + timedelta(days=7 + int(draw.expovariate(1 / 30)))
