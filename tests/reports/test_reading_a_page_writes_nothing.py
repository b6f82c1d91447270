"""Looking changes nothing: a page that is read writes the reading log and the visit, no more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.factories.people import Cast
from tests.reports.test_crawl import addresses, make_secrets, visitor

pytestmark = pytest.mark.django_db
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
VISIT = {
    "base_counters": "rates of attempts, counted by the cache",
    "clock_check_wrongclock": "a clock that was found wrong, beside the answer",
    "django_session": "the visit itself",
    "reports_addressmiss": "guessing, counted beside the answer",
    "reports_guessingalarm": "guessing, told beside the answer",
    "reports_overduenotice": "what this process saw overdue, noted beside the answer",
    "reports_personalcopy": "the code of a file that went out: part of the reading log",
    "reports_readinglog": "the reading log",
}
"""Tables that a visit may write, each with the reason."""
SEEN_BY_ALL = ("region_alderman", "contract_manager", "administrator")
"""Each of these opens much the same pages once more: with the browser's tests."""
PEOPLE = [
    "adviser",
    "council_member",
    *(pytest.param(who, marks=pytest.mark.slow) for who in SEEN_BY_ALL),
]


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_writes_more_than_the_reading_log_and_the_visit(
    client: Client, cast: Cast, who: str
) -> None:
    secrets = make_secrets(cast)
    visitor(client, cast, who)
    written: dict[str, set[str]] = defaultdict(set)
    here = ""

    def note(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if found := WRITES.match(sql):
            written[found[1]].add(here)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        for url in addresses(secrets):
            here = url
            assert client.get(url).status_code < 500, url
    assert {table: urls for table, urls in written.items() if table not in VISIT} == {}
