"""What only the database can promise, and migrations that do many things at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    RenameField,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import field_is_referenced, resolve_relation
from django.db.models import Model
from psycopg.sql import SQL, Identifier

_FUNCTION = """
CREATE FUNCTION {table}_insert_only() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    probe {table};
BEGIN
    IF TG_OP = 'UPDATE' THEN
        probe := NEW;
        {reset}
        IF {closing} probe IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '{table}_insert_only',
        MESSAGE = 'rows of {table} are never changed or removed';
END
$body$;
CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_insert_only();
CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_insert_only();
"""

_REVERSE = """
DROP TRIGGER {table}_keep ON {table};
DROP TRIGGER {table}_insert_only ON {table};
DROP FUNCTION {table}_insert_only();
"""


class InsertOnly(migrations.RunSQL):
    """Make a table insert-only by trigger, whoever writes and however.

    ``closes`` names the columns that may once go from empty to filled (``superseded_at``), in
    an update that changes nothing else. UPDATE, DELETE and TRUNCATE are refused with
    ``restrict_violation``, which Django raises as ``IntegrityError``.
    """

    def __init__(self, table: str, *, closes: Sequence[str] = ()) -> None:
        self.table = table
        self.closes = tuple(closes)
        reset = " ".join(f"probe.{column} := OLD.{column};" for column in closes)
        once = " AND ".join(
            f"(OLD.{column} IS NULL OR NEW.{column} IS NOT DISTINCT FROM OLD.{column})"
            for column in closes
        )
        closing = f"{once} AND" if once else "FALSE AND"
        super().__init__(
            sql=_FUNCTION.format(table=table, reset=reset, closing=closing),
            reverse_sql=_REVERSE.format(table=table),
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """As it is written in a migration."""
        return type(self).__qualname__, [self.table], {"closes": self.closes}


PART_OF_A_TABLE: Final = (AddField, AddConstraint, AddIndex)


class AppsWhenAsked(StateApps):
    """The models of a state, worked out when somebody first asks for one.

    ``migrate`` wants to have them ready before each migration. A migration of which all changes
    go ``Together`` never asks, so that they are not worked out for it.
    """

    def __init__(self, state: ProjectState) -> None:
        # Not the parent's: that one works out the models.
        self.waiting: ProjectState | None = ProjectState(
            {key: model.clone() for key, model in state.models.items()}, state.real_apps
        )

    def __getattr__(self, name: str) -> Any:
        """Work out the models for whatever the parent would have set."""
        waiting = vars(self).get("waiting")
        if waiting is None:
            raise AttributeError(name)
        self.waiting = None
        super().__init__(waiting.real_apps, waiting.models)
        return getattr(self, name)

    def clone(self) -> StateApps:
        """A copy that waits as this one does."""
        return AppsWhenAsked(self.waiting) if self.waiting else super().clone()


class Together(Operation):
    """Several operations, for which Django works out only the models that they are about.

    By itself Django works out nearly every model anew before and after each operation that
    touches a relation, which for some hundreds of models and operations takes minutes. The
    operations run in the given order and none may ask for a state that lies between two of them.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """As a migration file writes it."""
        return (type(self).__name__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take all steps, then let the models be worked out when they are first asked for."""
        ready = vars(state).pop("apps", None) is not None
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if ready:
            state.apps = AppsWhenAsked(state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take all steps, in order. A table that is made here is made as it stands in the end."""
        before, after = self._states(app_label, from_state, to_state)
        for operation in self._steps():
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Undo all steps, the last one first."""
        after, before = self._states(app_label, to_state, from_state)
        for operation in reversed(self._steps()):
            operation.database_backwards(app_label, schema_editor, before, after)

    def describe(self) -> str:
        """What ``migrate`` prints."""
        return f"{len(self.operations)} changes together"

    def _steps(self) -> list[Operation]:
        """The operations without those that making the whole table does already."""
        made = {step.name_lower for step in self.operations if isinstance(step, CreateModel)}
        return [
            step
            for step in self.operations
            if not (isinstance(step, PART_OF_A_TABLE) and step.model_name_lower in made)
        ]

    def _states(
        self, app_label: str, before: ProjectState, after: ProjectState
    ) -> tuple[ProjectState, ProjectState]:
        """Both states with no more models than the steps are about and those these point to.

        Whole where a step changes what other models may point to: then they come along.
        """
        about = set()
        for step in self.operations:
            match step:
                case CreateModel():
                    about.add((app_label, step.name_lower))
                case AlterField() if any(
                    field_is_referenced(
                        state, (app_label, step.model_name_lower), (step.name, step.field)
                    )
                    for state in (before, after)
                ):
                    return before, after
                case FieldOperation() | IndexOperation() if not isinstance(step, RenameField):
                    about.add((app_label, step.model_name_lower))
                case RunSQL() | AlterModelOptions():
                    pass
                case SeparateDatabaseAndState() if all(
                    isinstance(part, RunSQL) for part in step.database_operations
                ):
                    pass
                case _:
                    return before, after
        return _only(before, about), _only(after, about)


def _only(state: ProjectState, about: set[tuple[str, str]]) -> ProjectState:
    """A state with these models, and those that they point to, near or far."""
    found: set[tuple[str, str]] = set()
    coming = about & state.models.keys()
    while coming:
        found |= coming
        pointed = {
            resolve_relation(target, *key)
            for key in coming
            for target in _targets(state.models[key])
        }
        coming = (pointed & state.models.keys()) - found
    return ProjectState({key: state.models[key].clone() for key in found}, state.real_apps)


def _targets(model: ModelState) -> Iterator[str | type[Model]]:
    """The models that this one needs to be worked out, as its state names them."""
    for field in model.fields.values():
        if field.remote_field:
            yield field.remote_field.model
            yield from filter(None, [getattr(field.remote_field, "through", None)])
    yield from (base for base in model.bases if isinstance(base, str))


class RunOnRows(migrations.RunPython):
    """Python that treats the rows of a table, and is not asked where the table has none.

    To hand it the models Django works out each of them. Only for code that leaves everything
    as it is when the table is empty; going back leaves everything as well.
    """

    def __init__(
        self, table: str, code: Callable[[StateApps, BaseDatabaseSchemaEditor], None]
    ) -> None:
        self.table = table
        super().__init__(code, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """As a migration file writes it."""
        return (type(self).__qualname__, [self.table, self.code], {})

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Look for a row first."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(self.table)))
            if cursor.fetchone() == (True,):
                super().database_forwards(app_label, schema_editor, from_state, to_state)
