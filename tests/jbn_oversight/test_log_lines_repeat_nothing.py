"""What breaks is logged by kind and place, never in its own words."""

from __future__ import annotations

import logging
import sys

from jbn_oversight.log_lines import WordlessFormatter

SECRET = "Zilvervos"


def _fail() -> None:
    try:
        raise ValueError(f"Failing row contains ({SECRET})")
    except ValueError as error:
        raise RuntimeError(f"and so {SECRET}") from error


def test_an_exception_is_logged_by_kind_and_place_alone() -> None:
    try:
        _fail()
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "it broke", None, sys.exc_info())
    line = WordlessFormatter("%(message)s").format(record)
    assert SECRET not in line
    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
    assert "_fail" in line
