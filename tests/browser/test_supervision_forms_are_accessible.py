"""Every page and form of supervision against axe in a real browser, wide and narrow.

The addresses come from the URL configuration, so that a new page is walked too. Forms that
record something new are sent empty as well, to see how they say what is wrong.
"""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.clock import utc_now
from tests.browser.accessibility import WIDTHS, Walk, axe_problems
from tests.factories.people import Cast
from tests.factories.supervision import supervised
from tests.reports.crawl import patterns, supervision_values

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FORM = "main form[method=post]:has(input:not([type=hidden]), select, textarea)"
EMPTIED = """(form) => {
  for (const one of form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (["checkbox", "radio"].includes(one.type)) one.checked = false;
    else one.value = "";
  }
  for (const one of form.querySelectorAll("select")) one.value = "";
  form.submit();
}"""
"""Sends the first form of the page without what the browser would hold back."""
RECORDING = ("/new/", "/add/", "/import/", "/load/", "/judge/", "/lift/", "/report/")


def pages(client: Client) -> list[str]:
    """Each address of supervision that gives this person a page."""
    found = []
    values = supervision_values()
    for pattern in patterns():
        if pattern.form.startswith("oversight/") and not pattern.form.endswith((".pdf", ".xlsx")):
            for url in pattern.filled(values):
                response = client.get(url)
                if response.status_code == 200 and "text/html" in response["Content-Type"]:
                    found.append(url)
                    break
    return found


def test_pages_and_forms_of_supervision_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    supervised(cast, at=utc_now())
    client = Client()
    client.force_login(cast.adviser)
    addresses = pages(client)
    assert len(addresses) > 55
    context = Walk(browser, live_server.url, cast.adviser).context()
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    found: list[str] = []
    sent = 0
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        found += [f"{address}: {problem}" for problem in _problems(page)]
        form = page.locator(FORM).first
        if address.endswith(RECORDING) and form.count():
            with page.expect_navigation():
                form.evaluate(EMPTIED)
            sent += 1
            found += [f"{address} with errors: {problem}" for problem in _problems(page)]
    context.close()
    assert not found + said, "\n".join(found + said)
    assert sent > 15


def _problems(page: Page) -> list[str]:
    """What axe says and whether the page overflows, at both widths, without loading it again."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {problem}" for problem in axe_problems(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"at {width}: the page is {wide} pixels wide")
    return found
