"""A delivery that waits, in a real browser: against WCAG, on a phone, decided by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cases.models import DeliveryHold, Intake
from tests.browser.accessibility import Walk
from tests.certification.test_deliveries_that_wait import HALF, delivery, run
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_institution_lets_it_through_on_a_phone_by_keyboard(
    browser: Browser, live_server: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    assert run(delivery().folder(tmp_path / "one"))[0] == 0
    assert run(delivery(HALF).folder(tmp_path / "half"))[0] == 3
    attempt = Intake.objects.latest("pk").public_id
    pages = [
        reverse("certification:intake", args=[attempt]),
        reverse("reports:held_delivery", args=[attempt]),
    ]
    walk = Walk(browser, live_server.url, cast.institution)
    assert walk.problems(pages) == []
    context = walk.context()
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + pages[0])
    page.get_by_role("main").get_by_role("link", name="Bekijk wat er zou veranderen").click()
    page.screenshot(path=str(tmp_path / "held.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_label("Ja, dit klopt").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Zij zijn overgedragen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{pages[0]}")
    assert page.get_by_text("De levering telt mee").is_visible()
    assert DeliveryHold.objects.get().reason == "Zij zijn overgedragen."
    assert walk.problems(pages) == []
    context.close()
