"""The pages of readers, and of those who look after them, against axe in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import Membership
from reports.briefings.guessing import actions as misses
from reports.briefings.models.briefings import Briefing
from reports.briefings.public_pages.selectors import public_page_of
from reports.briefings.questions import actions as questions
from reports.briefings.readers import actions as readers
from tests.browser.accessibility import Walk, axe_problems
from tests.factories.briefings import HOUR, approved, invited, now, published
from tests.factories.people import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def within(cast: Cast) -> Briefing:
    """Under embargo, with readers, questions, a proposal and an alarm."""
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + DAY, attachment=True)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    invited(cast, briefing, cast.clerk, at=at)
    seen = Briefing.objects.visible_to(cast.council_member, now()).get(pk=briefing.pk)
    for text in ("Hoeveel gezinnen wachten er?", "Wie betaalt dat?"):
        asked = questions.ask(briefing=seen, text=text, at=now(), by=cast.council_member)
    reply = questions.answer(question=asked, text="De gemeenten.", at=now(), by=cast.adviser)
    questions.give_out(answer=reply, at=now(), by=cast.second_adviser)
    outsider = Membership.objects.get(user=cast.other_council_member)
    readers.add_readers(briefing=briefing, mandates=[outsider], at=now(), by=cast.adviser)
    for guess in range(10):
        misses.note_miss(
            path=f"/briefings/guess-{guess}/", address="192.0.2.4", user=None, at=now()
        )
    return briefing


def test_pages_about_readers_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    briefing = within(cast)
    at = now() - 2 * HOUR
    out = published(cast, at=at, until=at + HOUR, public=True)
    of_one = {
        name: reverse(f"reports:{name}", args=[briefing.public_id])
        for name in ("briefing", "briefing_readers", "briefing_questions")
    }
    watched = [reverse("reports:briefing_whose_copy"), reverse("reports:briefing_alarms")]
    walks = (
        (cast.council_member, [of_one["briefing"], reverse("reports:briefings")]),
        (cast.adviser, [of_one["briefing_readers"], of_one["briefing_questions"]]),
        (cast.second_adviser, [of_one["briefing_readers"]]),
        (cast.clerk, [reverse("reports:briefing_council_readings")]),
        (cast.privacy_officer, watched),
        (None, [reverse("reports:public_page", args=[public_page_of(out).key])]),
    )
    for somebody, pages in walks:
        assert Walk(browser, live_server.url, somebody).problems(pages) == [], somebody


def test_who_is_new_is_shown_without_a_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    briefing = within(cast)
    context = Walk(browser, live_server.url, cast.adviser).context()
    page = context.new_page()
    address = reverse("reports:briefing_readers", args=[briefing.public_id])
    page.goto(f"{live_server.url}{address}?place=GM0106")
    page.locator("button[name=whole]").click()
    assert page.locator("h1").inner_text() == "Kijk wie er nieuw is"
    assert axe_problems(page) == []
    context.close()
