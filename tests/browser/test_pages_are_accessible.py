"""Every page with figures, and the pages before signing in, against axe in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from certification.indicators.rules.kpis import KPIS
from jbn_oversight.accounts.actions import add_membership
from jbn_oversight.accounts.models import Role
from jbn_oversight.clock import add_months
from tests.browser.accessibility import Walk
from tests.factories.people import SINCE, Cast, municipality
from tests.factories.results import ASSEN, DRENTHE, GRONINGEN, SEPTEMBER, WHOLE, result, run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ON = "?on=2025-09-30"
FIGURES = [
    reverse("reports:overview", args=["jbn"]) + ON,
    reverse("reports:figures", args=["jbn"]) + ON,
    reverse("reports:kpi", args=["jbn", "contact_5wd"]) + ON,
    reverse("reports:kpi", args=["jbn", "waiting_youths"]) + ON,
]


@pytest.fixture
def figures(cast: Cast) -> None:
    """Two years of two indicators, with gaps, small numbers and a municipality."""
    by = run()
    for back in range(24):
        month = add_months(SEPTEMBER, -back)
        if back == 7:
            continue
        for place, share in ((WHOLE, 60), (GRONINGEN, 40), (DRENTHE, 20)):
            small = 2 if back % 5 == 0 and place == DRENTHE else share // 2
            result(by, "contact_5wd", place, small, share, month=month, norm=100, aside=6)
            result(by, "waiting_youths", place, share + back, month=month)
    result(by, "contact_5wd", ASSEN, 3, 14, norm=100)


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("who", ["alderman", "contract_manager", "institution"])
def test_pages_with_figures_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast, who: str
) -> None:
    walk = Walk(browser, live_server.url, cast.everyone()[who])
    assert walk.problems(FIGURES) == []


@pytest.mark.usefixtures("figures")
def test_pages_with_figures_work_in_english_too(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    cast.alderman.language = "en"
    cast.alderman.save(update_fields=["language"])
    assert Walk(browser, live_server.url, cast.alderman).problems(FIGURES) == []


def test_empty_pages_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    assert Walk(browser, live_server.url, cast.alderman).problems(FIGURES[:3]) == []


def test_the_log_of_acts_has_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    add_membership(
        email="nieuw@test.example",
        name="Nieuw Raadslid",
        role=Role.COUNCIL_MEMBER,
        place=municipality("GM0106"),
        from_on=SINCE,
        until_on=None,
        by=cast.clerk,
    )
    walk = Walk(browser, live_server.url, cast.auditor)
    page = reverse("acts:log")
    assert walk.problems([page, f"{page}?who=niemand&from_on=nergens"]) == []


def test_pages_before_signing_in_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    addresses = [
        reverse(name)
        for name in (
            "account_login",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_inactive",
            "about",
            "accessibility",
        )
    ]
    assert Walk(browser, live_server.url).problems([*addresses, "/nothing-here/"]) == []


def test_the_sign_in_form_tells_what_is_wrong_and_then_lets_in(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.click("main button")
    assert page.locator("[role=alert] a").count() == 2
    page.fill("input[name=login]", cast.alderman.email)
    page.fill("input[name=password]", "correct horse battery staple")
    page.keyboard.press("Enter")
    page.wait_for_url("**/overview/jbn/")
    assert page.locator("h1").inner_text().startswith("Overzicht")
    page.close()


def test_the_first_key_skips_to_the_content(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    page = Walk(browser, live_server.url, cast.alderman).context().new_page()
    page.goto(f"{live_server.url}{FIGURES[0]}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_indicator_has_a_page(browser: Browser, live_server: LiveServer, cast: Cast) -> None:
    page = Walk(browser, live_server.url, cast.alderman).context().new_page()
    for code in KPIS:
        answer = page.goto(live_server.url + reverse("reports:kpi", args=["jbn", code]) + ON)
        assert answer is not None
        assert answer.ok, code
