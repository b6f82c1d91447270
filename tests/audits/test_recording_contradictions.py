"""Advisers add a contradiction, change it, and take it back until somebody decides."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from audits.models.timeline import Contradiction
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from reports.demo.recording import public_source
from tests.audits.time_line_cast import EVENTS, MARCH, REPORT, read, signed_in, state, words
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

pytestmark = pytest.mark.django_db
ADD = "/oversight/jbn/contradictions/add/"
MATTER = "Dag van het gesprek met de bestuurder"


@pytest.fixture
def jbn(db: None) -> Institution:
    record_public_facts()
    return Institution.objects.get(code="jbn")


def filled(**changes: object) -> dict[str, object]:
    """A form that is right as it is."""
    return {
        "matter": MATTER,
        "one": "Het gesprek was in maart",
        "one_source": public_source("raadsbrief-2025").code,
        "other": "Het gesprek was in april",
        "other_source": public_source("oplegger-2025").code,
        "events": [MARCH, REPORT],
        "handling": "Beide maanden staan er.",
        **changes,
    }


def send(user: User, path: str = ADD, **changes: object) -> HttpResponse:
    return signed_in(user).post(path, filled(**changes))  # type: ignore[return-value]


def added(cast: Cast) -> Contradiction:
    assert send(cast.adviser).status_code == 302
    return Contradiction.objects.get(matter=MATTER)


def page_of(row: Contradiction, name: str = "contradiction") -> str:
    return reverse(f"audits:{name}", args=["jbn", row.code])


def test_a_contradiction_is_added_with_its_two_sides_and_its_claims(
    cast: Cast, jbn: Institution
) -> None:
    row = added(cast)
    page = words(read(cast.alderman, page_of(row)))
    assert "Het gesprek was in maart" in page
    assert "Het gesprek was in april" in page
    assert "niemand" in page
    assert {event.code for event in row.events.all()} == {MARCH, REPORT}
    assert MATTER in read(cast.alderman, f"{EVENTS}{MARCH}/")
    assert row.history.first().history_user == cast.adviser


def test_from_a_claim_its_words_and_source_stand_there_already(
    cast: Cast, jbn: Institution
) -> None:
    assert f"{ADD}?event={MARCH}" in read(cast.adviser, f"{EVENTS}{MARCH}/")
    page = read(cast.adviser, f"{ADD}?event={MARCH}")
    assert "De nieuwe bestuurder van JBN treedt aan (" in page
    assert f'value="{MARCH}" id' in page.replace('class="', "")
    assert "checked" in page
    assert "checked" not in read(cast.adviser, f"{ADD}?event=bestaat-niet")


def test_it_can_be_changed_until_somebody_decides(cast: Cast, jbn: Institution) -> None:
    row = added(cast)
    edit = page_of(row, "contradiction_edit")
    seen = state(read(cast.adviser, edit))
    assert send(cast.adviser, edit, handling="Alleen maart.", seen=seen).status_code == 302
    late = send(cast.second_adviser, edit, handling="Alleen april.", seen=seen)
    assert "Iemand heeft dit veranderd" in late.content.decode()
    row.refresh_from_db()
    assert row.handling == "Alleen maart."


def test_one_that_is_none_is_taken_back_and_the_history_keeps_it(
    cast: Cast, jbn: Institution
) -> None:
    row = added(cast)
    response = signed_in(cast.adviser).post(page_of(row, "contradiction_edit"), {"remove": "1"})
    assert response["Location"] == f"{EVENTS}#clashes"
    assert signed_in(cast.alderman).get(page_of(row)).status_code == 404
    assert Contradiction.history.filter(code=row.code, history_type="-").count() == 1
    page = words(read(cast.alderman))
    assert f"Tegenspraak: {MATTER} verwijderd" in page
    assert jbn.timeline.filter(code=MARCH).exists()


def test_what_somebody_decided_on_is_neither_changed_nor_taken_back(
    cast: Cast, jbn: Institution
) -> None:
    row = added(cast)
    edit = page_of(row, "contradiction_edit")
    seen = state(read(cast.adviser, page_of(row)))
    decided = {"decided_for": "one", "reason": "De brief is van de bestuurder.", "seen": seen}
    assert signed_in(cast.adviser).post(page_of(row), decided).status_code == 302
    assert "Hierover is al beslist" in read(cast.adviser, edit)
    assert "Hierover is al beslist" in send(cast.adviser, edit).content.decode()
    response = signed_in(cast.adviser).post(edit, {"remove": "1"})
    assert "Iemand heeft hierover beslist" in response.content.decode()
    row.refresh_from_db()
    assert row.one == "Het gesprek was in maart"


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no matter": ({"matter": " "}, "id_matter_error"),
    "one side alone": ({"other": ""}, "id_other_error"),
    "a side without a source": ({"other_source": ""}, "id_other_source_error"),
    "twice the same": ({"other": "het gesprek was in MAART"}, "zeggen hetzelfde"),
    "an event that is none": ({"events": ["bestaat-niet"]}, "id_events_error"),
    "a matter that is here": ({"matter": "Naam van het KMI"}, "staat er al een tegenspraak"),
    "a number of a person": ({"one": "Over 111222333 gesproken"}, "id_one_error"),
    "nothing to show": ({"handling": ""}, "id_handling_error"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_contradiction_that_cannot_be_is_refused_with_a_sentence(
    cast: Cast, jbn: Institution, what: str
) -> None:
    changes, told = WRONG[what]
    before = Contradiction.objects.count()
    response = send(cast.adviser, ADD, **changes)
    assert response.status_code == 400
    assert told in response.content.decode()
    assert Contradiction.objects.count() == before


def test_who_only_sees_the_time_line_adds_nothing(cast: Cast, jbn: Institution) -> None:
    row = Contradiction.objects.get(matter="Naam van het KMI")
    for path in (ADD, page_of(row, "contradiction_edit")):
        assert signed_in(cast.alderman).get(path).status_code == 403
        assert send(cast.institution, path).status_code == 403
        assert send(cast.council_member, path).status_code == 404
    assert "contradictions/add/" not in read(cast.alderman)


def test_two_contradictions_on_one_day_with_words_alike_get_codes_of_their_own(
    cast: Cast, jbn: Institution
) -> None:
    one = added(cast)
    assert send(cast.adviser, matter=f"{MATTER}!").status_code == 302
    other = Contradiction.objects.get(matter=f"{MATTER}!")
    assert other.code == f"{one.code}-2"
