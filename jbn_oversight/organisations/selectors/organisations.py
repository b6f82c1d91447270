"""What pages about organisations show: what holds when, and who changed what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    MunicipalityRegion,
    Region,
)
from jbn_oversight.prepared_queries import StandingQuery

SEE_OWN: Final = "organisations.see_own"
MANAGE: Final = "organisations.manage"
_NOT_TOLD: Final = frozenset({"id"})


def _regions_of(user: int, on: date) -> models.QuerySet[Region]:
    """Regions of a person's roles, of the municipalities of them, and of institutions' tasks."""
    mine = Membership.objects.running(on).filter(user=user)
    places = MunicipalityRegion.objects.running(on).filter(
        municipality__in=mine.values("municipality")
    )
    tasks = InstitutionTask.objects.running(on).filter(institution__in=mine.values("institution"))
    return Region.objects.filter(
        models.Q(pk__in=mine.values("region"))
        | models.Q(pk__in=places.values("region"))
        | models.Q(pk__in=tasks.values("region"))
    )


# It stands above every page, so it is asked with one prepared statement.
_REGIONS: Final = StandingQuery("regions_of", _regions_of, {"user": int, "on": date})


def regions_of(actor: Actor) -> list[Region]:
    """The regions to which the person's own places belong, by name."""
    return _REGIONS.ask(user=actor.user.pk, on=actor.on) if actor.user else []


@dataclass(frozen=True, slots=True)
class OrganisationChange:
    """One change of one matter of one row, as the component of histories prints it.

    ``at`` is an aware instant. ``who`` is empty where the portal itself did it; ``label`` is
    empty where the row was made or removed.
    """

    at: datetime
    who: str
    about: str
    label: str = ""
    before: str = ""
    after: str = ""
    was_removed: bool = False


def seen_regions(actor: Actor) -> list[Region]:
    """The regions of the person's places, and those where their institutions have a task.

    Anyone who manages organisations sees all of them.
    """
    if actor.may(MANAGE):
        return list(Region.objects.all())
    places = actor.places(SEE_OWN)
    own = MunicipalityRegion.objects.running(actor.on).filter(
        municipality__cbs_code__in=places.municipalities
    )
    tasks = InstitutionTask.objects.running(actor.on).filter(
        institution__code__in=places.institutions
    )
    return list(
        Region.objects.filter(
            models.Q(slug__in=places.regions)
            | models.Q(pk__in=own.values("region"))
            | models.Q(pk__in=tasks.values("region"))
        )
    )


def seen_institutions(actor: Actor) -> list[Institution]:
    """The institutions of the person's places; anyone who manages organisations sees all."""
    if actor.may(MANAGE):
        return list(Institution.objects.all())
    return list(Institution.objects.filter(code__in=actor.places(SEE_OWN).institutions))


def state_of(row: models.Model) -> str:
    """In which state a tracked row is: it changes with each change. Empty for a new row."""
    if row.pk is None:
        return ""
    history: Any = row.history  # type: ignore[attr-defined]  # every tracked model has it
    return str(history.values_list("history_id", flat=True).first() or "0")


def changes_of(*rows: models.Model) -> tuple[OrganisationChange, ...]:
    """What people changed in these rows together, the newest first."""
    found = [change for row in rows for change in _of_row(row)]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True))


def _of_row(row: models.Model) -> Iterator[OrganisationChange]:
    about = str(row._meta.verbose_name)
    history: Any = row.history  # type: ignore[attr-defined]
    records = list(history.select_related("history_user"))
    for newer, older in pairwise(records):
        delta = newer.diff_against(older, foreign_keys_are_objs=True)
        for change in delta.changes:
            if change.field not in _NOT_TOLD:
                field = row._meta.get_field(change.field)
                yield OrganisationChange(
                    newer.history_date,
                    _who(newer),
                    about,
                    str(capfirst(str(getattr(field, "verbose_name", field.name)))),
                    _words(field, change.old),
                    _words(field, change.new),
                )
    for record in records:
        if record.history_type != "~":
            told = f"{about}: {_said(row)}" if _said(row) else about
            yield OrganisationChange(
                record.history_date, _who(record), told, was_removed=record.history_type == "-"
            )


def _who(record: Any) -> str:
    return str(record.history_user) if record.history_user else ""


def _said(row: models.Model) -> str:
    """Which of several dated rows this is."""
    return date_format(row.from_on, "j F Y") if hasattr(row, "from_on") else ""


def _words(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if value in (None, "", []):
        return _("empty")
    if choices:
        return str(choices.get(value, value))
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(map(str, value))
    return str(value)
