"""Migrations run once: each test process copies its database from a migrated template.

The template is named after all that migrations could read, so anyone who changes the product gets
a new one, and a run after that copies it in a second.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from jbn_oversight.organisations.reference import load

PRODUCT = ("jbn_oversight", "cases", "certification", "audits", "reports")
PREFIX = "template_jbn_oversight_"
LOCK = 20_250_930
"""Of PostgreSQL, so that the first process makes the template and the others wait for it."""


def template_name() -> str:
    """The name of a template that this very product migrated with this very Python."""
    root = settings.BASE_DIR
    files = [path for app in PRODUCT for path in (root / app).rglob("*") if path.is_file()]
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(path for path in files if path.suffix not in {".pyc", ".po", ".mo"}):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    digest.update((root / "requirements.lock").read_bytes())
    return PREFIX + digest.hexdigest()[:20]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> None:
    """Make the template where there is none, and let Django copy it."""
    if django_db_keepdb and not django_db_createdb:
        return  # the database that is kept is brought up to date by itself
    connection = connections["default"]
    name = template_name()
    with django_db_blocker.unblock(), _alone(connection) as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        there = [row[0] for row in cursor.fetchall()]
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
            _migrate(connection, f"{PREFIX}in_the_making")
            cursor.execute(f'ALTER DATABASE "{PREFIX}in_the_making" RENAME TO "{name}"')
    connection.settings_dict["TEST"]["TEMPLATE"] = name


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """A cursor beside the tests' databases, while no other process has one."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor


def _migrate(connection: BaseDatabaseWrapper, name: str) -> None:
    """A fresh database of that name with everything in it that migrations make."""
    main, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        load(apps)  # what migrations no longer bring, and nearly every test stands on
    finally:
        connection.close()
        connection.settings_dict["NAME"] = main
        connection.settings_dict["TEST"]["NAME"] = test
