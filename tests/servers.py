"""PostgreSQL servers of a test's own, which it may fill, break and stop."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

DEBIAN: Final = Path("/usr/lib/postgresql/15/bin")


@dataclass
class Server:
    """A running server."""

    url: str
    log: Path

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True)


def _as_postgres(*command: str) -> list[str]:
    if os.geteuid():
        return [*command]
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def debian_server(settings: Sequence[str] = ()) -> Iterator[Server]:
    """Debian's PostgreSQL 15, with settings as its command takes them.

    Not below pytest's directory, which is closed to the account that the server runs under.
    """
    directory, port = Path(tempfile.mkdtemp(prefix="jbn-server-")), free_port()
    directory.chmod(0o755)
    data = directory / "database"
    data.mkdir()
    if not os.geteuid():
        shutil.chown(data, "postgres", "postgres")
    control = [str(DEBIAN / "pg_ctl"), "-D", str(data), "-w"]
    initdb = [str(DEBIAN / "initdb"), "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    _run(*_as_postgres(*initdb, "-U", "portal", "-D", str(data)))
    options = ("-c", "listen_addresses=127.0.0.1", "-c", f"port={port}", "-c", "fsync=off")
    place = ("-c", f"unix_socket_directories={data}")
    words = " ".join(f"'{part}'" for part in (*options, *place, *settings))
    _run(*_as_postgres(*control, "-l", str(data / "log"), "-o", words, "start"))
    try:
        yield Server(f"postgresql://portal@127.0.0.1:{port}/postgres", data / "log")
    finally:
        stop(data)
        shutil.rmtree(directory, ignore_errors=True)


def stop(data: Path) -> None:
    """Stop Debian's server as a failing machine does; stopping it again is no harm."""
    command = _as_postgres(str(DEBIAN / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    subprocess.run(command, cwd="/", check=False, capture_output=True, timeout=60)


def _run(*command: str) -> None:
    # A server keeps what it is given as output, so it gets nothing to hold on to.
    subprocess.run(
        command,
        cwd="/",
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
