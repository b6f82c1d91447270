"""The reading pages of supervision against axe in a real browser, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.clock import utc_now
from tests.browser.accessibility import Walk
from tests.factories.people import Cast
from tests.factories.supervision import supervised

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READ_BY_ALDERMEN = ("", "certificates/", "audits/", "inspections/", "findings/", "events/")


def test_aldermen_read_pages_of_supervision_without_a_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    supervised(cast, at=utc_now())
    walk = Walk(browser, live_server.url, cast.alderman)
    found = walk.problems([f"/oversight/jbn/{part}" for part in READ_BY_ALDERMEN])
    assert not found, "\n".join(found)
