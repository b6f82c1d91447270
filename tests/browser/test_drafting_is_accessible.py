"""The pages of who writes a briefing against axe in a real browser, with and without script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions import comments, sections
from reports.briefings.writing.actions.sections import TypedText
from tests.browser.accessibility import Walk
from tests.factories.briefings import HOUR, approved, now
from tests.factories.people import Cast
from tests.factories.results import DRENTHE, GRONINGEN, WHOLE, result, run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT = """In september kreeg [[cijfer: contact_5wd | drenthe | 2025-09]] van de jeugdigen op tijd
een eerste contact.

[[tabel: contact_5wd, plan_6w | regio's, instelling | 2025-09]]

[[grafiek: contact_5wd | regio's | 2025-09]]

Meer staat in [[cijfer: fout | drenthe | 2025-09]]."""


def written(cast: Cast) -> tuple[Briefing, Section]:
    """An approved briefing that is written in again, with comments and two texts of a section."""
    at = now() - 2 * HOUR
    by = run(at=at - timedelta(days=9))
    for place, part in ((GRONINGEN, 700), (DRENTHE, 350), (WHOLE, 1050)):
        result(by, "contact_5wd", place, part, part * 2, norm=100)
    briefing = approved(cast, at=at, until=at + timedelta(days=1))
    section = briefing.sections.get(position=0)
    typed = TypedText("Situatie", TEXT, section.revision)
    section = sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    said = comments.comment_on(
        section=section, quoted="op tijd", text="Wat is op tijd?", at=at, by=cast.region_alderman
    )
    comments.reply(comment=said, text="Vijf werkdagen.", at=at, by=cast.adviser)
    sections.keep_copy(
        section=section, typed=TypedText("Situatie", "Mijn tekst", 1), at=at, by=cast.adviser
    )
    return briefing, section


def test_pages_of_writers_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    briefing, section = written(cast)
    other = briefing.sections.get(position=1)
    addresses = [
        reverse("reports:briefing_section", args=[briefing.public_id, one.public_id])
        for one in (section, other)
    ]
    addresses += [
        reverse(f"reports:{name}", args=[briefing.public_id])
        for name in ("briefing_edit", "briefing_comments", "briefing_compare", "briefing_preview")
    ]
    assert Walk(browser, live_server.url, cast.adviser).problems(addresses) == []
    without = Walk(browser, live_server.url, cast.adviser, javascript=False).context().new_page()
    without.goto(f"{live_server.url}{addresses[1]}")
    without.fill("textarea[name=text]", "Zonder script.")
    without.click("button[value=preview]")
    assert "Zonder script." in without.inner_text("#preview")


def test_what_is_typed_is_kept_and_shown_by_itself(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    briefing, _section = written(cast)
    other = briefing.sections.get(position=1)
    page = Walk(browser, live_server.url, cast.adviser).context().new_page()
    url = reverse("reports:briefing_section", args=[briefing.public_id, other.public_id])
    page.goto(f"{live_server.url}{url}")
    page.fill("textarea[name=text]", "Een **nieuwe** tekst. ")
    page.locator("button[data-insert]").first.click()
    page.wait_for_selector("#preview strong:text('nieuwe')")
    page.locator("#kept").filter(has_text="bewaard om").wait_for()
    copy = other.working_copies.get(user=cast.adviser)
    assert copy.text.startswith("Een **nieuwe** tekst. ")
    assert len(copy.text) > 30
    other.refresh_from_db()
    assert "nieuwe" not in other.text
