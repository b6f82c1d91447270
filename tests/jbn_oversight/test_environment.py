"""The environment is read in one place, and refused with a sentence that repeats no value."""

from __future__ import annotations

from pathlib import Path

import pytest

from jbn_oversight.env import Environment, MisconfiguredError, database_settings


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
