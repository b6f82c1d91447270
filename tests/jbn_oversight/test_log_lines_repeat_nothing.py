"""What breaks is logged by kind and place, never in its own words."""

from __future__ import annotations

import logging
import sys

import pytest

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


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        (
            "/account/password/reset/key/1-d2n4vw-0123456789abcdef0123456789abcdef/",
            "/account/password/reset/key/.../",
        ),
        ("/briefings/Zilvervos_Zilvervos-12/work/publish/", "/briefings/.../work/publish/"),
        ("/briefings/fact%2Dcheck/Zilvervos_Zilvervos-12/", "/briefings/fact%2Dcheck/.../"),
        ("/briefings/?q=Zilvervos", "/briefings/?..."),
        ("/oversight/jbn/side-by-side/themes/", "/oversight/jbn/side-by-side/themes/"),
    ],
)
def test_no_part_of_an_address_that_may_be_a_key_is_logged(address: str, logged: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "at %s", (address,), None)
    assert WordlessFormatter("%(message)s").format(record) == f"at {logged}"
