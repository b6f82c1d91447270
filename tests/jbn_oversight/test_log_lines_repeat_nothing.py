"""What breaks is logged by kind and place, never in its own words."""

from __future__ import annotations

import logging
import sys

import pytest
from celery import Celery
from django.conf import settings
from django.db import OperationalError

from jbn_oversight.log_lines import LONGEST_LINE, WordlessFormatter, without_keys
from jbn_oversight.public_id import new_public_id

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
    "form",
    [
        "Not Found: /briefings/{}/",
        "Not Found: /briefings/{}/work/versions/{}/pdf/",
        "Forbidden (Referer checking failed): /public/{}/",
        "Internal Server Error: /account/sign-in/?next=%2Fbriefings%2F{}%2F",
        "Internal Server Error: /account/sign-in/?next=/briefings/{}/",
        "Invalid HTTP request line: 'GET /briefings/{} HTTP/9'",
        "Error handling request GET /briefings/fact-check/{}/",
        "Not Found: /account/password/reset/key/1k-{}/",
        "Received unregistered task: body was: '[[\"{}\"], {{}}, {{}}]'",
        "Task reports.publish['{}'] raised",
    ],
)
def test_a_line_names_no_key_wherever_it_stands(form: str) -> None:
    for key in (new_public_id(), "abcdefghijklmnopqrstuV", "0123456789abcdef0123456789abcdef"):
        line = without_keys(form.format(key, key))
        assert key not in line
        assert line.startswith(form[:12])


def test_a_place_in_the_code_stays_readable() -> None:
    place = "/portal/.venv/lib/python3.13/site-packages/django/core/handlers/exception.py:55"
    assert without_keys(f"  {place} convert_exception_to_response").endswith(
        f"{place} convert_exception_to_response"
    )


def line_of(message: object, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", logging.ERROR, "", 0, message, args, info)
    return WordlessFormatter("%(message)s").format(record)


def test_an_exception_in_a_message_is_named_by_its_kind() -> None:
    error = ValueError(f"Failing row contains ({SECRET})")
    for line in (
        line_of("it broke: %r", error),
        line_of("it broke: %s", error),
        line_of(error),
        line_of(f"it broke: {error}", error=error),
        line_of(f"it broke: {error!r}", error=error),
    ):
        assert SECRET not in line
        assert "builtins.ValueError" in line


def test_what_another_formatter_left_on_a_record_is_not_printed() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "it broke", None, None)
    record.exc_text = f"ValueError: {SECRET}"
    record.stack_info = f"here: {SECRET}"
    assert WordlessFormatter("%(message)s").format(record) == "it broke"


def test_a_message_has_a_length() -> None:
    assert len(line_of("Invalid HTTP_HOST header: %r", "a." * 4000)) < LONGEST_LINE + 10


def test_a_server_that_is_away_takes_a_line_for_each_kind_and_no_places() -> None:
    try:
        try:
            raise ConnectionError(SECRET)
        except ConnectionError as error:
            raise OperationalError(SECRET) from error
    except OperationalError as error:
        lines = line_of("it broke", error=error).splitlines()
    kinds = ["django.db.utils.OperationalError", "builtins.ConnectionError"]
    assert lines == ["it broke", *kinds]


def deep(number: int) -> None:
    if number:
        deep(number - 1)
    raise ValueError(SECRET)


def test_a_deep_failure_takes_a_handful_of_lines() -> None:
    try:
        deep(300)
    except ValueError as error:
        lines = line_of("it broke", error=error).splitlines()
    assert len(lines) < 12


def test_celery_names_a_failed_task_without_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    app = Celery(broker="memory://", set_as_current=False)
    app.log.setup(loglevel="INFO")  # asks the portal how to log
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    assert any(isinstance(one, WordlessFormatter) for one in formatters)
    assert not logging.getLogger("celery.task").handlers

    @app.task(name="break")  # type: ignore[untyped-decorator]
    def broken(key: str) -> None:
        raise ValueError(f"Failing row contains ({SECRET} {key})")

    broken.apply(args=[f"{SECRET}-key"])
    said = capsys.readouterr().err
    assert "break" in said
    assert "ValueError" in said
    assert SECRET not in said


def test_every_handler_of_the_portal_prints_wordless_lines() -> None:
    handlers = settings.LOGGING["handlers"].values()
    assert {one["formatter"] for one in handlers} == {"line"}
    assert settings.LOGGING["formatters"]["line"]["()"].endswith(WordlessFormatter.__name__)


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
