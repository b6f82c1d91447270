"""The environment is read in one place, and refused with a sentence that repeats no value."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from celery import Celery
from redis import Redis

from jbn_oversight.env import BASE_DIR, Environment, MisconfiguredError, database_settings

PASSWORD = "hunter2"
SIGNS = ["/", "#", "?", "@", "%", ":", "[", " ", "$", "\\", "'", '"', "%2F", "é"]


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("", False), ("0", False)]
)
def test_a_flag_is_one_or_nothing(value: str, expected: bool) -> None:
    assert Environment({"DEMO": value}).flag("DEMO") is expected


def test_a_flag_that_is_neither_is_refused_without_its_value() -> None:
    with pytest.raises(MisconfiguredError, match="DEMO must be 1 or 0") as refused:
        Environment({"DEMO": "hunter2"}).flag("DEMO")
    assert "hunter2" not in str(refused.value)


def test_a_variable_that_is_not_listed_is_not_read() -> None:
    with pytest.raises(MisconfiguredError):
        Environment({"SURPRISE": "1"}).text("SURPRISE")


def test_a_number_is_whole() -> None:
    with pytest.raises(MisconfiguredError, match="EMAIL_PORT must be a whole number"):
        Environment({"EMAIL_PORT": "5.5"}).number("EMAIL_PORT", 587)


def test_the_secret_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    environment = Environment({"DATA_DIR": str(tmp_path)})
    assert environment.secret_key() == environment.secret_key()
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_database_url_may_name_a_socket() -> None:
    settings = database_settings("postgresql://portal@:5432/jbn?host=%2Ftmp%2Fsocket")
    assert (settings["HOST"], settings["NAME"], settings["PORT"]) == ("/tmp/socket", "jbn", "5432")


def test_another_database_than_postgresql_is_refused() -> None:
    with pytest.raises(MisconfiguredError, match="postgresql://"):
        database_settings("mysql://somewhere/else")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_password_beside_the_address_may_hold_any_sign(sign: str) -> None:
    password = f" {sign}{PASSWORD}{sign}x {sign}"
    source = Environment({"DATABASE_PASSWORD": password, "EMAIL_HOST_PASSWORD": password})
    url = "postgresql://jbn@postgres:5432/jbn_oversight"
    settings = database_settings(url, source.secret("DATABASE_PASSWORD"))
    assert settings["PASSWORD"] == password
    assert (settings["HOST"], settings["PORT"]) == ("postgres", "5432")
    assert source.secret("EMAIL_HOST_PASSWORD") == password


@pytest.mark.parametrize("before", ["", "123"])
@pytest.mark.parametrize("sign", ["/", "#", "?", "["])
def test_a_password_that_breaks_an_address_is_refused_and_never_printed(
    sign: str, before: str
) -> None:
    login = f"jbn:{before}{sign}{PASSWORD}"
    with pytest.raises(MisconfiguredError, match="DATABASE_URL is not an address") as refused:
        database_settings(f"postgresql://{login}@postgres:5432/jbn_oversight")
    _says_nothing_of_it(refused)
    with pytest.raises(MisconfiguredError, match="REDIS_URL is not an address") as refused:
        Environment({"REDIS_URL": f"redis://{login}@redis:6379/0"}).redis_url()
    _says_nothing_of_it(refused)


@pytest.mark.parametrize("url", [f"mysql://jbn:{PASSWORD}@x/y", PASSWORD, f"jbn:{PASSWORD}@x"])
def test_another_kind_of_address_is_refused_and_never_printed(url: str) -> None:
    with pytest.raises(MisconfiguredError, match="DATABASE_URL must start") as refused:
        database_settings(url)
    _says_nothing_of_it(refused)
    with pytest.raises(MisconfiguredError, match="REDIS_URL must start") as refused:
        Environment({"REDIS_URL": url}).redis_url()
    _says_nothing_of_it(refused)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("EMAIL_PORT", lambda source: source.port("EMAIL_PORT", 587)),
        ("TRUSTED_PROXIES", lambda source: source.number("TRUSTED_PROXIES", 0)),
        ("HTTPS", lambda source: source.flag("HTTPS")),
        ("DEMO_DAY", lambda source: source.day("DEMO_DAY", "2025-09-30")),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_and_never_printed(
    name: str, read: Callable[[Environment], object]
) -> None:
    with pytest.raises(MisconfiguredError, match=f"{name} must be") as refused:
        read(Environment({name: PASSWORD}))
    _says_nothing_of_it(refused)


@pytest.mark.parametrize("port", ["0", "65536", "99999999999"])
def test_a_port_is_one_that_exists(port: str) -> None:
    with pytest.raises(MisconfiguredError, match="EMAIL_PORT must be a port"):
        Environment({"EMAIL_PORT": port}).port("EMAIL_PORT", 587)


def test_a_password_of_redis_with_its_signs_as_numbers_reaches_both_of_its_readers() -> None:
    url = Environment({"REDIS_URL": "redis://:%2F%23%3F%40%25@redis:6379/3"}).redis_url()
    cache = Redis.from_url(url).connection_pool.connection_kwargs
    assert (cache["password"], cache["db"]) == ("/#?@%", 3)
    broker = Celery(broker=url, set_as_current=False).connection()
    assert broker.password == "/#?@%"


def test_what_an_address_says_about_encryption_reaches_the_database() -> None:
    settings = database_settings("postgresql://jbn@db.example/jbn?sslmode=verify-full")
    options = settings["OPTIONS"]
    assert isinstance(options, dict)
    assert options["sslmode"] == "verify-full"


def test_a_database_that_does_not_answer_holds_nobody_for_minutes() -> None:
    options = database_settings("postgresql://jbn@db.example/jbn")["OPTIONS"]
    assert isinstance(options, dict)
    assert int(options["connect_timeout"]) <= 10


def test_what_a_start_with_a_wrong_address_prints_holds_no_password() -> None:
    url = f"postgresql://jbn:123/{PASSWORD}@postgres:5432/jbn_oversight"
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "DATABASE_URL is not an address" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr


def _says_nothing_of_it(refused: pytest.ExceptionInfo[MisconfiguredError]) -> None:
    """Neither by itself nor by what it came from, which a traceback prints as well."""
    assert PASSWORD not in "".join(traceback.format_exception(refused.value))
