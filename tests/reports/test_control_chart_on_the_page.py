"""The control chart on the page of an indicator: in words, for each role, with its phases."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import ChartPhase
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import add_months
from tests.factories.people import Cast
from tests.factories.results import DRENTHE, GRONINGEN, SEPTEMBER, WHOLE, result, run

pytestmark = pytest.mark.django_db
PAGE = reverse("reports:kpi", args=["jbn", "contact_5wd"])
ON = f"{PAGE}?on=2025-09-30"
PHASE = {
    "act": "set_phase",
    "phase-starts_month": "2024-10-01",
    "phase-reason": "vaste duo's in alle teams",
}


@pytest.fixture
def years() -> None:
    """Two years around 50%, then a year around 80%."""
    by = run()
    for back in range(36):
        month = add_months(SEPTEMBER, -back)
        met = (80 if back < 12 else 50) + back % 2
        result(by, "contact_5wd", WHOLE, met, 100, month=month, norm=100)


@pytest.fixture
def few() -> None:
    """Eight months in which Drenthe has a small number."""
    by = run()
    for back in range(8):
        month = add_months(SEPTEMBER, -back)
        result(by, "contact_5wd", WHOLE, 33, 80, month=month, norm=100)
        result(by, "contact_5wd", GRONINGEN, 30, 50, month=month, norm=100)
        result(by, "contact_5wd", DRENTHE, 3, 30, month=month, norm=100)


def client(user: User) -> Client:
    """Somebody who is signed in."""
    signed = Client()
    signed.force_login(user)
    return signed


def page(user: User, address: str = ON) -> str:
    """What somebody gets at an address."""
    return client(user).get(address).content.decode()


@pytest.mark.usefixtures("years")
def test_the_page_says_in_words_what_the_chart_shows(cast: Cast) -> None:
    text = page(cast.alderman)
    assert "Schommelt het of verandert het?" in text
    assert "Meer dan de helft van de maanden valt op" in text
    assert "Zoals het nu gaat, wordt de norm van 100% niet gehaald." in text
    assert "haalt de norm steeds niet" in text
    assert "Maanden die opvallen: oktober 2022: slechter: onder de ondergrens" in text
    assert "Beter: boven de bovengrens" in text


@pytest.mark.usefixtures("years")
def test_who_may_begin_a_phase_reads_which_months_ask_for_one(cast: Cast) -> None:
    asked = "Het cijfer lijkt blijvend veranderd: begin een nieuwe fase"
    assert asked in page(cast.adviser)
    assert asked not in page(cast.alderman)


@pytest.mark.usefixtures("years")
def test_the_dashboard_says_what_the_chart_says(cast: Cast) -> None:
    overview = f"{reverse('reports:overview', args=['jbn'])}?on=2025-09-30"
    assert "1 cijfer verbetert en er verslechtert er geen." in page(cast.alderman, overview)
    client(cast.adviser).post(ON, PHASE)
    assert "verbetert en er" not in page(cast.alderman, overview)


@pytest.mark.usefixtures("years")
def test_a_phase_splits_the_chart_and_its_reason_stands_beside_it(cast: Cast) -> None:
    answer = client(cast.adviser).post(ON, PHASE)
    assert answer.status_code == 302
    phase = ChartPhase.objects.get()
    assert (phase.scope, phase.scope_code, phase.set_by) == ("institution", "jbn", cast.adviser)
    assert phase.starts_month == date(2024, 10, 1)
    text = page(cast.alderman)
    assert "De waarde schommelt binnen de grenzen" in text
    assert "vaste duo&#x27;s in alle teams" in text
    assert "vastgelegd door Daan Adviseur" in text
    assert "fase 2" in text


@pytest.mark.usefixtures("years")
def test_few_months_in_a_phase_are_told_as_trial_limits_and_then_as_too_few(cast: Cast) -> None:
    client(cast.adviser).post(ON, {**PHASE, "phase-starts_month": "2024-12-01"})
    assert "Voorlopige grenzen: er zijn 10 maanden" in page(cast.alderman)
    client(cast.adviser).post(ON, {**PHASE, "phase-starts_month": "2025-06-01"})
    assert "Er zijn te weinig maanden met een cijfer" in page(cast.alderman)


@pytest.mark.usefixtures("years")
def test_only_who_may_sees_and_uses_the_form(cast: Cast) -> None:
    may = {"adviser", "second_adviser", "contract_manager", "second_contract_manager"}
    for name, user in cast.everyone().items():
        allowed = name in may or name == "groningen_contract_manager"
        answer = client(user).get(ON)
        if answer.status_code == 200:
            assert ("Een fase beginnen" in answer.content.decode()) is allowed, name
        if not allowed:
            assert client(user).post(ON, PHASE).status_code in {403, 404}, name
    assert not ChartPhase.objects.exists()


@pytest.mark.usefixtures("few")
def test_a_region_is_for_its_own_people(cast: Cast) -> None:
    own, other = f"{ON}&place=drenthe", f"{ON}&place=groningen"
    assert client(cast.adviser).post(other, PHASE).status_code == 403
    assert client(cast.adviser).post(own, PHASE).status_code == 302
    assert ChartPhase.objects.get().scope_code == "drenthe"


@pytest.mark.usefixtures("few")
def test_hidden_figures_are_in_no_limit_and_no_word(cast: Cast) -> None:
    hidden = page(cast.alderman, f"{ON}&place=drenthe")
    assert "Er zijn te weinig maanden met een cijfer" in hidden
    seen = page(cast.contract_manager, f"{ON}&place=drenthe")
    assert "Er zijn te weinig maanden met een cijfer" not in seen


@pytest.mark.usefixtures("years")
def test_a_removed_phase_stays_readable(cast: Cast) -> None:
    client(cast.adviser).post(ON, PHASE)
    key = ChartPhase.objects.get().public_id
    removal = {"act": "remove_phase", "phase": key}
    without = client(cast.contract_manager).post(ON, removal)
    assert without.status_code == 200
    assert ChartPhase.objects.get().removed_at is None
    removal[f"remove-{key}-reason"] = "de werkwijze ging niet door"
    assert client(cast.contract_manager).post(ON, removal).status_code == 302
    text = page(cast.alderman)
    assert "Meer dan de helft van de maanden valt op" in text
    assert "de werkwijze ging niet door" in text


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize(
    "changes",
    [
        {"phase-reason": ""},
        {"phase-reason": "x" * 301},
        {"phase-starts_month": "2022-10-01"},
        {"phase-starts_month": "2031-01-01"},
        {"phase-starts_month": "morgen"},
    ],
)
def test_a_form_that_is_not_right_says_so_and_sets_nothing(
    cast: Cast, changes: dict[str, str]
) -> None:
    answer = client(cast.adviser).post(ON, {**PHASE, **changes})
    assert answer.status_code == 200
    assert "Dit klopt nog niet" in answer.content.decode()
    assert not ChartPhase.objects.exists()


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize("data", [{}, {"act": "other"}, {"act": "remove_phase", "phase": "x"}])
def test_an_act_that_does_not_exist_is_not_there(cast: Cast, data: dict[str, str]) -> None:
    assert client(cast.adviser).post(ON, data).status_code == 404


@pytest.mark.usefixtures("years")
def test_a_page_of_what_was_known_takes_no_phase(cast: Cast) -> None:
    assert client(cast.adviser).post(f"{ON}&known=2025-10-10", PHASE).status_code == 403


@pytest.mark.usefixtures("years")
def test_an_unknown_place_is_not_there(cast: Cast) -> None:
    assert client(cast.alderman).get(f"{ON}&place=nowhere").status_code == 404
    assert client(cast.alderman).get(f"{ON}&place=GM0106").status_code == 404


def test_a_figure_of_twelve_months_says_why_it_has_no_limits(cast: Cast) -> None:
    result(run(), "absence_12m", WHOLE, 5, 100)
    address = f"{reverse('reports:kpi', args=['jbn', 'absence_12m'])}?on=2025-09-30"
    assert "Dit cijfer telt twaalf maanden bij elkaar." in page(cast.alderman, address)
    assert client(cast.adviser).post(address, PHASE).status_code == 403
