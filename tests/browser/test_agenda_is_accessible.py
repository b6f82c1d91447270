"""The agenda in a real browser: against WCAG, on a phone, and by keyboard alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.clock import amsterdam_day
from tests.audits.plans_cast import make_action
from tests.browser.accessibility import Walk
from tests.factories.briefings import approved, now
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AGENDA = reverse("reports:agenda", args=["jbn"])
DAY = timedelta(days=1)


@pytest.fixture
def dates(cast: Cast) -> None:
    """Something late, something that comes, and a briefing."""
    at = now()
    make_action(cast.adviser, owner=cast.institution, due_on=amsterdam_day(at - DAY))
    make_action(cast.adviser, title="Een andere", due_on=amsterdam_day(at + DAY))
    approved(cast, at=at, until=at + 40 * DAY, window=at + DAY)


@pytest.mark.usefixtures("dates")
def test_the_agenda_has_no_violation(browser: Browser, live_server: LiveServer, cast: Cast) -> None:
    for user in (cast.adviser, cast.institution):
        addresses = [AGENDA, AGENDA + "?kind=action", AGENDA + "?on=2020-01-01"]
        assert Walk(browser, live_server.url, user).problems(addresses) == []


@pytest.mark.usefixtures("dates")
def test_a_kind_is_chosen_by_keyboard_without_script(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    context = Walk(browser, live_server.url, cast.adviser, javascript=False).context()
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + AGENDA)
    page.get_by_label("Soort").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agenda/?kind=action")
    assert page.get_by_role("link", name="Een andere").is_visible()
    assert not page.get_by_text("embargo").count()
    context.close()
