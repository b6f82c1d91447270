"""System checks that ask the database: ``manage.py check --database default`` and ``migrate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from jbn_oversight.quiet_database import ASKED, statements, telling


@checks.register(checks.Tags.database)
def check_database_log(
    app_configs: Sequence[Any] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[checks.CheckMessage]:
    """Whether the server would write in its log what the portal asks of it."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(ASKED)]
            )
            wrong = telling(cursor.fetchall())
        if wrong:
            found.append(
                checks.Warning(
                    "The database server writes in its log what the portal stores: "
                    + ", ".join(wrong),
                    hint="As its administrator: " + "; ".join(statements()),
                    id="jbn_oversight.W001",
                )
            )
    return found
