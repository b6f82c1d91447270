from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audits.actions import record_oversight
from audits.demo_facts import FACTS
from audits.events.clashes import Mark, mark_of, marks
from audits.events.registers import register_of_contradictions, register_of_timeline
from audits.models import Contradiction, Decided, TimelineEvent
from certification.models.documents import Document, DocumentVersion, Passage
from certification.models.sources import Source
from jbn_oversight.accounts.models import Role, User
from jbn_oversight.files.models import StoredFile
from jbn_oversight.organisations.models import Institution
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db

EVENTS = "/oversight/jbn/events/"
ON = "?on=2025-09-30"
C12 = "/oversight/jbn/contradictions/c12-bestuurder/"
MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}


@pytest.fixture
def jbn(db: None) -> Institution:
    record_oversight(facts=FACTS, by=None)
    return Institution.objects.get(code="jbn")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.PortalBackend")
    return client


def read(user: User, path: str = EVENTS + ON) -> str:
    response = signed_in(user).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def timeline_of(page: str) -> str:
    found = re.search(r'<ol class="jbn-timeline">(.*?)</ol>', page, re.DOTALL)
    assert found
    return words(found.group(1))


def state(page: str) -> str:
    found = re.search(r'name="seen" value="(\d*)"', page)
    return found.group(1) if found else ""


def filled(**changes: object) -> dict[str, object]:
    """A form that is right as it is."""
    return {
        "claim": "De stuurgroep spreekt over de wachtlijst",
        "kind": "politics",
        "event": "eind april 2025",
        "event_source": "raadsbrief-2025",
        **changes,
    }


def add(user: User, **changes: object) -> object:
    return signed_in(user).post(EVENTS + "add/", filled(**changes))


# --- who sees what -----------------------------------------------------------------------------

PAGES = (
    EVENTS,
    EVENTS + "bestuurder-maart/",
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


@pytest.mark.parametrize("page", [EVENTS + "add/", EVENTS + "bestuurder-maart/edit/"])
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
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        read(cast.adviser)


# --- deciding ----------------------------------------------------------------------------------


def decide_for(user: User, whom: str, reason: str, seen: str | None = None) -> object:
    if seen is None:
        seen = state(read(user, C12))
    return signed_in(user).post(C12, {"decided_for": whom, "reason": reason, "seen": seen})


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
    assert response.status_code == 302  # type: ignore[attr-defined]
    page = words(read(cast.alderman, C12))
    assert "Daan Adviseur" in page
    assert "De brief is van de gemeenten zelf." in page
    assert "Gevolgd" in page
    assert "Niet gevolgd" in page
    line = timeline_of(read(cast.alderman))
    assert line.count("De nieuwe bestuurder van JBN treedt aan") == 2
    february = line[line.index("Februari 2025 bestuur van de instelling".capitalize()) :][:400]
    assert "niet gevolgd" in february
    assert "De brief is van de gemeenten zelf." in february


def test_a_decision_may_change_and_the_earlier_one_stays_in_the_history(
    cast: Cast, jbn: Institution
) -> None:
    decide_for(cast.adviser, "one", "De brief is van de gemeenten zelf.")
    decide_for(cast.second_adviser, "neither", "Geen van beide noemt een dag.")
    row = Contradiction.objects.get(code="c12-bestuurder")
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
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert "Iemand heeft dit veranderd" in response.content.decode()  # type: ignore[attr-defined]
    assert Contradiction.objects.get(code="c12-bestuurder").decided_for == "other"


@pytest.mark.parametrize(
    ("whom", "reason"),
    [("one", ""), ("one", "   "), ("", "Reden"), ("iemand", "Reden"), ("one", "x" * 1001)],
)
def test_a_decision_without_choice_or_reason_is_refused(
    cast: Cast, jbn: Institution, whom: str, reason: str
) -> None:
    assert decide_for(cast.adviser, whom, reason).status_code == 400  # type: ignore[attr-defined]
    assert not Contradiction.objects.get(code="c12-bestuurder").decided_for


def test_the_same_decision_twice_is_refused(cast: Cast, jbn: Institution) -> None:
    decide_for(cast.adviser, "one", "Reden.")
    assert decide_for(cast.adviser, "one", "Reden.").status_code == 400  # type: ignore[attr-defined]


def test_the_database_refuses_a_decision_by_nobody(cast: Cast, jbn: Institution) -> None:
    row = Contradiction.objects.get(code="c12-bestuurder")
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
    assert marks("one") == (Mark.FOLLOWED, Mark.NOT_FOLLOWED)
    assert marks("other") == (Mark.NOT_FOLLOWED, Mark.FOLLOWED)


@pytest.mark.parametrize(
    ("decision", "source", "expected"),
    [
        ("one", 1, Mark.FOLLOWED),
        ("one", 2, Mark.NOT_FOLLOWED),
        ("other", 2, Mark.FOLLOWED),
        ("one", 3, None),
        ("neither", 3, Mark.NOT_FOLLOWED),
        ("both", 1, Mark.BOTH_HOLD),
    ],
)
def test_a_claim_is_marked_by_its_source(decision: str, source: int, expected: Mark | None) -> None:
    assert mark_of(decision, source, 1, 2) is expected


def test_two_claims_of_one_source_are_not_told_apart() -> None:
    assert mark_of("one", 1, 1, 1) is None


# --- recording ---------------------------------------------------------------------------------


def test_an_event_is_added_with_its_day_in_words_and_its_source(
    cast: Cast, jbn: Institution
) -> None:
    response = add(cast.adviser)
    row = TimelineEvent.objects.get(claim="De stuurgroep spreekt over de wachtlijst")
    assert response["Location"] == reverse("audits:event", args=["jbn", row.code])  # type: ignore[index]
    page = words(read(cast.alderman, reverse("audits:event", args=["jbn", row.code])))
    assert "eind april 2025" in page
    assert "Brief aan de gemeenteraden" in page
    assert "Daan Adviseur" in page
    assert "Eind april 2025" in timeline_of(read(cast.alderman))


def test_a_new_source_is_kept_with_the_event(cast: Cast, jbn: Institution) -> None:
    add(
        cast.adviser,
        event_source="new",
        new_source_publisher="Gemeente Assen",
        new_source_title="Verslag van de stuurgroep",
    )
    row = TimelineEvent.objects.get(claim="De stuurgroep spreekt over de wachtlijst")
    assert row.source.publisher == "Gemeente Assen"


def test_what_happened_can_carry_out_what_was_planned_and_both_stay(
    cast: Cast, jbn: Institution
) -> None:
    add(cast.adviser, is_planned="on", event="april 2025")
    plan = TimelineEvent.objects.get(claim="De stuurgroep spreekt over de wachtlijst")
    claim = "De stuurgroep sprak over de wachtlijst"
    add(cast.adviser, claim=claim, event="6 mei 2025", carries_out=plan.code)
    line = timeline_of(read(cast.alderman))
    done = line[line.index(claim) :][:200]
    assert "Gepland april 2025" in done
    assert "Werkelijk 6 mei 2025" in done
    assert TimelineEvent.objects.filter(pk=plan.pk).exists()


def test_a_change_stays_in_the_history(cast: Cast, jbn: Institution) -> None:
    path = EVENTS + "bestuurder-maart/"
    form = read(cast.adviser, path + "edit/")
    changed = filled(claim="De bestuurder begint", event="maart 2025", kind="management")
    response = signed_in(cast.adviser).post(path + "edit/", {**changed, "seen": state(form)})
    assert response.status_code == 302
    page = words(read(cast.alderman, path))
    assert "De bestuurder begint" in page
    assert "De nieuwe bestuurder van JBN treedt aan" in page


def test_changing_what_somebody_else_changed_meanwhile_is_refused(
    cast: Cast, jbn: Institution
) -> None:
    path = EVENTS + "bestuurder-maart/edit/"
    seen = state(read(cast.adviser, path))
    data = filled(claim="De bestuurder begint", event="maart 2025", kind="management")
    assert signed_in(cast.second_adviser).post(path, {**data, "seen": seen}).status_code == 302
    response = signed_in(cast.adviser).post(path, {**data, "claim": "Anders", "seen": seen})
    assert response.status_code == 400
    assert "Iemand heeft dit veranderd" in response.content.decode()


WRONG = {
    "no day": ({"event": ""}, "event"),
    "a day that is none": ({"event": "31 februari 2025"}, "bestaat"),
    "no source": ({"event_source": ""}, "bron"),
    "a day to come that is not planned": ({"event": "12 mei 2098"}, "moet nog komen"),
    "a plan that carries out a plan": (
        {"is_planned": "on", "carries_out": "embargo-27-maart"},
        "voert nog niets uit",
    ),
    "carrying out what was not planned": ({"carries_out": "rapport-aef"}, "carries_out"),
    "a kind that is none": ({"kind": "weer"}, "kind"),
    "no words": ({"claim": " "}, "claim"),
    "too many words": ({"claim": "x" * 401}, "claim"),
    "a number of a person": ({"claim": "Over 111222333 gesproken"}, "claim"),
    "a passage that is none": ({"passage": "AAAAAAAAAAAAAAAAAAAAAA"}, "passage"),
    "an authority that is none": ({"authority": "paus"}, "authority"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_an_event_that_cannot_be_is_refused_with_a_sentence(
    cast: Cast, jbn: Institution, what: str
) -> None:
    changes, told = WRONG[what]
    before = TimelineEvent.objects.count()
    response = add(cast.adviser, **changes)
    page = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert told in page
    assert "Dit klopt nog niet" in page
    assert TimelineEvent.objects.count() == before


def test_the_same_claim_of_the_same_source_twice_is_refused(cast: Cast, jbn: Institution) -> None:
    assert add(cast.adviser).status_code == 302  # type: ignore[attr-defined]
    response = add(cast.adviser)
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert "al over deze dag" in response.content.decode()  # type: ignore[attr-defined]


def test_a_plan_that_was_carried_out_stays_a_plan(cast: Cast, jbn: Institution) -> None:
    path = EVENTS + "besluit-september/edit/"
    data = filled(event="september 2025", seen=state(read(cast.adviser, path)))
    response = signed_in(cast.adviser).post(path, data)
    assert response.status_code == 400
    assert "blijft het gepland" in response.content.decode()


# --- passages ----------------------------------------------------------------------------------


def passage(by: User, jbn: Institution, *, released: bool) -> Passage:
    """A quoted place in a paper that is out, or is under embargo."""
    at = datetime.now(UTC)
    document = Document.objects.create(
        institution=jbn, kind="letter", source=Source.objects.get(code="raadsbrief-2025")
    )
    stored = StoredFile.objects.create(
        name="brief.pdf", content_type="application/pdf", length=3, sha256="0" * 64, stored_at=at
    )
    version = DocumentVersion.objects.create(
        document=document,
        number=1,
        stored=stored,
        added_at=at,
        added_by=by,
        embargo_until=at - timedelta(days=1) if released else at + timedelta(days=1),
        released_at=at if released else None,
        released_by=by if released else None,
    )
    return Passage.objects.create(
        version=version, place="bladzijde 1", quote="Woorden uit de brief", added_at=at, added_by=by
    )


def test_a_passage_of_a_paper_that_is_out_stands_with_the_event(
    cast: Cast, jbn: Institution
) -> None:
    quoted = passage(cast.adviser, jbn, released=True)
    assert add(cast.adviser, passage=quoted.public_id).status_code == 302  # type: ignore[attr-defined]
    assert "Woorden uit de brief" in timeline_of(read(cast.alderman))


def test_a_passage_under_embargo_is_neither_offered_nor_shown(cast: Cast, jbn: Institution) -> None:
    quoted = passage(cast.adviser, jbn, released=False)
    row = TimelineEvent.objects.get(code="bestuurder-maart")
    row.passage = quoted
    row.save()
    for path in (EVENTS + ON, EVENTS + "bestuurder-maart/", EVENTS + "bestuurder-maart/edit/"):
        page = read(cast.adviser, path)
        assert "Woorden uit de brief" not in page, path
        assert "bladzijde 1" not in page, path
    assert add(cast.adviser, passage=quoted.public_id).status_code == 400  # type: ignore[attr-defined]


def test_a_passage_of_another_paper_than_the_source_is_refused(
    cast: Cast, jbn: Institution
) -> None:
    quoted = passage(cast.adviser, jbn, released=True)
    response = add(cast.adviser, passage=quoted.public_id, event_source="oplegger-2025")
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert "een ander stuk" in response.content.decode()  # type: ignore[attr-defined]


# --- registers ---------------------------------------------------------------------------------


def test_the_register_of_the_time_line_holds_what_the_page_shows(jbn: Institution) -> None:
    register = register_of_timeline(jbn, date(2025, 9, 30))
    text = [" ".join(map(str, row)) for row in register.rows]
    assert any("verbeterplan" in row and "eind mei 2025" in row for row in text)
    assert len(register_of_timeline(jbn, date(2024, 11, 1)).rows) < len(register.rows)


def test_the_register_of_contradictions_holds_all_with_both_sides(jbn: Institution) -> None:
    register = register_of_contradictions(jbn, date(2025, 9, 30))
    assert len(register.rows) == 17
    assert all(row[1] and row[2] and row[3] and row[4] for row in register.rows)
