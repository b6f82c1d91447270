"""The page on which people choose their mail: against WCAG, on a phone, and by keyboard alone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.notices.rules import Rhythm
from jbn_oversight.notices.selectors import chosen_by
from tests.browser.accessibility import Walk
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MINE = reverse("notices:mine")


def test_the_page_and_the_way_to_it_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    walk = Walk(browser, live_server.url, cast.institution)
    assert walk.problems([MINE, reverse("accounts:what_may_i_do")]) == []


def test_a_rhythm_is_chosen_by_keyboard_on_a_phone_without_script(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    context = Walk(browser, live_server.url, cast.institution, javascript=False).context()
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url)
    page.get_by_role("link", name="Mail die u krijgt").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{MINE}")
    page.get_by_label("één keer per dag").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Uw keuze is opgeslagen.").wait_for()
    assert page.get_by_label("één keer per week").is_checked()
    assert chosen_by(cast.institution)["actions_overdue"] is Rhythm.WEEKLY
    context.close()
