"""Planning, sharing, fact checks, the calendar and records against axe in a real browser."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import User
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning import actions as planning
from tests.browser.accessibility import Walk
from tests.factories.briefings import HOUR, approved, now, published
from tests.factories.people import Cast
from tests.factories.surroundings import shared_and_announced, surrounded

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def pages(briefing: Briefing, *names: str) -> list[str]:
    return [reverse(f"reports:{name}", args=[briefing.public_id]) for name in names]


def around(cast: Cast, briefing: Briefing) -> str:
    """A plan with something done, an announcement, parties, a rule that runs, and a link."""
    at = now() - timedelta(minutes=30)
    link = surrounded(cast, briefing, "voorbeeld", at=at)
    planning.finish_step(
        step=briefing.plan_steps.get(), note="Per telefoon", at=at, by=cast.adviser
    )
    shared_and_announced(cast, briefing, at=at)
    return link


def test_what_surrounds_a_briefing_has_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + 2 * DAY)
    link = around(cast, briefing)
    out = published(cast, at=at - DAY, until=at)
    work = ("briefing_plan", "briefing_press", "briefing_sharing", "briefing_fact_checks")
    councils = [reverse("reports:chronology", args=["GM0106"]), reverse("reports:councils")]
    outsider = [reverse("reports:fact_check", args=[link]), reverse("reports:calendar")]
    seen: list[tuple[User | None, list[str]]] = [
        (cast.adviser, [*pages(briefing, *work), *pages(out, "briefing_plan"), *councils]),
        (cast.institution, pages(briefing, "press_release")),
        (cast.clerk, pages(briefing, "pass_on")),
        (cast.council_member, [councils[0], reverse("reports:calendar")]),
        (cast.privacy_officer, [reverse("reports:records")]),
        (None, outsider),
    ]
    for somebody, addresses in seen:
        walk = Walk(browser, live_server.url, somebody)
        _pictures(walk, addresses, live_server.url)
        assert walk.problems(addresses) == []


def _pictures(walk: Walk, addresses: list[str], url: str) -> None:
    """Pictures of the pages, wide and narrow, where somebody asks for them."""
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    context = walk.context()
    page = context.new_page()
    for address in addresses:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url + address)
            name = address.strip("/").replace("/", "_")[-40:]
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    context.close()
