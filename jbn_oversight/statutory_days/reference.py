"""The equated days known when the portal shipped."""

from __future__ import annotations

from datetime import date
from typing import Final

from jbn_oversight.organisations.reference import Apps

EQUATED_DAYS: Final = (
    date(2023, 4, 28),
    date(2023, 5, 19),
    date(2024, 5, 10),
    date(2024, 12, 27),
    date(2025, 5, 30),
    date(2026, 1, 2),
    date(2026, 5, 15),
    date(2027, 5, 7),
    date(2028, 4, 28),
    date(2028, 5, 26),
)
KNOWN_FROM: Final = date(2023, 1, 1)
KNOWN_UNTIL: Final = date(2028, 12, 31)
SOURCE: Final = "Besluiten gelijkstelling dagen (Algemene termijnenwet art. 3, derde lid)"


def load(apps: Apps) -> None:
    """Create what is missing; leave what is there as it is."""

    def manager(model: str):  # type: ignore[no-untyped-def]
        return apps.get_model("statutory_days", model).objects  # type: ignore[attr-defined]

    for day in EQUATED_DAYS:
        manager("EquatedDay").get_or_create(day=day, defaults={"source": SOURCE})
    manager("EquatedDayList").get_or_create(
        known_from=KNOWN_FROM, defaults={"known_until": KNOWN_UNTIL, "source": SOURCE}
    )
