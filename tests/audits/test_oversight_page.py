from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Role, User
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}
PAGE = "/oversight/jbn/"

pytestmark = pytest.mark.django_db


def read(user: User, path: str = PAGE) -> tuple[int, str]:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    response = client.get(path)
    return response.status_code, response.content.decode()


def test_the_address_is_the_one_that_the_navigation_names() -> None:
    assert reverse("audits:timeline", args=["jbn"]) == PAGE


def test_only_those_who_oversee_and_the_institution_itself_see_the_page(cast: Cast) -> None:
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        assert read(user)[0] == (200 if roles & MAY_SEE else 404), name


def test_an_institution_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert read(cast.alderman, "/oversight/elders/")[0] == 404


def test_without_signing_in_there_is_only_the_way_to_sign_in(client: Client) -> None:
    response = client.get(PAGE)
    assert response.status_code == 404
    assert f"{reverse('account_login')}?next=" in response.content.decode()


def test_before_anything_is_recorded_the_page_says_what_will_stand_there(cast: Cast) -> None:
    status, page = read(cast.alderman)
    assert status == 200
    assert "Er is geen certificaat bekend" in page
    assert "zodra" in page


def test_the_page_tells_both_verdicts_side_by_side_and_never_one(cast: Cast) -> None:
    record_public_facts()
    _status, page = read(cast.alderman, PAGE + "?on=2025-09-30")
    assert "Twee instanties, twee oordelen" in page
    assert "voldoet grotendeels niet" in page
    assert "voldoet volgens het Keurmerkinstituut weer aan de regels" in page
    assert "verscherpt toezicht" in page


def test_the_page_speaks_of_the_day_in_the_address(cast: Cast) -> None:
    record_public_facts()
    _status, page = read(cast.alderman, PAGE + "?on=2025-08-20")
    assert "Het overbruggingscertificaat loopt over ongeveer 41 dagen af." in page
    assert "ongeveer 30 september 2025" in page
    assert "Stand per 20 augustus 2025" in page
    assert "16 september 2025" not in page.split('id="clashes"')[0]


@pytest.mark.parametrize("on", ["", "gisteren", "2025-02-30", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_gives_today(cast: Cast, on: str) -> None:
    assert read(cast.alderman, f"{PAGE}?on={on}")[0] == 200


def test_the_page_reads_in_english_too(cast: Cast) -> None:
    record_public_facts()
    cast.alderman.language = "en"
    cast.alderman.save()
    _status, page = read(cast.alderman, PAGE + "?on=2025-08-20")
    assert "The bridging certificate ends in about 41 days." in page
    assert '<html lang="en"' in page


def test_the_page_asks_the_database_a_bounded_number_of_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    record_public_facts()
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        assert read(cast.alderman, PAGE + "?on=2025-09-30")[0] == 200
