"""An administrator sets up a region, a municipality and an institution with the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import Role
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)
from tests.browser.accessibility import Walk, axe_problems
from tests.factories.people import region, with_role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 390)


KEPT = (InstitutionTask, MunicipalityRegion, Municipality, Institution, Region)


@pytest.fixture
def _put_back(transactional_db: None) -> Iterator[None]:
    """Organisations stay when a test cleans up after itself: take away what this one adds."""
    before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in KEPT}
    yield
    for model in KEPT:
        model._default_manager.exclude(pk__in=before[model]).delete()


@pytest.mark.usefixtures("_put_back")
@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_sets_up_an_institution_elsewhere(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    user = with_role("Bea Heer", Role.ADMINISTRATOR, region("drenthe"))
    context = Walk(browser, live_server.url, user).context()
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/organisation/")
    page.get_by_role("link", name="Organisaties beheren").first.click()
    page.get_by_role("link", name="Voeg een regio toe").click()
    page.get_by_label("Naam", exact=True).fill("Fryslân")
    page.get_by_label("Code in adressen").fill("Fryslan")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Gebruik alleen kleine letters")
    assert not axe_problems(page)
    page.get_by_label("Code in adressen").fill("fryslan")
    page.get_by_label("Andere namen").fill("Friesland\nSociaal Domein Fryslân")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fryslân")
    assert not axe_problems(page)
    page.get_by_role("link", name="Voeg een gemeente toe").click()
    page.get_by_label("Naam", exact=True).fill("De Fryske Marren")
    page.get_by_label("CBS-code").fill("GM1940")
    page.get_by_label("De gemeente bestaat sinds").fill("2015-01-01")
    page.get_by_label("Regio", exact=True).select_option(label="Fryslân")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De Fryske Marren")
    assert not axe_problems(page)
    page.goto(f"{live_server.url}/organisation/manage/institutions/")
    page.get_by_role("link", name="Voeg een instelling toe").click()
    page.get_by_label("Naam", exact=True).fill("Bescherming Fryslân")
    page.get_by_label("Code in adressen").fill("bf")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Voeg een taak toe").click()
    page.get_by_label("Taak", exact=True).select_option("certified_institution")
    page.get_by_label("Regio", exact=True).select_option(label="Fryslân")
    page.get_by_label("Van", exact=True).fill("2015-01-01")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("1 januari 2015")
    for kind in ("regions", "municipalities", "institutions", "authorities"):
        page.goto(f"{live_server.url}/organisation/manage/{kind}/")
        assert not axe_problems(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, kind
    assert Region.objects.get(slug="fryslan").aliases == ["Friesland", "Sociaal Domein Fryslân"]
    marren = Municipality.objects.get(cbs_code="GM1940")
    assert (marren.sort_name, marren.regions.get().region.slug) == ("Fryske Marren, De", "fryslan")
    assert Institution.objects.get(code="bf").tasks.get().region.slug == "fryslan"
