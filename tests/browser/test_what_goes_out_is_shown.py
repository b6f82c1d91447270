"""Signing and publishing in a browser: every text, file and reader is there, on a phone too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import User
from reports.briefings.decisions.actions import acts
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from tests.browser.accessibility import Walk
from tests.factories.briefings import HOUR, invited, now
from tests.factories.parted import FILES, SAID, parted, signed, submitted
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}


def opened(
    browser: Browser, server: str, user: User, briefing: Briefing, name: str, phone: bool
) -> Page:
    page = Walk(browser, server, user).context().new_page()
    page.set_viewport_size(PHONE if phone else WIDE)  # type: ignore[arg-type]
    page.goto(server + reverse(f"reports:{name}", args=[briefing.public_id]))
    return page


def seen(page: Page) -> str:
    """What somebody reads who opens each text by its name."""
    for number in range(page.locator("details.jbn-text-out").count()):
        text = page.locator("details.jbn-text-out").nth(number)
        if not text.evaluate("one => one.open"):
            text.locator("> summary").click()
    return page.inner_text("main")


@pytest.mark.parametrize("phone", [True, False])
def test_who_signs_reads_everything_and_signs_it(
    browser: Browser, live_server: LiveServer, cast: Cast, phone: bool
) -> None:
    at = now() - HOUR
    briefing = submitted(cast, parted(cast, at=at, until=now() + DAY, regions=True), at=at)
    page = opened(
        browser, live_server.url, cast.region_alderman, briefing, "briefing_approve", phone
    )
    before = page.inner_text("main")
    for name in ("De tekst voor gemeente Assen", "De tekst voor regio Groningen", *FILES):
        assert name in before, "each is named before anything is opened"
    assert page.locator("details.jbn-text-out[open]").count() == 0, "so many texts stay folded"
    assert [one for one in SAID if one not in seen(page)] == []
    page.check("#confirmed")
    page.click("button:has-text('Deze tekst goedkeuren')")
    page.wait_for_url("**/work/")
    version = Briefing.objects.get().latest_version()
    assert version is not None
    assert version.variants.count() > 10
    assert version.attachments.count() == 3


@pytest.mark.parametrize("phone", [True, False])
def test_who_publishes_reads_everything_and_publishes_it(
    browser: Browser, live_server: LiveServer, cast: Cast, phone: bool
) -> None:
    briefing = signed(cast, at=now() - HOUR, until=now() + DAY)
    page = opened(
        browser, live_server.url, cast.second_adviser, briefing, "briefing_publish", phone
    )
    folded = page.locator("details.jbn-text-out:not([open])").count()
    assert folded == (2 if phone else 0), "few texts stand open where there is room"
    assert [one for one in SAID if one not in seen(page)] == []
    page.check("#confirmed")
    page.click("button:text-is('Publiceren')")
    page.wait_for_url("**/work/")
    assert Briefing.objects.get().published_at is not None


def test_what_changed_while_it_was_on_the_screen_is_shown_again(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    briefing = signed(cast, at=now() - HOUR, until=now() + DAY)
    page = opened(
        browser, live_server.url, cast.second_adviser, briefing, "briefing_publish", False
    )
    invited(cast, briefing, cast.clerk, at=now())
    page.check("#confirmed")
    page.click("button:text-is('Publiceren')")
    page.wait_for_selector("text=Na het openen van deze pagina is dit veranderd: de vroege lezers")
    assert "Mila Griffie" in page.inner_text("main")
    assert Briefing.objects.get().published_at is None
    page.check("#confirmed")
    page.click("button:text-is('Publiceren')")
    page.wait_for_url("**/work/")
    assert Briefing.objects.get().published_at is not None


def test_these_pages_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    at = now() - HOUR
    draft = submitted(cast, parted(cast, at=at, until=now() + DAY), at=at)
    walk = Walk(browser, live_server.url, cast.region_alderman)
    names = ("briefing_approve", "briefing_preview", "briefing_rehearsals")
    addresses = [reverse(f"reports:{name}", args=[draft.public_id]) for name in names]
    assert walk.problems(addresses) == []
    out = signed(cast, at=at, until=now() + DAY)
    acts.propose(
        briefing=out,
        kind=ActKind.ADVANCE,
        reason="Eerder",
        hour=now() + 2 * HOUR,
        at=now(),
        by=cast.region_alderman,
    )
    publisher = Walk(browser, live_server.url, cast.second_adviser)
    pages = [reverse("reports:briefing_publish", args=[out.public_id])]
    pages.append(reverse("reports:briefing_decisions", args=[out.public_id]))
    pages.append(reverse("reports:briefing_propose", args=[out.public_id, "withdraw"]))
    assert publisher.problems(pages) == []
