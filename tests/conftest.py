"""What every test can use: a real PostgreSQL and the same cast of people everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.databases import django_db_modify_db_settings
from tests.factories.people import Cast, make_cast
from tests.no_skips import pytest_make_collect_report, pytest_runtest_makereport
from tests.programs import pytest_sessionstart
from tests.workers import redis_url, workshop

__all__ = [
    "django_db_modify_db_settings",
    "pytest_make_collect_report",
    "pytest_runtest_makereport",
    "pytest_sessionstart",
    "redis_url",
    "workshop",
]

REFERENCE = (
    "organisations_",
    "statutory_days_",
    "audits_plantheme",
    "django_content_type",
    "auth_permission",
)
"""Tables that are full from the start: they stay when a transactional test cleans up."""
NORMS = "certification_norm"
"""Full too, but its name begins that of the frameworks, which tests bring and take away."""


@pytest.fixture(scope="session", autouse=True)
def _cleaning_up_passes_insert_only_tables() -> Iterator[None]:
    """Let the clean-up between transactional tests empty tables that refuse it to everybody.

    As the replica role no trigger fires, that of a foreign key neither; only the clean-up
    statement itself gets it. Deleting a few rows takes a tenth of truncating all tables.
    """
    original = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **options):  # type: ignore[no-untyped-def]
        emptied = [
            f"DELETE FROM {self.quote_name(table)}"
            for table in tables
            # Histories point at people, who go.
            if not (table == NORMS or table.startswith(REFERENCE)) or "_historical" in table
        ]
        return ["SET LOCAL session_replication_role = replica", "; ".join(emptied)]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.sql_flush = original  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of every story, one of each role and a few strangers."""
    return make_cast()


@pytest.fixture(autouse=True)
def _no_broker_failed_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that a message could not be sent in an earlier test."""
    monkeypatch.setattr("jbn_oversight.celery._quiet_until", 0.0)
