"""The pages of briefings against axe in a real browser, for makers and for readers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from reports.briefings.models.briefings import Briefing
from tests.browser.accessibility import Walk
from tests.factories.briefings import HOUR, approved, drafted, invited, now, published
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def pages(briefing: Briefing, *names: str) -> list[str]:
    return [reverse(f"reports:{name}", args=[briefing.public_id]) for name in names]


def test_pages_of_makers_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    at = now() - 2 * HOUR
    draft = drafted(cast, at=at, until=at + DAY, attachment=True)
    overdue = approved(cast, at=at, until=at + HOUR, attachment=True)
    invited(cast, overdue, cast.council_member, at=at, accepted=True)
    writer = ("briefing_work", "briefing_edit", "briefing_preview", "briefing_makers")
    about = ("briefing_readers", "briefing_readings", "briefing_emergency", "briefing_attachments")
    addresses = [reverse("reports:briefings"), reverse("reports:briefing_new")]
    addresses += [*pages(draft, *writer), *pages(overdue, *writer, *about)]
    assert Walk(browser, live_server.url, cast.adviser).problems(addresses) == []
    approver = Walk(browser, live_server.url, cast.region_alderman)
    assert approver.problems(pages(draft, "briefing_approve")) == []
    publisher = Walk(browser, live_server.url, cast.second_adviser)
    assert publisher.problems(pages(overdue, "briefing_publish")) == []


def test_pages_of_readers_and_of_the_log_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    at = now() - 2 * HOUR
    before = approved(cast, at=at, until=at + DAY)
    within = approved(cast, at=at, until=at + DAY, attachment=True)
    after = published(cast, at=at, until=at + HOUR)
    invited(cast, before, cast.council_member, at=at)
    invited(cast, within, cast.council_member, at=at, accepted=True)
    addresses = [reverse("reports:briefings")]
    for briefing in (before, within, after):
        addresses += pages(briefing, "briefing")
    assert Walk(browser, live_server.url, cast.council_member).problems(addresses) == []
    log = [reverse("reports:briefing_log")]
    assert Walk(browser, live_server.url, cast.privacy_officer).problems(log) == []
