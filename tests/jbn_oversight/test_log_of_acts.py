"""One log of what people do: append-only, written with the act, and seen per place."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from jbn_oversight.accounts.act_kinds import ROLE_GIVEN
from jbn_oversight.accounts.actions import add_membership, end_membership
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.managing import actions as managing
from jbn_oversight.accounts.models import Role, User
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.acts.act_kinds import KindOfAct, KindsOfThing, all_kinds
from jbn_oversight.acts.actions import OutsideTransactionError, record_act
from jbn_oversight.acts.models import RecordedAct
from jbn_oversight.acts.selectors import acts_for, acts_page
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.organisations.act_kinds import AUTHORITY
from jbn_oversight.organisations.models import (
    Authority,
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Place,
    Region,
)
from tests.factories.people import (
    SINCE,
    Cast,
    institution,
    membership,
    municipality,
    person,
    region,
    with_role,
)

pytestmark = pytest.mark.django_db
PAGE = "/management/acts/"
FILE = "/management/acts.csv"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def page_of(user: User, **asked: str) -> str:
    answer = client_of(user).get(PAGE, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(user: User, **asked: str) -> list[dict[str, str]]:
    """The lines of the file that this person downloads."""
    answer = client_of(user).get(FILE, asked)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def an_act(by: User | None, about: User, place: Place | None, **more: Any) -> RecordedAct:
    asked: dict[str, Any] = {"at": AT, "detail": "clerk", "place": place, **more}
    return record_act(kind=ROLE_GIVEN, on=about, about=about, by=by, **asked)


# What a row is


def update(row: RecordedAct) -> None:
    RecordedAct.objects.filter(pk=row.pk).update(by_name="Iemand Anders")


def delete(row: RecordedAct) -> None:
    row.delete()


def truncate(row: RecordedAct) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE acts_recordedact")


@pytest.mark.parametrize("write", [update, delete, truncate])
def test_nobody_changes_or_removes_an_act(cast: Cast, write: Callable[[RecordedAct], None]) -> None:
    row = an_act(cast.administrator, cast.clerk, region("drenthe"))
    with pytest.raises(IntegrityError, match="never changed or removed"):
        write(row)


def test_an_act_outlives_the_account_the_name_and_the_place(cast: Cast) -> None:
    user = person("Tijdelijke Beheerder")
    place = Region.objects.create(slug="tijdelijk", name="Tijdelijk")
    row = an_act(user, cast.clerk, place)
    key = user.public_id
    user.delete()
    place.delete()
    row.refresh_from_db()
    assert (row.by_public_id, row.by_name) == (key, "Tijdelijke Beheerder")
    assert row.region == "tijdelijk"


@pytest.mark.parametrize("detail", ["Zilvervos", "een zin!", "a\nb", "é"])
def test_the_database_refuses_words_as_a_detail(cast: Cast, detail: str) -> None:
    with pytest.raises(IntegrityError, match="act_detail_is_codes"), transaction.atomic():
        an_act(cast.administrator, cast.clerk, None, detail=detail)


def test_the_database_refuses_a_second_person_who_is_the_first(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="act_agreed_by_somebody"), transaction.atomic():
        an_act(cast.administrator, cast.clerk, None, agreed_by=cast.administrator)


def test_a_role_of_another_place_is_not_copied_into_an_act(cast: Cast) -> None:
    membership(cast.administrator, Role.CLERK, municipality("GM0014"))
    row = an_act(cast.administrator, cast.clerk, municipality("GM0106"))
    assert row.by_role == "administrator"
    assert an_act(cast.administrator, cast.clerk, municipality("GM0014")).by_role == "clerk"


@pytest.mark.django_db(transaction=True)
def test_an_act_is_never_written_outside_the_transaction_of_what_was_done() -> None:
    with pytest.raises(OutsideTransactionError):
        an_act(None, person("Iemand"), None)
    assert not RecordedAct.objects.exists()


# Acts are written with what is done


def give(cast: Cast, **more: Any) -> None:
    asked: dict[str, Any] = {
        "email": "nieuw@test.example",
        "name": "Nieuw Raadslid",
        "role": Role.COUNCIL_MEMBER,
        "place": municipality("GM0106"),
        "from_on": amsterdam_day(utc_now()),
        "until_on": None,
        "by": cast.clerk,
    }
    add_membership(**{**asked, **more})


def test_giving_and_ending_a_role_leave_their_acts(cast: Cast) -> None:
    give(cast)
    user = User.objects.get(email="nieuw@test.example")
    end_membership(membership=user.memberships.get(), on=SINCE, by=cast.clerk)
    acts = RecordedAct.objects.order_by("pk").filter(about_public_id=user.public_id)
    assert [(act.kind, act.detail) for act in acts] == [
        ("accounts.person_added", ""),
        ("accounts.role_given", "council_member"),
        ("accounts.role_ended", "council_member"),
    ]
    assert {(act.by_name, act.by_role, act.municipality) for act in acts} == {
        (cast.clerk.name, "clerk", "GM0106")
    }


def test_what_is_rolled_back_leaves_no_act(cast: Cast) -> None:
    with transaction.atomic():
        give(cast)
        assert RecordedAct.objects.exists()
        transaction.set_rollback(True)
    assert not RecordedAct.objects.exists()


def test_an_act_that_is_refused_leaves_no_row(cast: Cast) -> None:
    answer = client_of(cast.clerk).post(
        "/management/people/", {"name": "Iemand", "email": "geen adres", "role": "clerk"}
    )
    assert answer.status_code == 200
    assert not RecordedAct.objects.exists()


def test_an_administrator_made_by_a_command_stands_in_the_log(cast: Cast) -> None:
    give(cast, role=Role.ADMINISTRATOR, by=None)
    assert {act.by_public_id for act in RecordedAct.objects.all()} == {""}
    assert "geen account" in page_of(cast.auditor)


def test_a_change_of_two_people_names_both(cast: Cast) -> None:
    second = with_role("Sien Beheer", Role.ADMINISTRATOR, region("drenthe"))
    managing.close_account(person=cast.alderman, at=AT, by=cast.administrator)
    asked = managing.ask_reopening(person=cast.alderman, at=utc_now(), by=cast.administrator)
    managing.agree(change=asked, at=utc_now(), by=second)
    act = RecordedAct.objects.get(kind="accounts.account_opened")
    assert (act.by_name, act.agreed_name) == (cast.administrator.name, "Sien Beheer")
    assert (act.about_name, act.municipality) == (cast.alderman.name, "GM0106")


def test_an_equated_day_that_an_administrator_adds_stands_in_the_log(cast: Cast) -> None:
    client = client_of(cast.administrator)
    day = {"day": "2031-05-30", "source": "Een besluit"}
    assert client.post("/admin/statutory_days/equatedday/add/", day).status_code == 302
    act = RecordedAct.objects.get()
    assert (act.kind, act.thing_id) == ("statutory_days.equated_days_added", "2031-05-30")
    assert (act.by_name, act.by_role) == (cast.administrator.name, "administrator")


# Who sees what


def test_only_who_holds_the_right_finds_the_log(cast: Cast) -> None:
    for name, user in cast.everyone().items():
        expected = 200 if name in {"privacy_officer", "auditor", "administrator"} else 404
        assert client_of(user).get(PAGE).status_code == expected, name
        assert client_of(user).get(FILE).status_code == expected, name


@pytest.fixture
def frisian() -> Institution:
    """Another institution, with a region and a municipality of its own."""
    found = Institution.objects.create(code="jbf", name="Jeugdbescherming Fryslân")
    place = Region.objects.create(slug="fryslan", name="Fryslân")
    town = Municipality.objects.create(
        cbs_code="GM0080", name="Leeuwarden", sort_name="Leeuwarden", valid_from=SINCE
    )
    MunicipalityRegion.objects.create(municipality=town, region=place, from_on=SINCE)
    InstitutionTask.objects.create(
        institution=found, region=place, task="certified_institution", from_on=SINCE
    )
    return found


def everywhere(cast: Cast, frisian: Institution) -> None:
    """One act in each place, on somebody who is called after it."""
    places: list[Place] = [
        region("drenthe"),
        region("groningen"),
        region("fryslan"),
        municipality("GM0106"),
        municipality("GM0014"),
        municipality("GM0080"),
        institution(),
        frisian,
    ]
    for number, place in enumerate(places):
        about = person(f"Van {place}", f"van.{number}@test.example")
        an_act(cast.administrator, about, place)
    an_act(cast.administrator, person("Van overal"), None)


HERE = {"Van Drenthe", "Van Assen", "Van Jeugdbescherming Noord", "Van overal"}
THERE = {"Van Fryslân", "Van Leeuwarden", "Van Jeugdbescherming Fryslân", "Van overal"}


@pytest.mark.parametrize("who", ["privacy_officer", "auditor", "administrator"])
def test_acts_are_seen_in_the_places_of_a_role_and_nowhere_else(
    cast: Cast, frisian: Institution, who: str
) -> None:
    everywhere(cast, frisian)
    assert {row["about"] for row in rows_of(getattr(cast, who))} == HERE
    other = with_role("Feike Fries", Role(getattr(cast, who).memberships.get().role), frisian)
    assert {row["about"] for row in rows_of(other)} == THERE


def test_the_page_shows_what_the_file_holds(cast: Cast, frisian: Institution) -> None:
    everywhere(cast, frisian)
    page = page_of(cast.auditor)
    assert all(name in page for name in HERE)
    assert not any(name in page for name in THERE - {"Van overal"})


def test_a_right_that_ended_shows_nothing_more(cast: Cast) -> None:
    an_act(cast.administrator, cast.clerk, municipality("GM0106"))
    row = cast.auditor.memberships.get()
    end_membership(membership=row, on=amsterdam_day(utc_now()), by=cast.administrator)
    assert client_of(cast.auditor).get(PAGE).status_code == 404


def test_the_log_of_roles_shows_no_role_of_another_institution(
    cast: Cast, frisian: Institution
) -> None:
    give(cast)
    give(cast, email="sytske@test.example", name="Sytske Fries", place=municipality("GM0080"))
    officer = with_role("Feike Fries", Role.PRIVACY_OFFICER, frisian)
    ours = client_of(cast.privacy_officer).get("/management/roles/").content.decode()
    theirs = client_of(officer).get("/management/roles/").content.decode()
    assert "Nieuw Raadslid" in ours
    assert "Sytske Fries" not in ours
    assert "Sytske Fries" in theirs
    assert "Nieuw Raadslid" not in theirs


def test_the_log_of_roles_shows_no_account_of_another_institution(
    cast: Cast, frisian: Institution
) -> None:
    sytske = with_role("Sytske Fries", Role.CLERK, municipality("GM0080"))
    boss = with_role("Baas Fries", Role.ADMINISTRATOR, region("fryslan"))
    managing.ask_address(person=sytske, address="ander@test.example", at=utc_now(), by=boss)
    officer = with_role("Feike Fries", Role.PRIVACY_OFFICER, frisian)
    assert "Sytske" not in client_of(cast.auditor).get("/management/roles/").content.decode()
    assert "Sytske" in client_of(officer).get("/management/roles/").content.decode()


# Looking for something


def some(cast: Cast, count: int) -> None:
    for number in range(count):
        an_act(cast.administrator, person(f"Mens {number:03}"), region("drenthe"), at=AT)


def test_pages_follow_each_other_and_leave_nothing_out(cast: Cast) -> None:
    some(cast, 120)
    acts = acts_for(Actor.of(cast.auditor, amsterdam_day(AT)), cast.auditor, AT)
    seen: list[str] = []
    mark, pages = "", 0
    while True:
        page = acts_page(acts, mark)
        seen += [row.about_name for row in page.rows]
        mark, pages = page.older, pages + 1
        if not mark:
            break
    assert seen == [f"Mens {number:03}" for number in reversed(range(120))]
    assert pages == 3


def test_an_act_that_one_may_not_see_is_no_mark(cast: Cast) -> None:
    hidden = an_act(cast.administrator, cast.clerk, region("groningen"), at=AT)
    an_act(cast.administrator, person("Later"), region("drenthe"), at=AT + DAY)
    page = page_of(cast.auditor, before=hidden.public_id)
    assert "Later" in page


def test_the_log_is_filtered_by_who_what_and_when(cast: Cast) -> None:
    an_act(cast.administrator, person("Eerste"), region("drenthe"), at=AT)
    an_act(cast.clerk, person("Tweede"), region("drenthe"), at=AT + DAY)
    record_act(
        kind=AUTHORITY.added, on=Authority.objects.all()[0], by=cast.administrator, at=AT + 2 * DAY
    )
    found = {
        "who": rows_of(cast.auditor, who="mila"),
        "kind": rows_of(cast.auditor, kind="accounts.role_given"),
        "from": rows_of(cast.auditor, from_on="2026-03-02"),
        "until": rows_of(cast.auditor, until_on="2026-03-01"),
        "nonsense": rows_of(cast.auditor, until_on="9999-99-99", kind="nonsense", who="\0"),
    }
    counts = {name: [row["at_utc"][:10] for row in rows] for name, rows in found.items()}
    assert counts == {
        "who": ["2026-03-02"],
        "kind": ["2026-03-02", "2026-03-01"],
        "from": ["2026-03-03", "2026-03-02"],
        "until": ["2026-03-01"],
        "nonsense": ["2026-03-03", "2026-03-02", "2026-03-01"],
    }


def test_a_day_of_the_filter_is_an_amsterdam_day(cast: Cast) -> None:
    an_act(cast.administrator, person("Laat"), None, at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))
    assert rows_of(cast.auditor, from_on="2026-03-01", until_on="2026-03-01")
    assert not rows_of(cast.auditor, until_on="2026-02-28")


def test_no_name_in_the_file_becomes_a_formula(cast: Cast) -> None:
    an_act(person("=1+1", "formule@test.example"), person("@SUM(A1)", "som@test.example"), None)
    (row,) = rows_of(cast.auditor)
    assert row["by"] == "'=1+1"
    assert row["about"] == "'@SUM(A1)"


def test_the_page_asks_the_same_queries_however_many_acts_there_are(cast: Cast) -> None:
    client = client_of(cast.auditor)
    some(cast, 1)
    client.get(PAGE)  # what a process asks once
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for place in (municipality("GM0106"), institution(), region("drenthe")):
        for number in range(20):
            an_act(cast.administrator, person(f"{place} {number}"), place)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_a_page_is_read_along_an_index_and_nothing_is_sorted(cast: Cast) -> None:
    some(cast, 60)
    acts = acts_for(Actor.of(cast.auditor, date(2026, 3, 1)), cast.auditor, AT)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = acts.newest_first()[:51].explain(format="json")
    (top,) = json.loads(plan)
    nodes = list(_nodes(top["Plan"]))
    assert top["Plan"]["Node Type"] == "Limit"
    assert "act_newest" in {node.get("Index Name") for node in nodes}
    assert "Sort" not in {node["Node Type"] for node in nodes}


def _nodes(plan: dict[str, Any]) -> Any:
    yield plan
    for inner in plan.get("Plans", ()):
        if inner.get("Parent Relationship") != "SubPlan":
            yield from _nodes(inner)


# Kinds


def declared() -> list[KindOfAct]:
    """Every kind that an ``act_kinds`` module makes, listed there or not."""
    found: list[KindOfAct] = []
    all_kinds()
    for name, module in list(sys.modules.items()):
        if name.endswith(".act_kinds"):
            for value in vars(module).values():
                if isinstance(value, KindOfAct):
                    found.append(value)
                elif isinstance(value, KindsOfThing):
                    found += value
    return found


def test_every_kind_that_is_made_is_declared_too() -> None:
    assert {kind.code for kind in declared()} == set(all_kinds())


def test_every_kind_has_words_a_right_and_an_address_that_is_there() -> None:
    for kind in all_kinds().values():
        assert str(kind.label)
        assert kind.right in all_rights(), kind.code
        assert not kind.opens or kind.opens in all_rights(), kind.code
        path = kind.path.format(institution="jbn", key="AAAAAAAAAAAAAAAAAAAAAA")
        try:
            assert not path or resolve(path), kind.code
        except Resolver404:
            pytest.fail(f"{kind.code}: there is no {path}")
