"""Certificate and supervision against axe in a real browser, full and empty."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import Walk
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def addresses(*days: str) -> list[str]:
    return [f"{reverse('audits:timeline', args=['jbn'])}?on={day}" for day in days]


def test_the_page_has_no_violation(browser: Browser, live_server: LiveServer, cast: Cast) -> None:
    record_public_facts()
    walk = Walk(browser, live_server.url, cast.alderman)
    assert walk.problems(addresses("2025-06-05", "2025-08-20", "2025-09-30")) == []


def test_the_page_has_no_violation_in_english_and_empty(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    cast.alderman.language = "en"
    cast.alderman.save(update_fields=["language"])
    walk = Walk(browser, live_server.url, cast.alderman)
    assert walk.problems(addresses("2025-09-30")) == []
