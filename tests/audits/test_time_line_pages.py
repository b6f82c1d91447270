"""Pages of the time line: who sees them, and that nothing of it is decided in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.text import slugify

from audits.events.exports import register_of_contradictions, register_of_timeline
from audits.events.rules import ClaimMark, mark_of, marks
from audits.models.timeline import Contradiction, Decided
from audits.selectors.visibility import SourceVisibility
from jbn_oversight.accounts.models import Role, User
from jbn_oversight.organisations.models import Institution
from tests.audits.time_line_cast import (
    EVENTS,
    MARCH,
    MAY_SEE,
    ON,
    filled,
    read,
    signed_in,
    state,
    timeline_of,
    words,
)
from tests.factories.people import Cast
from tests.factories.supervision import TODAY, record_public_facts

pytestmark = pytest.mark.django_db

BEGAN = "Wanneer de nieuwe bestuurder begon"
C12 = f"/oversight/jbn/contradictions/{TODAY}-{slugify(BEGAN)}/"


@pytest.fixture
def jbn(db: None) -> Institution:
    record_public_facts()
    return Institution.objects.get(code="jbn")


# --- who sees what -----------------------------------------------------------------------------

PAGES = (
    EVENTS,
    f"{EVENTS}{MARCH}/",
    C12,
    "/oversight/jbn/registers/timeline.xlsx",
    "/oversight/jbn/registers/contradictions.xlsx",
)


@pytest.mark.parametrize("page", PAGES)
def test_who_oversees_reads_every_page_and_for_others_it_does_not_exist(
    cast: Cast, jbn: Institution, page: str
) -> None:
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        expected = 200 if roles & MAY_SEE else 404
        assert signed_in(user).get(page).status_code == expected, name


@pytest.mark.parametrize("page", [EVENTS + "add/", f"{EVENTS}{MARCH}/edit/"])
def test_advisers_and_contract_managers_record_and_the_others_may_not(
    cast: Cast, jbn: Institution, page: str
) -> None:
    record = {Role.POLICY_ADVISER, Role.CONTRACT_MANAGER}
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        expected = 200 if roles & record else 403 if roles & MAY_SEE else 404
        assert signed_in(user).get(page).status_code == expected, name
        if expected != 200:
            assert signed_in(user).post(page, filled()).status_code == expected, name


def test_only_advisers_decide_between_sources(cast: Cast, jbn: Institution) -> None:
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        expected = 400 if Role.POLICY_ADVISER in roles else 403 if roles & MAY_SEE else 404
        assert signed_in(user).post(C12, {}).status_code == expected, name
    assert not Contradiction.objects.exclude(decided_for="").exists()


@pytest.mark.parametrize(
    "page",
    [
        EVENTS + "is-er-niet/",
        "/oversight/jbn/contradictions/is-er-niet/",
        "/oversight/elders/events/",
    ],
)
def test_what_is_not_there_is_not_found(cast: Cast, jbn: Institution, page: str) -> None:
    assert signed_in(cast.adviser).get(page).status_code == 404


# --- reading -----------------------------------------------------------------------------------


def test_days_stand_in_words_as_precise_as_their_source(cast: Cast, jbn: Institution) -> None:
    line = timeline_of(read(cast.alderman))
    for day in ("2022", "Eind februari 2025", "27 maart 2025", "Maart 2025", "13 juni 2025"):
        assert day in line, day


def test_planned_stands_beside_actual_with_both_sources(cast: Cast, jbn: Institution) -> None:
    line = timeline_of(read(cast.alderman))
    audit = line[line.index("Tussentijdse audit 1") :][:300]
    assert "Gepland mei 2025" in audit
    assert "Oplegger bij het rapport van AEF" in audit
    assert "Werkelijk 13 juni 2025" in audit


def test_names_that_papers_also_use_stand_on_the_page(cast: Cast, jbn: Institution) -> None:
    page = words(read(cast.alderman))
    for name in ("Kwaliteitsinstituut", "Inspectie Gezondheid en Jeugd", "JB Noord"):
        assert name in page
    assert "Inspectie Jeugdzorg" in page


def test_the_kinds_that_are_asked_for_are_the_only_ones(cast: Cast, jbn: Institution) -> None:
    line = timeline_of(read(cast.alderman, EVENTS + ON + "&kind=plan"))
    assert "verbeterplan" in line
    assert "Tussentijdse audit" not in line
    both = timeline_of(read(cast.alderman, EVENTS + ON + "&kind=plan&kind=audit"))
    assert "Tussentijdse audit" in both


@pytest.mark.parametrize("query", ["?kind=onzin", "?on=morgen", "?kind=&on="])
def test_a_filter_that_is_none_shows_everything(cast: Cast, jbn: Institution, query: str) -> None:
    assert "AEF" in read(cast.alderman, EVENTS + query)


def test_before_anything_is_recorded_the_page_says_what_will_stand_there(cast: Cast) -> None:
    assert "zodra" in read(cast.alderman)


def test_the_page_asks_the_database_a_bounded_number_of_times(
    cast: Cast, jbn: Institution, django_assert_max_num_queries: object
) -> None:
    client = signed_in(cast.adviser)
    with django_assert_max_num_queries(50):  # type: ignore[operator]
        assert client.get(EVENTS).status_code == 200


# --- deciding ----------------------------------------------------------------------------------


def decide_for(user: User, whom: str, reason: str, seen: str | None = None) -> HttpResponse:
    if seen is None:
        seen = state(read(user, C12))
    return signed_in(user).post(  # type: ignore[return-value]
        C12, {"decided_for": whom, "reason": reason, "seen": seen}
    )


def test_until_somebody_decides_both_claims_stand_there_alike(cast: Cast, jbn: Institution) -> None:
    page = words(read(cast.alderman, C12))
    assert page.count("Nog niet besloten") == 2
    line = timeline_of(read(cast.alderman))
    assert line.count("De nieuwe bestuurder van JBN treedt aan") == 2
    assert "niet gevolgd" not in line


def test_after_a_decision_both_stay_and_words_say_which_is_not_followed(
    cast: Cast, jbn: Institution
) -> None:
    response = decide_for(cast.adviser, "one", "De brief is van de gemeenten zelf.")
    assert response.status_code == 302
    page = words(read(cast.alderman, C12))
    assert "Daan Adviseur" in page
    assert "De brief is van de gemeenten zelf." in page
    assert "Gevolgd" in page
    assert "Niet gevolgd" in page
    _before, march, february = timeline_of(read(cast.alderman)).split(
        "De nieuwe bestuurder van JBN treedt aan"
    )
    assert "niet gevolgd" not in march
    assert "niet gevolgd" in february
    assert "De brief is van de gemeenten zelf." in february


def test_a_decision_may_change_and_the_earlier_one_stays_in_the_history(
    cast: Cast, jbn: Institution
) -> None:
    decide_for(cast.adviser, "one", "De brief is van de gemeenten zelf.")
    decide_for(cast.second_adviser, "neither", "Geen van beide noemt een dag.")
    row = Contradiction.objects.get(matter=BEGAN)
    assert (row.decided_for, row.decided_by) == ("neither", cast.second_adviser)
    page = words(read(cast.alderman, C12))
    assert "De brief is van de gemeenten zelf." in page
    assert "Geen van beide noemt een dag." in page
    assert page.count("Niet gevolgd") == 2


def test_a_decision_on_what_somebody_else_decided_meanwhile_is_refused(
    cast: Cast, jbn: Institution
) -> None:
    seen = state(read(cast.adviser, C12))
    decide_for(cast.second_adviser, "other", "Het bericht was er eerder.")
    response = decide_for(cast.adviser, "one", "De brief is van de gemeenten.", seen)
    assert response.status_code == 400
    assert "Iemand heeft dit veranderd" in response.content.decode()
    assert Contradiction.objects.get(matter=BEGAN).decided_for == "other"


@pytest.mark.parametrize(
    ("whom", "reason"),
    [("one", ""), ("one", "   "), ("", "Reden"), ("iemand", "Reden"), ("one", "x" * 1001)],
)
def test_a_decision_without_choice_or_reason_is_refused(
    cast: Cast, jbn: Institution, whom: str, reason: str
) -> None:
    assert decide_for(cast.adviser, whom, reason).status_code == 400
    assert not Contradiction.objects.get(matter=BEGAN).decided_for


def test_the_same_decision_twice_is_refused(cast: Cast, jbn: Institution) -> None:
    decide_for(cast.adviser, "one", "Reden.")
    assert decide_for(cast.adviser, "one", "Reden.").status_code == 400


def test_the_database_refuses_a_decision_by_nobody(cast: Cast, jbn: Institution) -> None:
    row = Contradiction.objects.get(matter=BEGAN)
    row.decided_for, row.decided_reason = Decided.ONE, "Reden"
    row.decided_at, row.decided_by = datetime.now(UTC), cast.adviser
    row.save()
    row.decided_by = None
    with (
        pytest.raises(IntegrityError, match="contradiction_decided_by_somebody"),
        transaction.atomic(),
    ):
        row.save()
    row.decided_by, row.decided_reason = cast.adviser, ""
    with (
        pytest.raises(IntegrityError, match="contradiction_decided_with_a_reason"),
        transaction.atomic(),
    ):
        row.save()


def test_every_decision_marks_both_claims() -> None:
    for decision in ("", *Decided.values):
        assert len(marks(decision)) == 2
    assert marks("one") == (ClaimMark.FOLLOWED, ClaimMark.NOT_FOLLOWED)
    assert marks("other") == (ClaimMark.NOT_FOLLOWED, ClaimMark.FOLLOWED)


@pytest.mark.parametrize(
    ("decision", "source", "expected"),
    [
        ("one", 1, ClaimMark.FOLLOWED),
        ("one", 2, ClaimMark.NOT_FOLLOWED),
        ("other", 2, ClaimMark.FOLLOWED),
        ("one", 3, None),
        ("neither", 3, ClaimMark.NOT_FOLLOWED),
        ("both", 1, ClaimMark.BOTH_HOLD),
    ],
)
def test_a_claim_is_marked_by_its_source(
    decision: str, source: int, expected: ClaimMark | None
) -> None:
    assert mark_of(decision, source, 1, 2) is expected


def test_two_claims_of_one_source_are_not_told_apart() -> None:
    assert mark_of("one", 1, 1, 1) is None


# --- registers ---------------------------------------------------------------------------------


def test_the_register_of_the_time_line_holds_what_the_page_shows(jbn: Institution) -> None:
    register = register_of_timeline(jbn, date(2025, 9, 30), SourceVisibility({}))
    text = [" ".join(map(str, row)) for row in register.rows]
    assert any("verbeterplan" in row and "eind mei 2025" in row for row in text)
    assert len(register_of_timeline(jbn, date(2024, 11, 1), SourceVisibility({})).rows) < len(
        register.rows
    )


def test_the_register_of_contradictions_holds_all_with_both_sides(jbn: Institution) -> None:
    register = register_of_contradictions(jbn, date(2025, 9, 30), SourceVisibility({}))
    assert len(register.rows) == 17
    assert all(row[1] and row[2] and row[3] and row[4] for row in register.rows)
