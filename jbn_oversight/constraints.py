"""Small helpers for constraints, so that the database refuses nonsense in a few words.

Each takes the constraint's full name, which tests use to say which rule refused a row. A person
never reads that name: ``says`` is the sentence that a form shows instead, and the code of the
error is the field that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.apps import AppConfig, apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.checks import CheckMessage, Error, register
from django.db.models import BigIntegerField, CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.db.models.constraints import BaseConstraint
from django.db.models.expressions import BaseExpression, Combinable
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from jbn_oversight.history import OUR_APPS

# What a form says of a constraint that has no sentence of its own. Django's default names the
# constraint, which tells a person nothing. Set here, because this module is read before any model.
BaseConstraint.default_violation_error_message = _(
    "These values do not go together. Check what you filled in."
)

Says: TypeAlias = "StrOrPromise | None"


def dates_in_order(
    name: str, earlier: str, later: str, *, equal: bool = True, says: Says = None
) -> CheckConstraint:
    """``later`` is not before ``earlier`` (or strictly after it); an empty one passes."""
    lookup = f"{later}__gte" if equal else f"{later}__gt"
    empty = Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True})
    return CheckConstraint(
        name=name,
        condition=empty | Q(**{lookup: F(earlier)}),
        violation_error_message=says,
        violation_error_code=later if says else None,
    )


def one_at_a_time(
    name: str, *fields: str, texts: tuple[str, ...] = (), says: Says
) -> ExclusionConstraint:
    """No two rows with equal ``fields`` (integers or foreign keys) and ``texts`` on the same day.

    Scalars go in as one-element ranges, since the embedded server has no btree_gist; a text
    goes in as a number made of it.
    """
    values: list[Combinable] = [F(field) for field in fields]
    values += [
        Func(F(text), Value(0), function="hashtextextended", output_field=BigIntegerField())
        for text in texts
    ]
    expressions: list[tuple[Func, str]] = [
        (Func(value, value, Value("[]"), function="int8range"), RangeOperators.OVERLAPS)
        for value in values
    ]
    span = Func(F("from_on"), F("until_on"), function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (span, RangeOperators.OVERLAPS)],
        violation_error_message=says,
        violation_error_code="from_on",
    )


def holds(name: str, condition: Q, *, field: str, says: StrOrPromise) -> CheckConstraint:
    """The condition holds of each row; ``says`` is what a form tells beside ``field``."""
    return CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=says,
        violation_error_code=field,
    )


def once(
    name: str, *fields: str, where: Q | None = None, field: str, says: StrOrPromise
) -> UniqueConstraint:
    """No two rows have the same ``fields``; ``says`` is what a form tells beside ``field``."""
    return UniqueConstraint(
        name=name,
        fields=fields,
        condition=where,
        violation_error_message=says,
        violation_error_code=field,
    )


def both_or_neither(name: str, *fields: str) -> CheckConstraint:
    """All of the fields are filled, or none is."""
    filled = Q(**{f"{field}__isnull": False for field in fields})
    empty = Q(**{f"{field}__isnull": True for field in fields})
    return CheckConstraint(name=name, condition=filled | empty)


def exactly_one_of(name: str, *fields: str) -> CheckConstraint:
    """One of the fields is filled and the others are empty."""
    choices = [Q(**{f"{other}__isnull": other != field for other in fields}) for field in fields]
    return CheckConstraint(name=name, condition=reduce(or_, choices))


def state_iff(name: str, field: str, states: tuple[str, ...], date_field: str) -> CheckConstraint:
    """The state is one of ``states`` if and only if ``date_field`` is filled."""
    inside = Q(**{f"{field}__in": states})
    filled = Q(**{f"{date_field}__isnull": False})
    return CheckConstraint(name=name, condition=(inside & filled) | (~inside & ~filled))


def different(name: str, one: str, other: str, *, says: Says = None) -> CheckConstraint:
    """The two fields do not hold the same; an empty one passes."""
    empty = Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True})
    return CheckConstraint(
        name=name,
        condition=empty | ~Q(**{one: F(other)}),
        violation_error_message=says,
        violation_error_code=other if says else None,
    )


def _names_in(expression: object) -> Iterator[str]:
    """The names by which an expression or condition mentions columns."""
    if isinstance(expression, F):
        yield str(vars(expression)["name"]).partition("__")[0]
    elif isinstance(expression, Q):
        for child in expression.children:
            if isinstance(child, tuple):
                yield child[0].partition("__")[0]
                yield from _names_in(child[1])
            else:
                yield from _names_in(child)
    elif isinstance(expression, BaseExpression):
        for source in expression.get_source_expressions():
            yield from _names_in(source)


def names_in(constraint: BaseConstraint) -> set[str]:
    """The names by which a constraint mentions columns of its table."""
    expressions = getattr(constraint, "expressions", ())
    parts = [each[0] if isinstance(each, tuple) else each for each in expressions]
    return {
        name
        for part in [*parts, getattr(constraint, "condition", None)]
        for name in _names_in(F(part) if isinstance(part, str) else part)
    }


@register()
def check_constraints(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Constraints name fields (``place``), not columns (``place_id``).

    The database takes both, but a form puts in the values of a row by the name of the field: of a
    column it would compare the table with itself, and refuse every row once there is one.
    """
    return [
        Error(
            f"{constraint.name} names a column ({', '.join(sorted(columns))}): name the field.",
            obj=model,
            id="jbn.E001",
        )
        for model in apps.get_models()
        if model.__module__.startswith(OUR_APPS)
        for constraint in model._meta.constraints
        if (
            columns := names_in(constraint)
            & {
                field.attname
                for field in model._meta.concrete_fields
                if field.attname != field.name
            }
        )
    ]
