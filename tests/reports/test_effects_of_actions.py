"""Did a figure change after an action: the page says "after" and never "because of"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audits.models.plans import PlanAction
from certification.control_charts.actions import set_phase
from jbn_oversight.accounts.models import Role, User
from jbn_oversight.clock import add_months
from tests.audits.plans_cast import make_action
from tests.factories.people import Cast, institution
from tests.factories.results import DRENTHE, SEPTEMBER, WHOLE, result, run

pytestmark = pytest.mark.django_db

SEES_FIGURES = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
}
CAUSAL = ("dankzij", "doordat", "omdat de actie", "door de actie", "effect van de actie")


def deliver(values: Sequence[int], kpi: str = "contact_5wd") -> None:
    """The percentages of the months up to September 2025, of two hundred cases each."""
    by = run()
    for back, value in enumerate(reversed(values)):
        month = add_months(SEPTEMBER, -back)
        for place, cases in ((WHOLE, 200), (DRENTHE, 100)):
            result(by, kpi, place, value * cases / 100, cases, month=month, norm=90)


def acting(cast: Cast, month: date, **changes: object) -> PlanAction:
    """An action that should show from the month on."""
    return make_action(
        cast.adviser, started_on=month, kpi="contact_5wd", works_from=month, **changes
    )


def page(user: User, action: PlanAction, query: str = "") -> tuple[int, str]:
    """Status and content, as on the last day of September 2025."""
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    address = reverse("reports:action_effect", args=["jbn", action.public_id])
    response = client.get(f"{address}?on=2025-09-30{query}")
    return response.status_code, response.content.decode()


BEFORE = [40, 42, 41, 43, 40, 42, 41, 43, 40, 42]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ([70, 71, 72, 70, 71, 72, 70], "Na de actie, vanaf maart 2025, verbeterde het cijfer."),
        ([20, 21, 22, 20, 21, 22, 20], "Na de actie, vanaf maart 2025, verslechterde het cijfer."),
        ([41, 42, 40, 43, 41, 42, 40], "is geen verschil aan te tonen"),
    ],
)
def test_the_sentence_tells_what_came_after_and_never_what_came_of_it(
    cast: Cast, after: list[int], words: str
) -> None:
    deliver(BEFORE + after)
    status, content = page(cast.alderman, acting(cast, date(2025, 3, 1)))
    assert status == 200
    assert words in content
    assert "niet wat zij teweegbracht" in content
    assert "<svg" in content
    assert not [causal for causal in CAUSAL if causal in content.lower()]


def test_the_means_before_and_after_stand_in_the_sentence(cast: Cast) -> None:
    deliver([40] * 9 + [50] + [70] * 7)
    _status, content = page(cast.alderman, acting(cast, date(2025, 3, 1)))
    assert "41,0%" in content
    assert "70,0%" in content


@pytest.mark.parametrize(("before", "after"), [(6, 7), (7, 6), (10, 1)])
def test_with_fewer_than_seven_months_on_a_side_nothing_is_said(
    cast: Cast, before: int, after: int
) -> None:
    deliver(
        [40, 42] * 5 + [70] * after
        if before == 10
        else [40 + n % 3 for n in range(before)] + [70] * after
    )
    _status, content = page(cast.alderman, acting(cast, add_months(SEPTEMBER, 1 - after)))
    assert "Er zijn te weinig maanden" in content
    assert f"{before} ervoor en {after} erna" in content
    assert "verbeterde" not in content


def test_seven_on_each_side_are_enough(cast: Cast) -> None:
    deliver([40, 42, 41, 43, 40, 42, 41] + [70] * 7)
    _status, content = page(cast.alderman, acting(cast, date(2025, 3, 1)))
    assert "verbeterde het cijfer" in content


def test_an_action_that_should_show_later_than_the_figures_run_has_no_months_after(
    cast: Cast,
) -> None:
    deliver(BEFORE)
    action = make_action(cast.adviser, kpi="contact_5wd", works_from=date(2025, 12, 1))
    _status, content = page(cast.alderman, action)
    assert "de cijfers lopen tot en met september 2025" in content
    assert "<svg" not in content.split("<main")[1]


def test_an_action_from_before_the_first_figure_has_no_months_before(cast: Cast) -> None:
    deliver(BEFORE)
    _status, content = page(cast.alderman, acting(cast, add_months(SEPTEMBER, -9)))
    assert "van vóór december 2024 zijn geen cijfers bekend" in content


def test_without_any_figures_the_page_says_so(cast: Cast) -> None:
    _status, content = page(cast.alderman, acting(cast, date(2025, 3, 1)))
    assert "Er zijn nog geen cijfers" in content


def test_a_figure_that_moved_already_is_told(cast: Cast) -> None:
    deliver([40, 41, 42, 43, 44, 45, 46, 47, 48] + [70] * 7)
    _status, content = page(cast.alderman, acting(cast, date(2025, 3, 1)))
    assert "Het cijfer bewoog al vóór de actie." in content


def test_months_before_a_phase_that_somebody_began_do_not_count(cast: Cast) -> None:
    deliver([80] * 8 + [40, 42, 41, 43, 40, 42, 41, 43] + [70] * 7)
    action = acting(cast, date(2025, 3, 1))
    assert "verslechterde" not in page(cast.alderman, action)[1]
    set_phase(
        institution=institution(),
        kpi="contact_5wd",
        place=WHOLE,
        starts_month=date(2024, 7, 1),
        reason="Nieuwe werkwijze.",
        by=cast.adviser,
    )
    _status, content = page(cast.alderman, action)
    assert "verbeterde het cijfer" in content
    assert "41,5%" in content


def test_a_region_is_chosen_in_the_address_and_another_place_is_not_there(cast: Cast) -> None:
    deliver(BEFORE + [70] * 7)
    action = acting(cast, date(2025, 3, 1))
    status, content = page(cast.alderman, action, "&place=drenthe")
    assert status == 200
    assert "Drenthe" in content
    assert page(cast.alderman, action, "&place=elders")[0] == 404


def test_small_numbers_are_gaps_and_no_mean_tells_of_them(cast: Cast) -> None:
    by = run()
    for back in range(17):
        value = (3, 7) if back < 7 else (1, 7)
        result(by, "contact_5wd", WHOLE, *value, month=add_months(SEPTEMBER, -back))
    _status, content = page(cast.alderman, acting(cast, date(2025, 3, 1)))
    assert "0 ervoor en 0 erna" in content
    assert "42,9" not in content
    assert "14,3" not in content


def test_who_sees_no_figures_sees_no_comparison(cast: Cast) -> None:
    deliver(BEFORE + [70] * 7)
    action = acting(cast, date(2025, 3, 1))
    address = reverse("audits:action", args=["jbn", action.public_id])
    for name, user in cast.everyone().items():
        sees = {membership.role for membership in user.memberships.all()} & SEES_FIGURES
        assert page(user, action)[0] == (200 if sees else 404), name
        client = Client()
        client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
        link = "/effect/" in client.get(address).content.decode()
        assert link is bool(sees), name


def test_an_action_without_a_figure_or_a_month_has_no_comparison(cast: Cast) -> None:
    assert page(cast.alderman, make_action(cast.adviser))[0] == 404
    bare = make_action(cast.adviser, title="Zonder maand", kpi="contact_5wd")
    assert page(cast.alderman, bare)[0] == 404
