"""Migrations work out no more models than they need, and do what Django's own steps do."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from jbn_oversight.database import AppsWhenAsked, RunOnRows, Together
from jbn_oversight.files.storage import store

pytestmark = pytest.mark.django_db

NOTE = migrations.AddField("region", "note", models.CharField(max_length=9, default="none"))
LENGTH = migrations.AddConstraint(
    "region", models.CheckConstraint(condition=~models.Q(note=""), name="region_note")
)
PLACE = migrations.CreateModel(
    "Place",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("region", models.ForeignKey("organisations.Region", models.PROTECT)),
    ],
)
NAME = migrations.AddField("place", "name", models.CharField(max_length=9))


@pytest.fixture(scope="module")
def early() -> ProjectState:
    """The models as an early migration leaves them: few, so that working them out is quick."""
    state = MigrationLoader(None).project_state(("organisations", "0002_reference"))
    assert isinstance(state, ProjectState)
    return state


def migrated(before: ProjectState, *operations: Operation) -> tuple[ProjectState, ProjectState]:
    """The states between which a migration of the organisations takes these steps, forwards."""
    state, both = before.clone(), before.clone()
    state.apps = AppsWhenAsked(state)
    for operation in operations:
        both = state.clone()
        operation.state_forwards("organisations", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("organisations", editor, both, state)
    return both, state


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {
            column.name for column in connection.introspection.get_table_description(cursor, table)
        }


def constraints(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


def worked_out(state: ProjectState) -> bool:
    return state.apps.waiting is None if isinstance(state.apps, AppsWhenAsked) else True


def test_steps_change_the_table_and_work_out_none_of_the_other_models(
    early: ProjectState,
) -> None:
    before, after = migrated(early, Together([NOTE, LENGTH]))
    assert "note" in columns("organisations_region")
    assert "region_note" in constraints("organisations_region")
    assert not worked_out(before)
    assert not worked_out(after)


def test_steps_are_undone_in_the_other_order(early: ProjectState) -> None:
    step = Together([NOTE, LENGTH])
    before, after = migrated(early, step)
    with connection.schema_editor() as editor:
        step.database_backwards("organisations", editor, after, before)
    assert "note" not in columns("organisations_region")
    assert "region_note" not in constraints("organisations_region")


def test_a_table_is_made_as_it_stands_in_the_end(early: ProjectState) -> None:
    migrated(early, Together([PLACE, NAME]))
    assert columns("organisations_place") == {"id", "region_id", "name"}


def test_a_step_that_says_nothing_of_it_finds_the_models_of_before(
    early: ProjectState,
) -> None:
    _, after = migrated(early, Together([PLACE]), NAME)
    assert "name" in columns("organisations_place")
    place = after.apps.get_model("organisations", "Place")
    assert place._meta.get_field("region").related_model is after.apps.get_model(
        "organisations", "Region"
    )


def test_what_others_point_to_is_changed_with_all_of_them(early: ProjectState) -> None:
    key = migrations.AlterField("region", "id", models.IntegerField(primary_key=True))
    with connection.cursor() as cursor:
        # Rows that wait for their constraint would be in the way.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    before, _ = migrated(early, Together([key]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type FROM information_schema.columns "
            "WHERE table_name = 'organisations_municipalityregion' AND column_name = 'region_id'"
        )
        assert cursor.fetchone() == ("integer",)
    assert worked_out(before)


def test_models_that_wait_are_copied_waiting(early: ProjectState) -> None:
    waiting = AppsWhenAsked(early)
    copy = waiting.clone()
    assert copy.get_model("organisations", "Region")
    assert waiting.waiting is not None
    # What the copy is changed by, the first never hears of.
    copy.render_multiple([ModelState("organisations", "Spot", [], bases=(models.Model,))])
    with pytest.raises(LookupError, match="spot"):
        waiting.get_model("organisations", "spot")


@pytest.mark.parametrize("rows", [0, 1])
def test_code_for_rows_is_asked_where_there_are_rows(early: ProjectState, rows: int) -> None:
    for _ in range(rows):
        store(b"bytes", content_type="text/plain", name="notes.txt")
    asked = []
    step = RunOnRows(
        "files_storedfile",
        lambda apps, editor: asked.append(apps.get_model("organisations", "Region")),
    )
    before, _ = migrated(early, step)
    assert len(asked) == rows
    assert worked_out(before) is bool(rows)
