"""What every action that records a fact needs: its day, its source, and who recorded it."""

from __future__ import annotations

from django.db import models

from certification.imprecise_days import ImpreciseDay
from certification.models.sources import Source
from jbn_oversight.accounts.models import User

Said = tuple[ImpreciseDay, Source] | None
"""A roughly known day and the source that names it."""


def day_columns(stem: str, day: ImpreciseDay | None) -> dict[str, object]:
    """The two columns of a roughly known day."""
    return {
        f"{stem}_on": day.on if day else None,
        f"{stem}_precision": day.precision.value if day else "",
    }


def said_columns(stem: str, said: Said) -> dict[str, object]:
    """The three columns of a roughly known day and its source."""
    day, source = said or (None, None)
    return {**day_columns(stem, day), f"{stem}_source": source}


def save_by(row: models.Model, by: User | None) -> None:
    """Save a tracked row, with the person in its history; None is the portal itself."""
    vars(row)["_history_user"] = by
    row.save()


def get_or_create_source(
    *,
    code: str,
    publisher: str,
    title: str,
    url: str,
    published: ImpreciseDay | None,
    by: User | None,
) -> Source:
    """The source with that code, made where it is not there yet."""
    found = Source.objects.filter(code=code).first()
    if found:
        return found
    row = Source(
        code=code, publisher=publisher, title=title, url=url, **day_columns("published", published)
    )
    save_by(row, by)
    return row
