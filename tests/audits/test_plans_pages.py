"""The pages and registers of plans, recommendations and studies."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audits.models.plans import Plan, PlanAction, PlanTheme
from audits.models.studies import Recommendation, RecommendationAnswer, Study
from audits.plans.actions.plans import answer, save_recommendation
from audits.registers.selectors import REGISTERS, WITH_SOURCES
from audits.selectors.visibility import SourceVisibility
from tests.audits.audits_cast import TODAY, said, source
from tests.audits.plans_cast import (
    AT,
    client_of,
    make_action,
    make_chain,
    make_plan,
    make_study,
    post,
    read,
    url,
)
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(cast: Cast) -> dict[str, PlanAction]:
    """Findings and actions as ``make_chain`` makes them."""
    return make_chain(cast)


def test_plans_show_their_ties_and_progress_by_theme(cast: Cast) -> None:
    themes = tuple(PlanTheme.objects.all())
    one = make_plan(cast.adviser, "Herstelplan", presented=said("2025-02 late"), themes=themes)
    make_plan(cast.adviser, "Verbeterplan", presented=said("2025-05 late"), based_on=(one,))
    make_action(cast.adviser, plan=one, theme=themes[0])
    page = read(cast.alderman, url("plans") + "?on=2025-09-30")
    assert page.count("Bouwt voort op") == 1
    assert page.count("Voortgezet in") == 1
    for theme in themes:
        assert theme.label in page
    early = read(cast.alderman, url("plans") + "?on=2025-03-31")
    assert "Verbeterplan" not in early.split("<main")[1]


def test_sources_that_differ_on_who_ordered_a_study_stand_side_by_side(cast: Cast) -> None:
    make_study(
        cast.adviser,
        commissioners=(("Regio Drenthe", source("een")), ("Gemeenten", source("twee"))),
    )
    page = read(cast.alderman, url("studies"))
    assert "bronnen verschillen" in page
    assert "Bron een" in page
    assert "Bron twee" in page


def test_a_plan_and_a_study_are_recorded_by_their_forms_with_a_new_source(cast: Cast) -> None:
    new = {"new_source_publisher": "Gemeente", "new_source_title": "Brief over het plan"}
    plan = {
        "kind": "recovery_plan",
        "title": "Herstelplan",
        "made_by": "Bureau",
        "presented": "eind februari 2025",
        "presented_source": "new",
        "themes": ["leiderschap"],
        **new,
    }
    response = post(cast.adviser, url("plan_new"), **plan)
    assert response.status_code == 302, response.content.decode()
    row = Plan.objects.get()
    assert row.presented is not None
    assert row.presented.first == date(2025, 2, 21)
    study = {
        "researcher": "Bureau",
        "title": "Onderzoek",
        "cost": "84.000,00",
        "cost_source": "new",
        "ordered_by_1": "Regio Drenthe; Regio Groningen",
        "ordered_by_1_source": "new",
        **new,
    }
    response = post(cast.adviser, url("study_new"), **study)
    assert response.status_code == 302, response.content.decode()
    kept = Study.objects.get()
    assert kept.commissioners.count() == 2
    assert str(kept.cost) == "84000.00"
    page = read(cast.adviser, url("study_edit", kept.public_id))
    assert "Regio Drenthe; Regio Groningen" in page


def test_a_cost_and_who_ordered_a_study_need_a_source(cast: Cast) -> None:
    data = {"researcher": "Bureau", "title": "Onderzoek", "cost": "1", "ordered_by_2": "Regio"}
    page = post(cast.adviser, url("study_new"), **data)
    assert page.status_code == 200
    assert page.content.decode().count("Kies de bron die dit zegt.") >= 2


def test_a_decision_on_a_recommendation_says_who_when_and_why(cast: Cast) -> None:
    row = save_recommendation(
        recommendation=Recommendation(
            study=make_study(cast.adviser),
            number=1,
            text="Doe iets.",
        ),
        by=cast.adviser,
    )
    address = url("recommendation", row.public_id)
    assert post(cast.institution, address, how="adopted").status_code == 403
    assert post(cast.adviser, address, how="rejected").status_code == 200
    assert post(cast.adviser, address, how="rejected", reason="Te duur.").status_code == 302
    page = read(cast.alderman, url("plans"))
    assert "Te duur." in page
    assert "Daan Adviseur" in page
    assert "niet overgenomen" in page


def test_a_recommendation_of_a_study_that_is_not_public_yet_is_for_who_records(
    cast: Cast,
) -> None:
    row = save_recommendation(
        recommendation=Recommendation(
            study=make_study(cast.adviser, public=said("2025-03-27")),
            number=1,
            text="Doe iets.",
        ),
        by=cast.adviser,
    )
    address = url("recommendation", row.public_id)
    assert client_of(cast.alderman).get(f"{address}?on=2025-03-26").status_code == 404
    assert client_of(cast.alderman).get(f"{address}?on=2025-03-27").status_code == 200
    assert "Doe iets." not in read(cast.alderman, url("plans") + "?on=2025-03-26")


def test_every_register_tells_what_its_page_tells(cast: Cast, chain: dict[str, PlanAction]) -> None:
    plan = make_plan(cast.adviser)
    make_action(cast.adviser, plan=plan, title="Van het plan")
    row = save_recommendation(
        recommendation=Recommendation(
            study=make_study(cast.adviser, commissioners=(("Regio", source("een")),)),
            number=1,
            text="Doe iets.",
        ),
        by=cast.adviser,
    )
    answer(recommendation=row, how=RecommendationAnswer.ADOPTED, reason="", at=AT, by=cast.adviser)
    for name, rows, words in (
        ("findings_actions", 4, "Te weinig mensen."),
        ("plans", 1, "Verzonnen plan"),
        ("recommendations", 1, "Daan Adviseur"),
        ("studies", 1, "Test: Regio"),
    ):
        register = (
            REGISTERS[name](institution(), TODAY)
            if name in REGISTERS
            else WITH_SOURCES[name](institution(), TODAY, SourceVisibility({}))
        )
        assert len(register.rows) == rows, name
        assert words in {cell for line in register.rows for cell in line}, name
        address = reverse("audits:register_xlsx", args=["jbn", name])
        assert client_of(cast.alderman).get(address).status_code == 200


def test_the_pages_ask_the_database_a_bounded_number_of_times(
    cast: Cast, chain: dict[str, PlanAction], django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        make_action(cast.adviser, title=f"Actie {number}", findings=())
    client = client_of(cast.alderman)
    for page in ("findings", "plans"):  # what a process or a visit asks once is not the page's
        client.get(url(page))
    for page, most in (("findings", 25), ("plans", 16)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            client.get(url(page))
