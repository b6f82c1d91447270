"""An initial migration makes the tables of its app as Django would make them one by one."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from jbn_oversight.database import CreateTables

ID = ("id", models.BigAutoField(primary_key=True))
LETTER = CreateModel("Letter", [ID, ("text", models.TextField(default="x"))])
ANSWER = CreateModel(
    "Answer",
    [ID, ("letter", models.ForeignKey("base.Letter", models.CASCADE))],
    options={
        "constraints": [models.UniqueConstraint(name="answer_once", fields=["letter"])],
    },
)

pytestmark = pytest.mark.django_db


def columns(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return list(cursor.fetchall())


def constraints(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


def migrated(operations: list[migrations.operations.base.Operation]) -> ProjectState:
    state = ProjectState()
    assert state.apps  # as ``migrate`` has them ready
    for operation in operations:
        before = state.clone()
        operation.state_forwards("base", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("base", editor, before, state)
    return state


def test_they_are_the_tables_that_django_makes_one_by_one() -> None:
    found = []
    for operations in ([LETTER, ANSWER], [CreateTables([LETTER, ANSWER])]):
        migrated(list(operations))
        found.append([(columns(t), constraints(t)) for t in ("base_letter", "base_answer")])
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE base_answer, base_letter")
    assert found[0] == found[1]
    assert found[0][0][0]


def test_a_table_may_point_to_one_that_comes_after_it() -> None:
    migrated([CreateTables([ANSWER, LETTER])])
    assert any("fk" in name for name in constraints("base_answer"))


def test_later_migrations_find_the_tables() -> None:
    state = migrated([CreateTables([LETTER, ANSWER])])
    assert state.apps.get_model("base", "Answer")._meta.get_field("letter").is_relation


def test_it_is_written_into_a_migration_as_it_is() -> None:
    name, arguments, named = CreateTables([LETTER]).deconstruct()
    assert (name, named) == ("CreateTables", {})
    assert arguments == [[LETTER]]
