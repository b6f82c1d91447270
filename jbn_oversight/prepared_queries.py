"""Questions that are asked a thousand times in a minute, always in the same words.

Building a query costs Django, and planning it costs PostgreSQL, many times what answering it
does. A standing query is an ordinary QuerySet, so its rule stands in one place; Django words it
once in each process and PostgreSQL plans it once on each connection. Only the values differ,
and nothing of an answer is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Field, Model, QuerySet
from psycopg import sql

from jbn_oversight.clock import amsterdam_day

M = TypeVar("M", bound=Model)
Value = int | str | date | datetime

_SAMPLE: Final = datetime(1903, 5, 7, 11, 13, 17, 19, tzinfo=UTC)
_prepared: Final[WeakKeyDictionary[object, set[str]]] = WeakKeyDictionary()
"""Which standing queries each connection to the database knows."""


class StandingQuery(Generic[M]):
    """One QuerySet with values left open: each an int, a str, a day or an aware datetime.

    ``build`` takes the values by name. What it makes of a value may be that value, or the
    Amsterdam day of an instant, and nothing else; whether a value is there must not change its
    words. A query that breaks this is refused at its first use, so it never answers wrongly.
    ``related`` are the foreign keys to come along, and ``extra`` the annotations.
    """

    def __init__(
        self,
        name: str,
        build: Callable[..., QuerySet[M]],
        values: Mapping[str, type[int] | type[str] | type[date]],
        *,
        related: tuple[str, ...] = (),
        extra: tuple[str, ...] = (),
    ) -> None:
        self.name, self.build, self.values = f"jbn_{name}", build, values
        self.related, self.extra = related, extra

    def ask(self, **values: Value) -> list[M]:
        """The rows for these values, as instances; columns in JSON are fetched when asked for."""
        given = _with_days(values)
        with connection.cursor() as cursor:
            known = _prepared.setdefault(connection.connection, set())
            statement, names = self._statement
            if self.name not in known:
                cursor.execute(statement)
                known.add(self.name)
            marks = ", ".join(["%s"] * len(names))
            cursor.execute(f"EXECUTE {self.name} ({marks})", [given[name] for name in names])
            return [self._instance(row) for row in cursor.fetchall()]

    def first(self, **values: Value) -> M | None:
        """The first of these rows, or None."""
        return next(iter(self.ask(**values)), None)

    def _samples(self, turn: int) -> dict[str, Value]:
        """Values that differ from each other, and from those of the other turn."""
        found: dict[str, Value] = {}
        for number, (name, kind) in enumerate(self.values.items(), start=1):
            apart = 1000 * turn + number
            if kind is int:
                found[name] = -apart
            elif kind is str:
                found[name] = f"value-{apart}"
            elif kind is date:
                found[name] = (_SAMPLE + timedelta(days=apart)).date()
            else:
                found[name] = _SAMPLE + timedelta(days=apart)
        return found

    def _worded(self, turn: int) -> tuple[str, tuple[Any, ...]]:
        rows = self.build(**self._samples(turn))
        paths = [path for one in self._parts for path in one[2]]
        words, given = rows.values_list(*paths, *self.extra).query.sql_with_params()
        return words, tuple(given)

    @cached_property
    def _statement(self) -> tuple[str, list[str]]:
        """The query as a prepared statement, and which values it takes in which order.

        Where two wordings differ, a value is open.
        """
        words, one = self._worded(1)
        others, two = self._worded(2)
        pieces = words.split("%s")
        if words != others or len(pieces) != len(one) + 1:
            raise TypeError(f"{self.name}: the words depend on the values")
        firsts, seconds = _with_days(self._samples(1)), _with_days(self._samples(2))
        text, names = [f"PREPARE {self.name} AS {pieces[0]}"], list[str]()
        for here, there, piece in zip(one, two, pieces[1:], strict=True):
            if here == there:
                text.append(sql.Literal(here).as_string(connection.connection))
            else:
                fits = [name for name in firsts if (firsts[name], seconds[name]) == (here, there)]
                if len(fits) != 1:
                    raise TypeError(f"{self.name}: something is made of a value")
                names += [] if fits[0] in names else fits
                text.append(f"${names.index(fits[0]) + 1}")
            text.append(piece)
        return "".join(text).replace("%%", "%"), names

    @cached_property
    def _parts(self) -> list[tuple[str, type[Model], list[str], list[str]]]:
        """The row's model and its related ones: relation, model, paths, attributes."""
        model = cast(type[Model], self.build(**self._samples(1)).model)
        found = [_part("", model)]
        for name in self.related:
            found.append(_part(name, cast(type[Model], model._meta.get_field(name).related_model)))
        return found

    def _instance(self, row: tuple[Any, ...]) -> M:
        made: list[tuple[str, Model]] = []
        start = 0
        for name, model, paths, attributes in self._parts:
            cells = row[start : start + len(paths)]
            start += len(paths)
            if cells[0] is not None:  # the primary key: else there is no related row
                made.append((name, model.from_db(connection.alias, attributes, cells)))
        instance = made[0][1]
        for name, other in made[1:]:
            setattr(instance, name, other)
        for name, value in zip(self.extra, row[start:], strict=True):
            setattr(instance, name, value)
        return cast(M, instance)


def _part(name: str, model: type[Model]) -> tuple[str, type[Model], list[str], list[str]]:
    fields: list[Field[Any, Any]] = [
        field for field in model._meta.concrete_fields if not hasattr(field, "from_db_value")
    ]
    fields.sort(key=lambda field: not field.primary_key)
    attributes = [field.attname for field in fields]
    return name, model, [f"{name}__{one}" if name else one for one in attributes], attributes


def _with_days(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, and of each instant its Amsterdam day."""
    days = {
        f"{name}_day": amsterdam_day(value)
        for name, value in values.items()
        if isinstance(value, datetime)
    }
    return {**values, **days}
