"""What somebody types is never lost: signed out, offline, two at once, two tabs, a slow portal.

Each as its user does it, in a browser. What is on the screen is never thrown away by an answer,
and nobody is shown a text that is not theirs to choose between.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import User
from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.factcheck.models import FactCheckAnswer
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import Comment, SectionDraft
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.sections import TypedText
from tests.browser.accessibility import Walk
from tests.factories.briefings import HOUR, drafted, mandate_of, now
from tests.factories.people import PASSWORD, Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TEXT = "textarea[name=text] >> nth=0"
SAVE = "button[value=save]"
DONE = ".utrecht-alert--ok >> text=Opgeslagen"
AGAIN = "U bent opnieuw ingelogd: klik hier om verder te gaan"


class Desk:
    """A writer at a section, in a browser of their own."""

    def __init__(self, browser: Browser, server: str, cast: Cast) -> None:
        self.server, self.cast, self.browser = server, cast, browser
        self.briefing = two_writers(cast)
        self.section = self.briefing.sections.get(position=0)
        self.context = Walk(browser, server, cast.adviser).context()
        self.page = self.open()

    def address(self, name: str = "briefing_section", section: Section | None = None) -> str:
        parts = [self.briefing.public_id, (section or self.section).public_id]
        return self.server + reverse(f"reports:{name}", args=parts)

    def open(self, context: BrowserContext | None = None) -> Page:
        page = (context or self.context).new_page()
        page.set_default_timeout(30_000)
        page.goto(self.address())
        return page

    def copy(self) -> SectionDraft | None:
        return SectionDraft.objects.filter(section=self.section, user=self.cast.adviser).first()

    def saved(self) -> str:
        self.section.refresh_from_db()
        return self.section.text

    def colleague_saves(self, text: str) -> None:
        self.section.refresh_from_db()
        typed = TypedText(self.section.heading, text, self.section.revision)
        by = self.cast.municipal_adviser
        sections.save_section(section=self.section, typed=typed, at=now(), by=by)

    def sign_out(self) -> Page:
        """In another tab, with the button of the page."""
        other = self.context.new_page()
        other.goto(self.server + reverse("accounts:what_may_i_do"))
        other.click("form[action$='sign-out/'] button")
        if other.locator("main form[action$='sign-out/'] button").count():
            other.click("main form[action$='sign-out/'] button")
        other.wait_for_url("**/sign-in/**")
        return other

    def sign_in(self, page: Page, user: User) -> None:
        page.fill("input[name=login]", user.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url(lambda url: "sign-in" not in url)


def two_writers(cast: Cast) -> Briefing:
    at = now()
    briefing = drafted(cast, at=at, until=at + timedelta(days=1))
    return makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=cast.second_adviser,
        co_writers=[cast.municipal_adviser],
        at=at,
        by=cast.adviser,
    )


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Desk]:
    made = Desk(browser, live_server.url, cast)
    yield made
    made.context.close()


def is_kept(page: Page) -> None:
    expect(page.locator("#kept")).to_contain_text("bewaard om", timeout=30_000)


def test_what_was_saved_is_no_conflict_when_a_colleague_goes_on(desk: Desk) -> None:
    page = desk.page
    page.fill(TEXT, "Van mij, net getypt.")
    page.click(SAVE)  # within the two seconds of the autosave
    page.wait_for_selector(DONE)
    page.wait_for_timeout(3_000)
    assert desk.saved() == "Van mij, net getypt."
    assert desk.copy() is None
    desk.colleague_saves("Van een collega.")
    page.goto(desk.address())
    assert page.input_value(TEXT) == "Van een collega."
    assert "Iemand anders heeft dit onderdeel opgeslagen" not in page.inner_text("main")


def test_an_open_page_on_which_nothing_is_typed_makes_no_working_copy(desk: Desk) -> None:
    page = desk.page
    page.fill(TEXT, "Eerst dit.")
    is_kept(page)
    page.click(SAVE)
    page.wait_for_selector(DONE)
    desk.colleague_saves("Van een collega.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.close(run_before_unload=True)
    assert desk.copy() is None


def test_saving_waits_for_the_autosave_that_is_under_way(desk: Desk) -> None:
    page, slow = desk.page, []

    def hold(route: Route) -> None:
        slow.append(route.request.post_data)
        page.wait_for_timeout(1_500)
        route.continue_()

    page.route("**/keep/", hold)
    page.fill(TEXT, "Een begin")
    page.wait_for_timeout(2_200)
    page.fill(TEXT, "Een begin en een eind.")
    page.click(SAVE)
    page.wait_for_selector(DONE)
    page.wait_for_timeout(2_500)
    assert slow
    assert desk.saved() == "Een begin en een eind."
    assert desk.copy() is None


def test_signing_out_and_in_again_elsewhere_says_so_and_goes_on(desk: Desk) -> None:
    other = desk.sign_out()
    desk.sign_in(other, desk.cast.adviser)
    desk.page.bring_to_front()
    desk.page.fill(TEXT, "Getypt na opnieuw inloggen.")
    desk.page.click(f"text={AGAIN}")
    is_kept(desk.page)
    found = desk.copy()
    assert found is not None
    assert found.text == "Getypt na opnieuw inloggen."
    desk.page.click(SAVE)
    desk.page.wait_for_selector(DONE)
    assert desk.saved() == "Getypt na opnieuw inloggen."


def test_who_is_signed_out_while_writing_is_told_in_place_and_loses_nothing(desk: Desk) -> None:
    page = desk.page
    desk.context.clear_cookies(name="sessionid")
    page.fill(TEXT, "Getypt toen de sessie voorbij was.")
    page.wait_for_selector("text=U bent uitgelogd")
    page.click(SAVE)
    page.wait_for_timeout(1_000)
    assert page.url == desk.address(), "no answer took the text away"
    with page.expect_popup() as opened:
        page.click("text=Log opnieuw in")
    desk.sign_in(opened.value, desk.cast.adviser)
    page.bring_to_front()
    page.click(f"text={AGAIN}")
    is_kept(page)
    assert page.input_value(TEXT) == "Getypt toen de sessie voorbij was."
    page.click(SAVE)
    page.wait_for_selector(DONE)
    assert desk.saved() == "Getypt toen de sessie voorbij was."


def test_saving_with_an_old_token_saves_and_shows_no_refusal(desk: Desk) -> None:
    other = desk.sign_out()
    desk.sign_in(other, desk.cast.adviser)
    desk.page.bring_to_front()
    desk.page.fill(TEXT, "Meteen opgeslagen.")
    desk.page.click(SAVE)
    desk.page.wait_for_selector(DONE)
    assert desk.saved() == "Meteen opgeslagen."


def test_nothing_is_saved_under_the_name_of_another_person(desk: Desk) -> None:
    before = desk.saved()
    other = desk.sign_out()
    desk.sign_in(other, desk.cast.municipal_adviser)
    desk.page.bring_to_front()
    desk.page.fill(TEXT, "Van Daan, niet van Femke.")
    desk.page.wait_for_selector("text=Iemand anders is in deze browser ingelogd")
    desk.page.click(SAVE)
    desk.page.wait_for_timeout(1_000)
    assert desk.page.input_value(TEXT) == "Van Daan, niet van Femke."
    assert desk.saved() == before
    assert not SectionDraft.objects.exists()
    # In the same tab that other person does not find it either.
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.goto(desk.address())
    assert desk.page.input_value(TEXT) == before


def test_the_network_may_be_away_for_a_while(desk: Desk) -> None:
    page = desk.page
    desk.context.set_offline(True)
    page.fill(TEXT, "Zonder netwerk getypt.")
    page.wait_for_selector("text=Niet bewaard: geen verbinding")
    page.click(SAVE)
    page.wait_for_timeout(500)
    assert page.input_value(TEXT) == "Zonder netwerk getypt."
    page.type(TEXT, " En verder.")
    desk.context.set_offline(False)
    is_kept(page)
    found = desk.copy()
    assert found is not None
    assert "En verder." in found.text


def test_a_page_closed_without_network_asks_first_and_a_reload_brings_the_text_back(
    desk: Desk,
) -> None:
    page = desk.page
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    desk.context.set_offline(True)
    page.fill(TEXT, "Bijna weg.")
    page.wait_for_selector("text=Niet bewaard: geen verbinding")
    page.route("**/keep/", lambda route: route.abort())
    desk.context.set_offline(False)
    page.reload()
    assert asked == ["beforeunload"]
    assert page.input_value(TEXT) == "Bijna weg."
    assert "Het staat weer in het formulier" in page.inner_text("#section-form")
    page.unroute("**/keep/")
    page.type(TEXT, "!")
    is_kept(page)


def test_a_page_that_is_left_at_once_sends_what_was_typed(desk: Desk) -> None:
    desk.page.fill(TEXT, "Nog net.")
    desk.page.goto(desk.server + reverse("accounts:what_may_i_do"))
    desk.page.wait_for_timeout(1_000)
    found = desk.copy()
    assert found is not None
    assert found.text == "Nog net."
    desk.page.go_back()
    expect(desk.page.locator(TEXT)).to_have_value("Nog net.")


def test_one_person_in_two_tabs_loses_neither_text(desk: Desk) -> None:
    first, second = desk.page, desk.open()
    first.bring_to_front()
    first.fill(TEXT, "Tekst uit het eerste tabblad.")
    is_kept(first)
    second.bring_to_front()
    second.fill(TEXT, "Tekst uit het tweede tabblad.")
    second.wait_for_selector("text=U hebt op een andere pagina ook een tekst")
    second.click(SAVE)
    second.wait_for_selector(DONE)
    assert desk.saved() == "Tekst uit het tweede tabblad."
    found = desk.copy()
    assert found is not None
    assert found.text == "Tekst uit het eerste tabblad."
    first.bring_to_front()
    first.click(SAVE)
    first.wait_for_selector("text=Beide teksten zijn bewaard")
    words = first.inner_text("main")
    assert "Tekst uit het eerste tabblad." in words
    assert "Tekst uit het tweede tabblad." in words


def test_two_people_at_once_see_both_texts(desk: Desk) -> None:
    desk.page.fill(TEXT, "Van de een.")
    is_kept(desk.page)
    desk.colleague_saves("Van de ander.")
    desk.page.click(SAVE)
    desk.page.wait_for_selector("text=Beide teksten zijn bewaard")
    words = desk.page.inner_text("main")
    assert "Van de een." in words
    assert "Van de ander." in words
    assert desk.saved() == "Van de ander."


def test_a_section_that_is_gone_leaves_the_text_on_the_screen(desk: Desk) -> None:
    extra = sections.add_section(
        briefing=desk.briefing, heading="Extra", after=None, at=now(), by=desk.cast.adviser
    )
    desk.page.goto(desk.address(section=extra))
    sections.remove_section(
        section=extra, revision=extra.revision, at=now(), by=desk.cast.municipal_adviser
    )
    desk.page.fill(TEXT, "Voor een onderdeel dat weg is.")
    desk.page.click(SAVE)
    desk.page.wait_for_selector("text=Dit onderdeel is er niet meer")
    assert desk.page.input_value(TEXT) == "Voor een onderdeel dat weg is."


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(Object.entries(window.sessionStorage))"))


def test_signing_out_leaves_nothing_in_any_tabs_storage(desk: Desk) -> None:
    page = desk.page
    page.route("**/keep/", lambda route: route.abort())
    page.fill(TEXT, "Onder embargo.")
    page.wait_for_timeout(300)
    assert "Onder embargo." in stored(page)
    other = desk.sign_out()
    page.wait_for_timeout(500)
    for one in (page, other):
        assert "Onder embargo." not in stored(one)
    page.bring_to_front()
    page.type(TEXT, " Nog meer.")
    assert "Onder embargo." not in stored(page)
    assert page.evaluate("window.localStorage.length") == 0


def test_a_comment_typed_when_the_session_was_over_is_not_lost(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.server + reverse("reports:briefing_comments", args=[desk.briefing.public_id]))
    page.click("details.jbn-details summary >> nth=0")
    form = page.locator("details.jbn-details[open] form")
    form.locator("textarea").fill("Klopt dit wel?")
    desk.context.clear_cookies(name="sessionid")
    form.locator("button").click()
    page.wait_for_selector("text=U bent uitgelogd")
    assert form.locator("textarea").input_value() == "Klopt dit wel?"
    with page.expect_popup() as opened:
        page.click("text=Log opnieuw in")
    desk.sign_in(opened.value, desk.cast.adviser)
    page.bring_to_front()
    page.click(f"text={AGAIN}")
    page.wait_for_load_state()
    page.wait_for_selector("text=Uw opmerking staat erbij")
    assert Comment.objects.get().text == "Klopt dit wel?"
    assert "Klopt dit wel?" not in stored(page)


def test_a_comment_that_is_refused_stands_in_the_form_again(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.server + reverse("reports:briefing_comments", args=[desk.briefing.public_id]))
    page.click("details.jbn-details summary >> nth=0")
    form = page.locator("details.jbn-details[open] form")
    form.locator("textarea").fill("Over 111222333 moet dit weg.")
    form.locator("button.utrecht-button").first.click()
    page.wait_for_load_state()
    assert not Comment.objects.exists()
    again = page.locator("form:has(.jbn-kept) textarea")
    expect(again).to_have_value("Over 111222333 moet dit weg.")


def test_an_outsider_with_an_old_token_sends_the_answer(
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
    context = browser.new_context()
    page = context.new_page()
    page.goto(live_server.url + reverse("reports:fact_check", args=[secret]))
    page.check("input[type=radio][value=no]")
    page.fill("main textarea", "Dit cijfer klopt niet.")
    context.clear_cookies()
    page.route("**/here/", lambda route: route.abort())
    page.click("main form button.utrecht-button--primary-action")
    page.wait_for_selector("text=Niet verstuurd: geen verbinding")
    page.unroute("**/here/")
    assert page.input_value("main textarea") == "Dit cijfer klopt niet."
    page.click("main form button.utrecht-button--primary-action")
    page.wait_for_selector("text=Uw antwoorden zijn bewaard")
    assert FactCheckAnswer.objects.get().text == "Dit cijfer klopt niet."
    assert "klopt niet" not in stored(page)
    context.close()
