"""An administrator sets up a region, a municipality and an institution with the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import Role
from jbn_oversight.organisations.models import Institution, Municipality, Region
from tests.browser.accessibility import problems
from tests.factories.people import region, with_role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 390)


def opened(browser: Browser, live_server: LiveServer, width: int) -> Page:
    """A page of a signed-in administrator."""
    client = Client()
    client.force_login(with_role("Bea Heer", Role.ADMINISTRATOR, region("drenthe")))
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
    cookie = client.cookies["sessionid"]
    context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": live_server.url}]
    )
    return context.new_page()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_sets_up_an_institution_elsewhere(
    browser: Browser, live_server: LiveServer, width: int, tmp_path: Path
) -> None:
    page = opened(browser, live_server, width)
    page.goto(f"{live_server.url}/organisation/")
    page.get_by_role("link", name="Organisaties beheren").first.click()
    page.get_by_role("link", name="Voeg een regio toe").click()
    page.get_by_label("Naam", exact=True).fill("Fryslân")
    page.get_by_label("Code in adressen").fill("Fryslan")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Gebruik alleen kleine letters")
    assert not problems(page)
    page.get_by_label("Code in adressen").fill("fryslan")
    page.get_by_label("Andere namen").fill("Friesland\nSociaal Domein Fryslân")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fryslân")
    assert not problems(page)
    page.get_by_role("link", name="Voeg een gemeente toe").click()
    page.get_by_label("Naam", exact=True).fill("De Fryske Marren")
    page.get_by_label("CBS-code").fill("GM1940")
    page.get_by_label("De gemeente bestaat sinds").fill("2015-01-01")
    page.get_by_label("Regio", exact=True).select_option(label="Fryslân")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De Fryske Marren")
    assert not problems(page)
    page.goto(f"{live_server.url}/organisation/institutions/")
    page.get_by_role("link", name="Voeg een instelling toe").click()
    page.get_by_label("Naam", exact=True).fill("Bescherming Fryslân")
    page.get_by_label("Code in adressen").fill("bf")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Voeg een taak toe").click()
    page.get_by_label("Regio", exact=True).select_option(label="Fryslân")
    page.get_by_label("Vanaf", exact=True).fill("2015-01-01")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("1 januari 2015")
    for kind in ("regions", "municipalities", "institutions", "authorities"):
        page.goto(f"{live_server.url}/organisation/{kind}/")
        assert not problems(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, kind
    assert Region.objects.get(slug="fryslan").aliases == ["Friesland", "Sociaal Domein Fryslân"]
    marren = Municipality.objects.get(cbs_code="GM1940")
    assert (marren.sort_name, marren.regions.get().region.slug) == ("Fryske Marren, De", "fryslan")
    assert Institution.objects.get(code="bf").tasks.get().region.slug == "fryslan"
