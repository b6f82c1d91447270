"""Nobody gets at anything through a role or an address: told, logged, and by two people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from jbn_oversight.accounts.managing import actions, sentences
from jbn_oversight.accounts.managing import policies as rules
from jbn_oversight.accounts.models import GOOD_FOR, AccountChange, Membership, Role, User
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.mail.models import OutgoingMail
from jbn_oversight.notices.actions.sending import send_waiting
from jbn_oversight.notices.models import Notice
from jbn_oversight.refusals import RefusedError
from tests.factories.people import (
    PASSWORD,
    SINCE,
    Cast,
    membership,
    municipality,
    person,
    region,
    with_role,
)

pytestmark = pytest.mark.django_db
BACKEND = "jbn_oversight.accounts.sign_in.backends.PortalBackend"
DAY = timedelta(days=1)
NEW = "nieuw.adres@test.example"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, BACKEND)
    return client


@pytest.fixture
def second(cast: Cast) -> User:
    """Another administrator of region Drenthe."""
    return with_role("Sien Beheer", Role.ADMINISTRATOR, region("drenthe"))


def noticed() -> list[str]:
    """Who is told of a role that was given."""
    rows = Notice.objects.filter(kind="role_given")
    return sorted(rows.values_list("user__email", flat=True))


def mails(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to", flat=True))


def link_in(kind: str) -> str:
    body = OutgoingMail.objects.filter(kind=kind).latest("pk").body
    found = re.search(r"https?://[^/\s]+(/account/address/\S+)", body)
    assert found
    return found[1]


def give(by: User, **more: Any) -> actions.RoleGiven:
    today = amsterdam_day(utc_now())
    asked: dict[str, Any] = {
        "email": "iemand@test.example",
        "name": "Iemand Anders",
        "role": Role.ALDERMAN,
        "place": municipality("GM0106"),
        "from_on": today,
        "until_on": None,
        "at": utc_now(),
        "by": by,
    }
    return actions.give_role(**{**asked, **more})


# Roles


def test_a_role_is_told_to_the_other_administrators_and_clerks_of_the_place(
    cast: Cast, second: User
) -> None:
    row = give(cast.administrator).membership
    assert row is not None
    assert noticed() == sorted([second.email, cast.clerk.email])
    assert row.history.get().history_type == "+"
    send_waiting()
    assert sorted(message.to[0] for message in mail.outbox) == noticed()
    links = {message.to[0]: re.findall(r"\S+//\S+", str(message.body)) for message in mail.outbox}
    for user in (second, cast.clerk):
        (link,) = links[user.email]
        page = client_of(user).get(urlsplit(link).path)
        said = page.content.decode()
        assert "Iemand Anders" in said
        assert "Wethouder" in said
    assert all("Iemand Anders" not in str(message.body) for message in mail.outbox)


def test_who_decides_there_no_more_is_not_told_of_a_role(cast: Cast, second: User) -> None:
    give(cast.administrator)
    row = second.memberships.get()
    row.until_on = amsterdam_day(utc_now())
    row.save()
    send_waiting()
    assert [message.to for message in mail.outbox] == [[cast.clerk.email]]


def test_what_a_clerk_gives_is_told_in_the_same_way(cast: Cast, second: User) -> None:
    data = {"name": "Iemand", "email": "raad@test.example", "role": "council_member"}
    today = amsterdam_day(utc_now()).isoformat()
    client_of(cast.clerk).post("/management/people/", {**data, "from_on": today})
    assert noticed() == sorted([second.email, cast.administrator.email])


@pytest.mark.parametrize(
    "oneself",
    [
        {"email": "quint.beheer@test.example"},
        {"email": "quint.beheer+raad@test.example", "name": "Een Ander"},
        {"email": "quintbeheer@test.example", "name": "Een Ander"},
        {"email": "prive@test.example", "name": "  quint  BEHEER "},
    ],
    ids=["own account", "tagged address", "address without its dot", "same name"],
)
def test_a_role_for_oneself_waits_for_a_second_person(
    cast: Cast, second: User, oneself: dict[str, str]
) -> None:
    given = give(cast.administrator, **oneself)
    assert given.membership is None
    assert given.change is not None
    user = given.change.person
    assert not user.memberships.filter(role=Role.ALDERMAN).exists()
    assert mails("decision") == sorted([second.email, cast.clerk.email])
    with pytest.raises(PermissionDenied):
        actions.agree(change=given.change, at=utc_now(), by=user)
    with pytest.raises(PermissionDenied):
        actions.agree(change=given.change, at=utc_now(), by=cast.administrator)
    actions.agree(change=given.change, at=utc_now(), by=second)
    row = user.memberships.get(role=Role.ALDERMAN)
    assert row.added_by == cast.administrator
    assert noticed() == sorted([second.email, cast.clerk.email])


def test_a_role_into_the_past_waits_and_one_from_today_does_not(cast: Cast, second: User) -> None:
    today = amsterdam_day(utc_now())
    assert give(cast.administrator, from_on=today).membership is not None
    past = {"email": "ander@test.example", "name": "Ander", "from_on": today - DAY}
    assert give(cast.administrator, **past).membership is None
    assert give(cast.clerk, **{**past, "role": Role.COUNCIL_MEMBER}).membership is None


def test_the_first_administrator_acts_alone_until_there_is_a_second(cast: Cast) -> None:
    drenthe = region("drenthe")
    assert give(cast.administrator, place=drenthe, from_on=SINCE).membership is not None
    assert give(cast.administrator, place=drenthe, role=Role.ADMINISTRATOR).membership is not None
    again = {"email": "derde@test.example", "name": "Derde", "place": drenthe}
    assert give(cast.administrator, **again, from_on=SINCE).membership is None
    assert give(cast.administrator, **again, role=Role.ADMINISTRATOR).membership is None


def test_ending_the_other_administrator_makes_nobody_the_first_again(
    cast: Cast, second: User
) -> None:
    actions.end_role(membership=second.memberships.get(), at=utc_now(), by=cast.administrator)
    assert mails("role_ended") == [second.email]
    own = {"email": cast.administrator.email, "place": region("drenthe")}
    assert give(cast.administrator, **own).membership is None


def test_nobody_makes_a_second_person_for_a_purpose(cast: Cast, second: User) -> None:
    waiting = give(cast.administrator, email=cast.administrator.email).change
    assert waiting is not None
    # A clerk that the same administrator appoints, before or after.
    accomplice = give(
        cast.administrator, email="mede@test.example", name="Mede", role=Role.CLERK
    ).membership
    assert accomplice is not None
    with pytest.raises(PermissionDenied):
        actions.agree(change=waiting, at=utc_now(), by=accomplice.user)
    later = give(cast.administrator, email=cast.administrator.email, role=Role.AUDITOR).change
    assert later is not None
    with pytest.raises(PermissionDenied):
        actions.agree(change=later, at=utc_now() + DAY, by=accomplice.user)
    # A clerk whom that clerk appoints.
    third = give(accomplice.user, email="derde@test.example", name="Derde", role=Role.CLERK)
    assert third.membership is not None
    last = give(cast.administrator, email=cast.administrator.email, role=Role.PRIVACY_OFFICER)
    assert last.change is not None
    with pytest.raises(PermissionDenied):
        actions.agree(change=last.change, at=utc_now() + DAY, by=third.membership.user)
    assert rules.may_decide(cast.clerk, last.change, utc_now())
    # An administrator who came after it was asked.
    newer = with_role("Nieuwe Beheer", Role.ADMINISTRATOR, region("drenthe"))
    with pytest.raises(PermissionDenied):
        actions.agree(change=waiting, at=utc_now() + DAY, by=newer)


def test_the_second_person_is_of_the_place(cast: Cast, second: User) -> None:
    waiting = give(cast.administrator, email=cast.administrator.email).change
    assert waiting is not None
    elsewhere = with_role("Gro Beheer", Role.ADMINISTRATOR, region("groningen"))
    emmen = with_role("Griffier Emmen", Role.CLERK, municipality("GM0114"))
    for somebody in (elsewhere, emmen, cast.alderman, cast.auditor):
        assert not rules.may_decide(somebody, waiting, utc_now() + DAY)
        with pytest.raises(PermissionDenied):
            actions.agree(change=waiting, at=utc_now() + DAY, by=somebody)
    actions.agree(change=waiting, at=utc_now(), by=cast.clerk)


def test_an_administrator_gives_roles_in_the_own_places_only(cast: Cast, second: User) -> None:
    client = client_of(cast.administrator)
    page = client.get("/management/accounts/new/").content.decode()
    own, other = municipality("GM0106"), municipality("GM0014")
    assert f'value="municipality-{own.pk}"' in page
    assert f'value="municipality-{other.pk}"' not in page
    data = {"name": "X", "email": "x@test.example", "role": "alderman", "from_on": "2030-01-01"}
    answer = client.post("/management/accounts/new/", {**data, "place": f"municipality-{other.pk}"})
    assert answer.status_code == 200
    assert not User.objects.filter(email="x@test.example").exists()


def test_what_was_refused_or_waited_too_long_is_not_done(cast: Cast, second: User) -> None:
    refused = give(cast.administrator, email=cast.administrator.email).change
    assert refused is not None
    actions.refuse(change=refused, at=utc_now(), by=second)
    assert mails("refused") == [cast.administrator.email]
    with pytest.raises(RefusedError):
        actions.agree(change=refused, at=utc_now(), by=second)
    old = give(cast.administrator, email=cast.administrator.email).change
    assert old is not None
    with pytest.raises(RefusedError):
        actions.agree(change=old, at=utc_now() + GOOD_FOR + DAY, by=second)
    assert not cast.administrator.memberships.exclude(role=Role.ADMINISTRATOR).exists()


# Addresses


def asked(cast: Cast, by: User, of: User | None = None, address: str = NEW) -> AccountChange:
    return actions.ask_address(person=of or cast.alderman, address=address, at=utc_now(), by=by)


def test_asking_for_an_address_changes_nothing_and_tells_the_old_one(
    cast: Cast, second: User
) -> None:
    before = cast.alderman.email
    answer = client_of(cast.administrator).post(
        f"/management/accounts/{cast.alderman.public_id}/address/", {"email": NEW.upper()}
    )
    assert answer.status_code == 302
    cast.alderman.refresh_from_db()
    assert cast.alderman.email == before
    assert mails("address_told") == [before]
    assert mails("address_confirm") == [NEW]
    assert mails("decision") == sorted([second.email, cast.clerk.email])


@pytest.mark.parametrize("order", ["confirmed first", "decided first"])
def test_it_takes_the_new_address_and_a_second_person(
    client: Client, cast: Cast, second: User, order: str
) -> None:
    before = cast.alderman.email
    change = asked(cast, cast.administrator)
    path = link_in("address_confirm")
    steps: list[Callable[[], object]] = [
        lambda: client.post(path),
        lambda: actions.agree(change=change, at=utc_now(), by=second),
    ]
    for step in steps if order == "confirmed first" else reversed(steps):
        assert User.objects.get(pk=cast.alderman.pk).email == before
        step()
    user = User.objects.get(pk=cast.alderman.pk)
    assert user.email == NEW
    last = user.history.latest()
    assert (last.history_user, last.history_change_reason) == (second, "address")
    assert mails("address_changed") == sorted([before, NEW])


def test_a_program_that_reads_mail_uses_up_and_does_nothing(
    client: Client, cast: Cast, second: User
) -> None:
    change = asked(cast, cast.administrator)
    for kind in ("address_confirm", "address_told"):
        for _ in range(3):
            assert client.get(link_in(kind)).status_code == 200
            assert client.head(link_in(kind)).status_code == 200
    change.refresh_from_db()
    assert (change.confirmed_at, change.refused_at) == (None, None)


def test_the_old_address_stops_it(client: Client, cast: Cast, second: User) -> None:
    change = asked(cast, cast.administrator)
    client.post(link_in("address_confirm"))
    assert "gestopt" in client.post(link_in("address_told")).content.decode()
    with pytest.raises(RefusedError):
        actions.agree(change=change, at=utc_now(), by=second)
    assert User.objects.get(pk=cast.alderman.pk).email != NEW


def test_a_link_that_was_changed_or_is_too_old_opens_nothing(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = asked(cast, cast.administrator)
    path = link_in("address_confirm")
    other = sentences.token_of(change, "old")
    for wrong in (path[:-3] + "xx/", "/account/address/x/", f"/account/address/{other[:-1]}/"):
        assert client.post(wrong).status_code == 404, wrong
    monkeypatch.setattr(sentences, "GOOD_FOR", timedelta(seconds=-1))
    assert client.post(path).status_code == 404
    change.refresh_from_db()
    assert change.confirmed_at is None


def test_nobody_decides_about_the_own_wish_or_the_own_address(cast: Cast, second: User) -> None:
    mine = asked(cast, cast.administrator)
    with pytest.raises(PermissionDenied):
        actions.agree(change=mine, at=utc_now(), by=cast.administrator)
    theirs = asked(cast, cast.administrator, of=second, address="sien.nieuw@test.example")
    with pytest.raises(PermissionDenied):
        actions.agree(change=theirs, at=utc_now(), by=second)


def test_an_accomplice_in_another_place_is_no_second_person(cast: Cast) -> None:
    change = asked(cast, cast.administrator)
    for somebody in (
        with_role("Gro Beheer", Role.ADMINISTRATOR, region("groningen")),
        with_role("Griffier Emmen", Role.CLERK, municipality("GM0114")),
    ):
        with pytest.raises(PermissionDenied):
            actions.agree(change=change, at=utc_now() + DAY, by=somebody)


def test_a_role_given_in_ones_own_place_opens_nobody_of_another(cast: Cast, second: User) -> None:
    give(cast.administrator, email=cast.other_alderman.email, role=Role.AUDITOR)
    client = client_of(cast.administrator)
    path = f"/management/accounts/{cast.other_alderman.public_id}/"
    assert client.get(path).status_code == 200
    for act in ("address", "name", "close", "open"):
        assert client.post(f"{path}{act}/", {"email": NEW, "name": "X"}).status_code == 403
    assert not AccountChange.objects.exists()


def test_an_address_that_somebody_has_is_refused_when_asked_and_when_done(
    client: Client, cast: Cast, second: User
) -> None:
    with pytest.raises(RefusedError):
        asked(cast, cast.administrator, address=cast.clerk.email.upper())
    change = asked(cast, cast.administrator)
    client.post(link_in("address_confirm"))
    person("Eerder", NEW)
    with pytest.raises(RefusedError), transaction.atomic():
        actions.agree(change=change, at=utc_now(), by=second)
    change.refresh_from_db()
    assert change.agreed_at is None


def test_one_change_at_a_time(cast: Cast) -> None:
    asked(cast, cast.administrator)
    with pytest.raises(RefusedError):
        asked(cast, cast.administrator, address="nog.een@test.example")


def done(cast: Cast, second: User) -> None:
    change = asked(cast, cast.administrator)
    actions.answer_link(token=sentences.token_of(change, "new"), at=utc_now())
    actions.agree(change=change, at=utc_now(), by=second)


def test_who_was_signed_in_is_not_any_more(cast: Cast, second: User) -> None:
    client = client_of(cast.alderman)
    assert client.get("/me/").status_code == 200
    done(cast, second)
    assert client.get("/me/").status_code == 404
    assert SESSION_KEY not in client.session


def test_the_old_address_signs_nobody_in_and_gets_no_link(
    client: Client, cast: Cast, second: User
) -> None:
    before = cast.alderman.email
    EmailAddress.objects.create(user=cast.alderman, email=before, verified=True, primary=True)
    done(cast, second)
    client.post("/account/sign-in/", {"login": before, "password": PASSWORD})
    assert SESSION_KEY not in client.session
    client.post("/account/sign-in/", {"login": NEW, "password": PASSWORD})
    assert client.session[SESSION_KEY] == str(cast.alderman.pk)


def test_a_link_for_a_new_password_ends_with_the_address(
    client: Client, cast: Cast, second: User
) -> None:
    from allauth.account.forms import default_token_generator

    key = default_token_generator.make_token(cast.alderman)
    assert default_token_generator.check_token(cast.alderman, key)
    done(cast, second)
    assert not default_token_generator.check_token(User.objects.get(pk=cast.alderman.pk), key)


# Accounts


def test_a_closed_account_ends_its_sessions_and_opens_by_two(cast: Cast, second: User) -> None:
    client = client_of(cast.alderman)
    administrator = client_of(cast.administrator)
    path = f"/management/accounts/{cast.alderman.public_id}/"
    administrator.post(f"{path}close/")
    assert client.get("/me/").status_code == 404
    assert mails("account") == sorted([cast.alderman.email, second.email, cast.clerk.email])
    administrator.post(f"{path}open/")
    assert not User.objects.get(pk=cast.alderman.pk).is_active
    change = AccountChange.objects.get()
    with pytest.raises(PermissionDenied):
        actions.agree(change=change, at=utc_now(), by=cast.administrator)
    client_of(second).post(f"/management/decisions/{change.public_id}/", {"act": "agree"})
    assert User.objects.get(pk=cast.alderman.pk).is_active
    assert client.get("/me/").status_code == 404


def test_a_name_is_told_to_its_bearer_and_the_others(cast: Cast, second: User) -> None:
    path = f"/management/accounts/{cast.alderman.public_id}/name/"
    client_of(cast.administrator).post(path, {"name": "Noor Privacy"})
    assert User.objects.get(pk=cast.alderman.pk).name == "Noor Privacy"
    assert mails("account") == sorted([cast.alderman.email, second.email, cast.clerk.email])


def test_nobody_closes_or_ends_themselves(cast: Cast) -> None:
    client = client_of(cast.administrator)
    path = f"/management/accounts/{cast.administrator.public_id}/"
    client.post(f"{path}close/")
    assert User.objects.get(pk=cast.administrator.pk).is_active
    row = cast.administrator.memberships.get()
    assert client.post(f"{path}roles/{row.public_id}/end/").status_code == 403


# The database, the log and the screens


@pytest.mark.parametrize(
    "changed",
    [
        {"new_address": "ander@test.example"},
        {"asked_at": utc_now() - DAY},
        {"role": "auditor"},
    ],
)
def test_a_row_is_never_changed_afterwards(cast: Cast, changed: dict[str, Any]) -> None:
    change = asked(cast, cast.administrator)
    with pytest.raises(DatabaseError), transaction.atomic():
        AccountChange.objects.filter(pk=change.pk).update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        change.delete()


def test_the_database_holds_that_it_takes_two(cast: Cast) -> None:
    change = asked(cast, cast.administrator)
    for one in (cast.administrator, cast.alderman):
        with pytest.raises(DatabaseError), transaction.atomic():
            AccountChange.objects.filter(pk=change.pk).update(agreed_by=one, agreed_at=utc_now())
    with pytest.raises(DatabaseError), transaction.atomic():
        AccountChange.objects.filter(pk=change.pk).update(done_at=utc_now())


def test_the_log_of_roles_tells_both_without_addresses(cast: Cast, second: User) -> None:
    done(cast, second)
    page = client_of(cast.auditor).get("/management/roles/").content.decode()
    assert "E-mailadres" in page or "e-mailadres" in page
    assert second.name in page
    assert NEW not in page


def test_only_who_decides_finds_what_waits(cast: Cast, second: User) -> None:
    change = asked(cast, cast.administrator)
    for name, user in {**cast.everyone(), "second": second}.items():
        client = client_of(user)
        expected = 200 if name in {"administrator", "clerk", "second"} else 404
        assert client.get("/management/decisions/").status_code == expected, name
        people = 200 if name in {"administrator", "second"} else 404
        assert client.get("/management/accounts/").status_code == people, name
        assert client.get("/management/accounts/new/").status_code == people, name
        assert (
            client.get(f"/management/accounts/{cast.alderman.public_id}/").status_code == people
        ), name
        if name not in {"administrator", "clerk", "second"}:
            path = f"/management/decisions/{change.public_id}/"
            assert client.post(path, {"act": "agree"}).status_code == 404, name
    change.refresh_from_db()
    assert change.agreed_at is None


def test_a_second_person_decides_on_the_page(client: Client, cast: Cast) -> None:
    change = asked(cast, cast.administrator)
    client.post(link_in("address_confirm"))
    clerk = client_of(cast.clerk)
    page = clerk.get("/management/decisions/").content.decode()
    assert NEW in page
    assert cast.alderman.name in page
    clerk.post(f"/management/decisions/{change.public_id}/", {"act": "agree"})
    assert User.objects.get(pk=cast.alderman.pk).email == NEW


SECRETS = (
    "password__startswith",
    "user__password__startswith",
    "memberships__user__password__startswith",
    "last_login__gt",
    "signed_out_at__isnull",
    "is_demo__exact",
)


def test_no_list_is_filtered_or_sorted_by_a_secret(cast: Cast) -> None:
    for who, path in (
        (cast.administrator, "/management/accounts/"),
        (cast.administrator, "/management/decisions/"),
        (cast.clerk, "/management/people/"),
        (cast.auditor, "/management/roles/"),
    ):
        client = client_of(who)
        expected = shown(client, path)
        for name in SECRETS:
            assert shown(client, f"{path}?{name}=!") == expected, f"{path} {name}"
        for name in ("o", "sort", "order", "order_by", "sorted"):
            assert shown(client, f"{path}?{name}=password") == expected, f"{path} {name}"
            assert shown(client, f"{path}?{name}=-password") == expected, f"{path} {name}"


def shown(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|name="next" value="[^"]*"', "", page)


@pytest.mark.parametrize("what", ["equatedday", "equateddaylist"])
def test_the_administration_takes_no_field_from_an_address(cast: Cast, what: str) -> None:
    client = client_of(cast.administrator)
    for name in (*SECRETS, "list__pk__gt", "day__gt"):
        answer = client.get(f"/admin/statutory_days/{what}/?{name}=1")
        assert answer.status_code in (302, 400), name
        assert "?e=1" in answer.get("Location", "?e=1"), name


@pytest.mark.parametrize("what", ["user", "membership"])
def test_people_are_not_in_djangos_administration(cast: Cast, what: str) -> None:
    client = client_of(cast.administrator)
    assert client.get(f"/admin/accounts/{what}/").status_code == 404
    assert client.get(f"/admin/accounts/{what}/?password__startswith=md5").status_code == 404


def test_the_search_of_people_is_by_name_and_address_alone(cast: Cast) -> None:
    client = client_of(cast.administrator)
    found = client.get("/management/accounts/?q=anna").content.decode()
    assert cast.alderman.email in found
    assert cast.clerk.email not in found
    for words in (cast.alderman.password[:12], str(cast.alderman.pk), "%00", "\\", "%25"):
        answer = client.get("/management/accounts/", {"q": words})
        assert answer.status_code == 200
        assert cast.alderman.email not in answer.content.decode() or words in cast.alderman.email


def test_a_person_of_the_demonstration_stays_one(cast: Cast) -> None:
    client = client_of(cast.administrator)
    path = f"/management/accounts/{cast.alderman.public_id}/name/"
    client.post(path, {"name": "X", "is_demo": "1", "is_active": "0", "email": NEW})
    user = User.objects.get(pk=cast.alderman.pk)
    assert (user.is_demo, user.is_active, user.email != NEW) == (False, True, True)


def test_who_looks_after_a_municipality_does_not_look_after_its_region(cast: Cast) -> None:
    local = with_role("Lokaal Beheer", Role.ADMINISTRATOR, municipality("GM0106"))
    today = amsterdam_day(utc_now())
    assert rules.places_of(local, today) == [municipality("GM0106")]
    assert not rules.may_manage(local, cast.region_alderman, today)
    assert not rules.may_manage(local, cast.other_council_member, today)
    assert rules.may_manage(local, cast.council_member, today)


def test_a_role_that_starts_later_gives_nothing_to_decide_yet(cast: Cast) -> None:
    coming = person("Straks Beheer")
    membership(coming, Role.ADMINISTRATOR, region("drenthe"), from_on=date(2999, 1, 1))
    change = asked(cast, cast.administrator)
    assert not rules.may_decide(coming, change, utc_now())
    assert not Membership.objects.filter(user=coming).running(amsterdam_day(utc_now())).exists()
