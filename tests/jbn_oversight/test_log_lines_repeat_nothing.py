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


def test_an_address_that_is_a_key_is_logged_without_it() -> None:
    said = "Forbidden (%s): %s", ("CSRF cookie not set.", f"/briefings/fact-check/{SECRET}_-1/")
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "", 0, *said, None)
    line = WordlessFormatter("%(message)s").format(record)
    assert line == "Forbidden (CSRF cookie not set.): /briefings/fact-check/.../"
