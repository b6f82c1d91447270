"""What stands beside the numbers: verdict, movement, events, interval, staff, what comes, links."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cases.models import Observation
from jbn_oversight.clock import add_months
from tests.factories.people import Cast, institution, make_cast, region
from tests.factories.results import (
    ASSEN,
    DRENTHE,
    GRONINGEN,
    RECORDED_AT,
    SEPTEMBER,
    WHOLE,
    result,
    run,
)
from tests.factories.supervision import record_public_facts
from tests.reading_pages import Page, for_a_while, read

ON = "?on=2025-09-30"
CONTACT = "Vaste werker en eerste contact binnen vijf werkdagen"
STAFF = "Bezetting en formatie, in voltijdbanen"
WAITING = "Jeugdigen die op een jeugdbeschermer wachten"
Pages = Mapping[str, Page]
pytestmark = pytest.mark.django_db


def figures() -> None:
    """Eight months in which first contact improves, one month of plans of few children."""
    by = run()
    for back in range(8):
        month = add_months(SEPTEMBER, -back)
        result(by, "contact_5wd", WHOLE, 60 - back, 80, month=month, norm=100)
        result(by, "contact_5wd", GRONINGEN, 40 - back, 50, month=month, norm=100)
        result(by, "contact_5wd", DRENTHE, 20, 30, month=month, norm=100)
        result(by, "waiting_youths", WHOLE, 100 + back, month=month)
        result(by, "flow_waiting_youths", WHOLE, 50 + back, month=month)
    result(by, "contact_5wd", ASSEN, 12, 18, norm=100)
    for place, numbers in ((WHOLE, (21, 28)), (GRONINGEN, (11, 14)), (DRENTHE, (10, 14))):
        result(by, "plan_6w", place, *numbers, norm=70)
    result(by, "waiting_median_days", WHOLE, None, 60, value=163)


def staff() -> None:
    """Half of the staff in each region, some of them over the establishment."""
    for slug in ("drenthe", "groningen"):
        for series, value in (
            ("staff_rows", 1),
            ("filled_fte", "50.5"),
            ("supernumerary_fte", 4),
            ("establishment_fte", 60),
        ):
            Observation.objects.create(
                institution=institution(),
                series=series,
                region=region(slug),
                role="youth_protection_worker",
                month=SEPTEMBER,
                value=Decimal(value),
                run_public_id="made-by-hand",
                recorded_at=RECORDED_AT,
            )


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Pages:
    """The pages of one day, read once."""
    with for_a_while(django_db_blocker):
        cast: Cast = make_cast()
        record_public_facts()
        # Before there is any figure.
        coming = read(cast.alderman, "/overview/jbn/?on=2025-08-20")
        late = read(cast.alderman, "/overview/jbn/?on=2025-06-01")
        figures()
        staff()
        return {
            "coming": coming,
            "late": late,
            "overview": read(cast.alderman, f"/overview/jbn/{ON}"),
            "list": read(cast.alderman, f"/figures/jbn/{ON}"),
            "contact": read(cast.contract_manager, f"/figures/jbn/contact_5wd/{ON}"),
            "plan": read(cast.alderman, f"/figures/jbn/plan_6w/{ON}"),
        }


def line_of(page: Page, name: str) -> str:
    """The line of one figure on the overview."""
    return next(one for one in page.part("figures").items() if one.startswith(name))


def test_the_overview_says_of_each_figure_how_it_stands_against_its_norm(pages: Pages) -> None:
    contact = line_of(pages["overview"], CONTACT)
    assert "75,0% 60 van 80 Norm niet gehaald verbetert norm 100%" in contact
    plan = line_of(pages["overview"], "Plan van aanpak binnen zes weken")
    assert "75,0% 21 van 28 Norm gehaald te weinig gegevens norm 70%" in plan


def test_the_overview_gives_the_regions_beside_the_whole(pages: Pages) -> None:
    contact = line_of(pages["overview"], CONTACT)
    assert "Drenthe 66,7% 20 van 30" in contact
    assert "Groningen 80,0% 40 van 50" in contact


def test_the_overview_leads_on_to_each_figure_and_to_all_of_them(pages: Pages) -> None:
    links = pages["overview"].links()
    assert links[CONTACT] == f"/figures/jbn/contact_5wd/{ON}"
    assert links["Plan van aanpak binnen zes weken"] == f"/figures/jbn/plan_6w/{ON}"
    assert links["Alle cijfers"] == f"/figures/jbn/{ON}"
    assert links["Keurmerk en toezicht"].startswith("/oversight/jbn/")


def test_the_overview_draws_a_small_chart_of_each_figure_in_words_too(pages: Pages) -> None:
    part = pages["overview"].part("figures")
    contact = next(line for line in part.html.split("<li") if CONTACT in line)
    told = "van 66,3% in februari 2025 naar 75,0% in september 2025: verbetert"
    drawn = contact.split('class="jbn-spark"')[1].split(">")[0]
    assert 'role="img"' in drawn
    assert f'aria-label="{told}"' in drawn


def test_the_overview_says_how_the_certificate_and_the_inspectorate_stand(pages: Pages) -> None:
    words = pages["overview"].part("certificate").words
    assert "Gegeven door Keurmerkinstituut, 16 september 2025" in words
    assert "Volgende audit niet gepland" in words
    assert "Voldoet grotendeels niet" in words
    assert "Maatregel Verscherpt toezicht Tot januari 2026" in words
    assert "Volgende audit september 2025" in pages["coming"].part("certificate").words


def test_the_overview_says_how_many_wait_and_how_long(pages: Pages) -> None:
    part = pages["overview"].part("waiting")
    assert "Op de wachtlijst in september 2025: 100. Op de doorstroomlijst: 50." in part.words
    assert "163 dagen" in part.words
    assert "september 2025 100 50" in part.rows(WAITING)
    assert any(WAITING in drawn and "wachtlijst" in drawn for drawn in part.pictures())


def test_the_overview_draws_the_staff_against_the_establishment(pages: Pages) -> None:
    part = pages["overview"].part("waiting")
    told = (
        "In september 2025 waren 101,0 voltijdbanen bezet, bij een formatie van 120,0. "
        "Daarvan zijn er 8,0 boven de formatie."
    )
    assert told in part.words
    drawn = [one for one in part.pictures() if STAFF in one]
    assert len(drawn) == 2  # for a wide screen and for a phone
    for one in drawn:
        assert told in one
        assert "formatie" in one.replace(told, "").replace(STAFF, "")
    assert "september 2025 101,0 8,0 120,0" in part.rows(STAFF)
    assert "augustus 2025 – – –" in part.rows(STAFF)


def test_the_overview_says_what_comes_and_whether_it_is_certain(pages: Pages) -> None:
    part = pages["coming"].part("coming")
    assert part.words.startswith("Wat er de komende 90 dagen aankomt")
    items = part.items()
    assert len(items) == 6
    assert all(one.startswith("September 2025") for one in items[:-1])
    assert sorted(one.rsplit(" ", 1)[1] for one in items) == 2 * ["gepland"] + 4 * ["zeker"]
    assert "September 2025 tussentijdse audit 2 (Keurmerkinstituut) gepland" in items
    nothing = pages["overview"].part("coming").words
    assert "Er staat niets gepland, voor zover bekend." in nothing


def test_the_overview_says_what_is_late_and_whose_it_is(pages: Pages) -> None:
    audit, condition = pages["late"].part("overdue").items()
    for item in (audit, condition):
        assert item.startswith("Mei 2025")
        assert "te laat" in item
    assert audit.endswith("Aan zet: Keurmerkinstituut.")
    assert condition.endswith("Aan zet: Jeugdbescherming Noord.")
    assert "2 afspraken zijn te laat." in pages["late"].words
    assert "te laat" not in pages["coming"].words


def test_without_figures_the_overview_says_who_must_do_what(pages: Pages) -> None:
    words = pages["coming"].words
    assert "Er zijn nog geen cijfers" in words
    assert "Hier komen de cijfers van Jeugdbescherming Noord te staan, maand voor maand." in words


def test_the_list_gives_verdict_norm_and_movement_and_leads_on(pages: Pages) -> None:
    page = pages["list"]
    row = next(row for row in page.rows() if row.startswith(CONTACT))
    assert row == (
        f"{CONTACT} 75,0% 60 van 80 Norm niet gehaald 66,7% 20 van 30 80,0% 40 van 50 "
        "100% verbetert"
    )
    assert page.links()[CONTACT] == f"/figures/jbn/contact_5wd/{ON}"
    assert "Alle cijfers in september 2025" in page.words
    assert "Stand per 30 september 2025." in page.words


def test_a_figure_is_read_out_with_its_verdict_and_movement(pages: Pages) -> None:
    words = pages["contact"].words
    assert "75,0% in september 2025 (60 van 80)" in words
    assert "De norm van 100% wordt niet gehaald." in words
    assert "Norm niet gehaald verbetert" in words
    assert "Norm gehaald te weinig gegevens" in pages["plan"].words


def test_a_figure_of_few_children_tells_how_far_chance_reaches(pages: Pages) -> None:
    """Wilson for 21 of 28: 56.6 to 87.3; and nothing of the kind beside 60 of 80."""
    told = "Weinig gevallen: alleen al door toeval ligt het tussen 57 en 87 procent."
    assert told in pages["plan"].words
    assert "Weinig gevallen" not in pages["contact"].words


def test_the_chart_of_a_figure_marks_what_happened_by_a_letter(pages: Pages) -> None:
    part = pages["contact"].part("trend")
    events = part.items()
    assert "A eind juli 2025: De hele raad van toezicht van JBN stapt op" in events
    assert "B 16 september 2025: Keurmerkinstituut besluit: certificaat" in events
    wide, small = part.pictures()
    for drawn in (wide, small):
        assert CONTACT in drawn
        assert {"A", "B"} <= set(drawn.split())
        assert "C" not in drawn.split()
        assert "norm 100%" in drawn


def test_a_figure_says_what_its_control_chart_says(pages: Pages) -> None:
    part = pages["contact"].part("control")
    assert "meer dan één situatie" in part.words
    assert "haalt de norm steeds niet" in part.words
    assert {"hele instelling", "Drenthe", "Groningen"} <= set(part.links())
    assert any(row.startswith("september 2025 75,0% 60 van 80 Beter:") for row in part.rows())


def test_a_figure_says_what_is_measured_from_which_law_and_when_it_was_computed(
    pages: Pages,
) -> None:
    words = pages["plan"].part("definition").words
    assert "Geteld Maatregelen met een plan van aanpak dat binnen de termijn is" in words
    assert "Van alle Nieuwe maatregelen waarvan de termijn in de maand afloopt" in words
    assert "Termijn Zes weken" in words
    assert "Grondslag Jeugdwet art. 4.1.3, lid 5" in words
    assert "Bron van de norm Jeugdwet art. 4.1.3, lid 5" in words
    assert "Gemaakte keuze De zes weken lopen vanaf" in words
    assert "Berekend 6 oktober 2025, 11.00 uur" in words


def test_a_figure_stands_month_by_month_with_its_cases_and_can_be_taken_along(
    pages: Pages,
) -> None:
    part = pages["contact"].part("months")
    assert "augustus 2025 73,8% 59 van 80 66,7% 20 van 30 78,0% 39 van 50" in part.rows()
    assert part.links()["Downloaden als CSV"] == f"/figures/jbn/contact_5wd.csv{ON}"


def test_a_contract_manager_reads_municipalities_with_their_verdict(pages: Pages) -> None:
    part = pages["contact"].part("municipalities")
    assert "Assen 66,7% 12 van 18 Norm niet gehaald" in part.rows()
    assert "Geef ze niet door." in part.words
    assert 'aria-labelledby="municipalities"' not in pages["plan"].html


@pytest.mark.parametrize("name", ["overview", "list", "contact", "plan"])
def test_every_page_with_figures_says_of_which_day_and_month_it_speaks(
    pages: Pages, name: str
) -> None:
    words = pages[name].words
    assert "Stand per 30 september 2025." in words
    assert "De laatste maand met cijfers is september 2025." in words
