"""A fact check as its outsider has it: one link, a browser, and no account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.factcheck.models import FactCheckAnswer
from tests.factories.briefings import HOUR, drafted, now
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_browser_sends_the_answer_and_tells_the_link_to_nobody(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    at = now() - HOUR
    briefing = drafted(cast, at=at, until=now() + timedelta(days=5))
    _check, secret = factcheck.send(
        briefing=briefing,
        outsider=factcheck.Outsider("Bestuurder Buiten", "Instelling", "buiten@test.example"),
        keys=[passages_of(briefing, at)[0].key],
        lasts=timedelta(days=2),
        show_title=False,
        request="",
        at=at,
        by=cast.adviser,
    )
    told: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: told.append(request.headers.get("referer", "")))
    page.goto(live_server.url + reverse("reports:fact_check", args=[secret]))
    page.check("input[type=radio][value=yes]")
    with page.expect_navigation():  # the page first asks whether its form can still be sent
        page.click("main form button.utrecht-button--primary-action")
    kept = FactCheckAnswer.objects.filter(correct=True).count()
    words = page.inner_text("main")
    page.close()
    assert kept == 1, words
    assert not any(secret in address for address in told)
