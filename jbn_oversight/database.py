"""What only the database can promise, and the tables that an app starts with."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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
    """Make a table insert-only by trigger, no matter who writes and however.

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


class CreateTables(Operation):
    """The tables of an app, all of one state: for an initial migration, and for no other.

    One by one, Django would work out every model again for each table that points at people,
    which for some three hundred tables takes a minute.
    """

    reversible = False

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = list(tables)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """As a migration file writes it."""
        return (type(self).__name__, [self.tables], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Know all tables, and let the models be worked out when they are first asked for."""
        state.is_delayed = True
        state.clear_delayed_apps_cache()
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables; their foreign keys come when all are there."""
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What ``migrate`` prints."""
        return f"{len(self.tables)} tables"
