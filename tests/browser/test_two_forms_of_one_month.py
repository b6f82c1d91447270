"""Two people, or two tabs, type the staffing of one month: both see it, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cases.models import StaffingReturn
from cases.returns.selectors import figures_of, standing
from jbn_oversight.accounts.models import User
from tests.browser.accessibility import WIDTHS, Walk, axe_problems
from tests.certification.test_returns_overwrite_nothing import approved_in_full
from tests.certification.test_typed_staffing import deliver
from tests.factories.deliveries import FIRST
from tests.factories.people import Cast, institution, region

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ADDRESS = reverse("certification:staffing_return", args=["jbn", "drenthe", "2025-01"])
FIELD = "[name=other-filled_fte]"


def opened(browser: Browser, live_server: LiveServer, user: User) -> Page:
    page = Walk(browser, live_server.url, user).context().new_page()
    page.goto(f"{live_server.url}{ADDRESS}")
    return page


def press(page: Page, act: str) -> str:
    with page.expect_navigation():
        page.click(f"main button[name=act][value={act}]")
    return page.locator("main").inner_text()


def counting() -> dict[str, dict[str, str]]:
    version = standing(institution(), region("drenthe"), FIRST).version
    assert version is not None
    return figures_of(version)


def test_one_cell_of_an_approved_month_is_corrected_by_two_people(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    approved_in_full(cast)
    before = counting()
    page = opened(browser, live_server, cast.contract_manager)
    page.fill(FIELD, "99")
    assert "Ingediend" in press(page, "submit")
    other = opened(browser, live_server, cast.second_contract_manager)
    press(other, "approve")
    after = counting()
    assert after["other"].pop("filled_fte") == "99"
    del before["other"]["filled_fte"]
    assert after == before
    for one in (page, other):
        one.context.close()


@pytest.mark.parametrize("second", ["contract_manager", "second_contract_manager"])
def test_the_second_to_save_sees_both_and_chooses(
    browser: Browser, live_server: LiveServer, cast: Cast, second: str
) -> None:
    one = opened(browser, live_server, cast.contract_manager)
    two = opened(browser, live_server, getattr(cast, second))
    one.fill(FIELD, "5")
    press(one, "save")
    two.fill(FIELD, "7,5")
    said = press(two, "submit")
    assert "zijn veranderd sinds u de pagina opende" in said
    assert "nu: 5" in said
    assert two.input_value(FIELD) == "7,5"
    for width in WIDTHS:
        two.set_viewport_size({"width": width, "height": 900})
        assert axe_problems(two) == []
        assert two.evaluate("document.documentElement.scrollWidth") <= width
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "5"}}
    press(two, "save")
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "7,5"}}
    for page in (one, two):
        page.context.close()


def test_a_delivery_between_opening_and_saving_is_shown(
    browser: Browser, live_server: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    page = opened(browser, live_server, cast.contract_manager)
    page.fill(FIELD, "7,5")
    deliver(tmp_path / "d", with_rows=True)
    said = press(page, "save")
    assert "nu: 4,4" in said
    with page.expect_navigation():
        page.get_by_role("link", name="Laten staan wat er nu staat").click()
    assert page.input_value(FIELD) == "4,4"
    assert not StaffingReturn.objects.exists()
    page.context.close()
