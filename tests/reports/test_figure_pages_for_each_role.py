"""Pages with figures: who gets which, and what stands on them."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import KpiResult
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import add_months
from tests.factories.people import Cast
from tests.factories.results import (
    ASSEN,
    DRENTHE,
    EMMEN,
    GRONINGEN,
    RECORDED_AT,
    SEPTEMBER,
    WHOLE,
    result,
    run,
)
from tests.reading_pages import words_of

pytestmark = pytest.mark.django_db
WITH_FIGURES = {
    "alderman", "region_alderman", "other_alderman", "adviser", "second_adviser",
    "municipal_adviser", "contract_manager", "second_contract_manager",
    "municipal_contract_manager", "groningen_contract_manager", "institution",
}  # fmt: skip
ADDRESSES = (
    reverse("reports:overview", args=["jbn"]),
    reverse("reports:figures", args=["jbn"]),
    reverse("reports:kpi", args=["jbn", "contact_5wd"]),
    reverse("reports:kpi_csv", args=["jbn", "contact_5wd"]),
)
KPI = f"{ADDRESSES[2]}?on=2025-09-30"
CSV = f"{ADDRESSES[3]}?on=2025-09-30"


@pytest.fixture
def contact() -> None:
    """First contact in September: a small number in Drenthe, larger ones elsewhere."""
    by = run()
    result(by, "contact_5wd", WHOLE, 33, 80, norm=100)
    result(by, "contact_5wd", GRONINGEN, 30, 50, norm=100)
    result(by, "contact_5wd", DRENTHE, 3, 30, norm=100)
    result(by, "contact_5wd", ASSEN, 2, 17, norm=100)
    result(by, "contact_5wd", EMMEN, 1, 13, norm=100)


def page(user: User, address: str) -> str:
    """What somebody gets at an address."""
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def lines(text: str) -> dict[str, dict[str, str]]:
    """The CSV's lines of September, by place."""
    rows = csv.DictReader(io.StringIO(text))
    return {row["scope_code"]: row for row in rows if row["period"] == "2025-09"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_roles_that_may_see_figures_do(cast: Cast, address: str) -> None:
    for name, user in cast.everyone().items():
        client = Client()
        client.force_login(user)
        expected = 200 if name in WITH_FIGURES else 404
        assert client.get(address).status_code == expected, name


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_signing_in_there_is_only_the_way_to_sign_in(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert f"{reverse('account_login')}?next=" in answer.content.decode()


def test_another_institution_or_indicator_is_not_there(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alderman)
    assert client.get(reverse("reports:overview", args=["other"])).status_code == 404
    assert client.get(reverse("reports:kpi", args=["jbn", "nothing"])).status_code == 404


@pytest.mark.parametrize("day", ["2025-13-01", "yesterday", "0001-01-01", "9999-12-31"])
def test_an_address_with_what_is_no_day_is_not_there(cast: Cast, day: str) -> None:
    client = Client()
    client.force_login(cast.alderman)
    assert client.get(f"{ADDRESSES[0]}?on={day}").status_code == 404


@pytest.mark.usefixtures("contact")
def test_an_alderman_sees_both_regions_protected_and_no_municipality(cast: Cast) -> None:
    seen = lines(page(cast.alderman, CSV))
    assert set(seen) == {"jbn", "groningen", "drenthe"}
    assert seen["jbn"]["numerator"] == "33"
    for code in ("groningen", "drenthe"):
        assert (seen[code]["numerator"], seen[code]["denominator"], seen[code]["value"]) == (
            "",
            "",
            "",
        )
        assert seen[code]["verdict"] == ""


@pytest.mark.usefixtures("contact")
def test_a_contract_manager_sees_the_own_region_and_its_municipalities_exactly(
    cast: Cast,
) -> None:
    seen = lines(page(cast.contract_manager, CSV))
    assert seen["drenthe"]["numerator"] == "3"
    assert seen["GM0106"]["numerator"] == "2"
    assert seen["GM0114"]["numerator"] == "1"
    other = lines(page(cast.groningen_contract_manager, CSV))
    assert other["groningen"]["numerator"] == "30"
    assert other["drenthe"]["numerator"] == other["jbn"]["numerator"] == ""
    assert not {"GM0106", "GM0114"} & set(other)


@pytest.mark.usefixtures("contact")
def test_a_municipal_contract_manager_sees_the_own_municipality_only(cast: Cast) -> None:
    seen = lines(page(cast.municipal_contract_manager, CSV))
    assert seen["GM0106"]["numerator"] == "2"
    assert seen["drenthe"]["numerator"] == ""
    assert "GM0114" not in seen


@pytest.mark.usefixtures("contact")
def test_the_institution_sees_all_its_own_figures_exactly(cast: Cast) -> None:
    seen = lines(page(cast.institution, CSV))
    assert {seen[code]["numerator"] for code in ("jbn", "groningen", "drenthe", "GM0106")} == {
        "33",
        "30",
        "3",
        "2",
    }


def test_a_figure_of_one_region_stands_under_that_region(cast: Cast) -> None:
    by = run()
    result(by, "vt_triage_5wd", WHOLE, 61, 80)
    result(by, "vt_triage_5wd", GRONINGEN, 61, 80)
    shown = page(cast.alderman, f"{ADDRESSES[1]}?on=2025-09-30")
    row = shown.split("/vt_triage_5wd/", 1)[1].split("</tr>", 1)[0]
    cells = [words_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
    assert len(cells) == shown.split("</thead>", 1)[0].count("<th ") - 1
    drenthe, groningen = cells[1:3]
    assert drenthe == "–"
    assert "61" in groningen


@pytest.mark.usefixtures("contact")
def test_the_page_and_its_chart_show_no_more_than_the_csv(cast: Cast) -> None:
    text = page(cast.alderman, KPI)
    assert "33 van 80" in text
    for hidden in ("3 van 30", "30 van 50", "10,0%", "60,0%"):
        assert hidden not in text


@pytest.mark.usefixtures("contact")
def test_the_csv_is_in_the_language_of_the_page_and_its_codes_are_english(cast: Cast) -> None:
    dutch = page(cast.alderman, CSV)
    cast.alderman.language = "en"
    cast.alderman.save(update_fields=["language"])
    english = page(cast.alderman, CSV)
    assert dutch.splitlines()[0] == english.splitlines()[0]
    assert lines(dutch)["jbn"]["verdict"] == lines(english)["jbn"]["verdict"] == "not_met"
    assert lines(dutch)["jbn"]["name"] != lines(english)["jbn"]["name"]


@pytest.mark.usefixtures("contact")
def test_a_page_speaks_for_the_day_in_its_address(cast: Cast) -> None:
    assert "Stand per 30 september 2025" in page(cast.alderman, KPI)
    before = page(cast.alderman, f"{ADDRESSES[2]}?on=2025-09-29")
    assert "33 van 80" not in before


@pytest.mark.usefixtures("contact")
def test_a_page_can_show_what_was_known_on_a_day(cast: Cast) -> None:
    later = RECORDED_AT + timedelta(days=30)
    rows = KpiResult.objects.filter(scope_code="jbn")
    rows.update(superseded_at=later)
    result(run(at=later), "contact_5wd", WHOLE, 40, 80, norm=100)
    assert "40 van 80" in page(cast.alderman, KPI)
    assert "33 van 80" in page(cast.alderman, f"{KPI}&known=2025-10-10")
    assert "33 van 80" not in page(cast.alderman, f"{KPI}&known=2025-10-01")


def test_without_figures_the_pages_say_what_will_stand_there(cast: Cast) -> None:
    for address in ADDRESSES[:3]:
        assert "Er zijn nog geen cijfers" in page(cast.alderman, address) or (
            "Er is nog geen cijfer" in page(cast.alderman, address)
        )


@pytest.mark.usefixtures("contact")
def test_the_dashboard_answers_in_its_first_line(cast: Cast) -> None:
    by = run()
    for back in range(6, 7):
        month: date = add_months(SEPTEMBER, -back)
        result(by, "plan_6w", WHOLE, 50, 50, month=month, norm=100)
    text = page(cast.alderman, f"{ADDRESSES[0]}?on=2025-09-30")
    assert "0 van de 1 norm wordt gehaald, dat waren er in maart 1." in text
