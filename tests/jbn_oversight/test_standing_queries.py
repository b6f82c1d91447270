"""A standing query answers as its QuerySet does, and refuses what it could answer wrongly."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import F, QuerySet

from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.prepared_queries import StandingQuery
from tests.factories.people import membership, municipality, person, region

pytestmark = pytest.mark.django_db

AT = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def running(user: int, at: datetime, role: str) -> QuerySet[Membership]:
    rows = Membership.objects.running(amsterdam_day(at)).filter(user=user, role=role)
    return rows.annotate(slug=F("region__slug")).order_by("pk")


QUERY = StandingQuery(
    "test_running",
    running,
    {"user": int, "at": datetime, "role": str},
    related=("municipality", "region"),
    extra=("slug",),
)


def test_it_gives_the_rows_of_its_queryset_with_their_related_ones() -> None:
    user, other = person("reader"), person("other", "other@test.example")
    membership(user, Role.POLICY_ADVISER, municipality("GM0106"), from_on=date(2020, 1, 1))
    membership(user, Role.POLICY_ADVISER, region("drenthe"), from_on=date(2020, 1, 1))
    membership(user, Role.ALDERMAN, municipality("GM0114"), from_on=date(2020, 1, 1))
    membership(other, Role.POLICY_ADVISER, municipality("GM0114"), until_on=date(2025, 10, 26))
    for who in (user, other):
        for at in (AT, datetime(2025, 10, 25, 21, 59, tzinfo=UTC)):
            rows = QUERY.ask(user=who.pk, at=at, role="policy_adviser")
            assert rows == list(running(who.pk, at, "policy_adviser"))
            assert [(row.role, row.from_on) for row in rows] == [
                (row.role, row.from_on) for row in running(who.pk, at, "policy_adviser")
            ]
    town, whole = QUERY.ask(user=user.pk, at=AT, role="policy_adviser")
    assert (town.municipality, town.region) == (municipality("GM0106"), None)
    assert (whole.municipality, whole.region) == (None, region("drenthe"))
    assert vars(whole)["slug"] == "drenthe"
    assert QUERY.first(user=user.pk, at=AT, role="administrator") is None


def test_a_value_is_never_taken_for_words() -> None:
    membership(person("reader"), Role.CLERK, municipality("GM0106"), from_on=date(2020, 1, 1))
    assert QUERY.ask(user=0, at=AT, role="clerk') OR ('' = '") == []


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_plans_it_again() -> None:
    user = person("reader")
    membership(user, Role.CLERK, municipality("GM0106"), from_on=date(2020, 1, 1))
    for _ in range(2):
        assert len(QUERY.ask(user=user.pk, at=AT, role="clerk")) == 1
        connection.close()


def test_words_that_depend_on_a_value_are_refused() -> None:
    odd = StandingQuery(
        "test_odd",
        lambda user: Membership.objects.filter(user=user, **({} if user % 2 else {"role": "x"})),
        {"user": int},
    )
    even = StandingQuery(
        "test_even",
        lambda user: (
            Membership.objects.filter(user=user)
            if user < -2000
            else Membership.objects.filter(user=user, role="clerk")
        ),
        {"user": int},
    )
    assert odd.ask(user=1) == []  # both samples are odd, and neither is the value itself
    with pytest.raises(TypeError, match="words depend on the values"):
        even.ask(user=1)


def test_something_made_of_a_value_is_refused() -> None:
    made = StandingQuery(
        "test_made", lambda user: Membership.objects.filter(user=user + 1), {"user": int}
    )
    with pytest.raises(TypeError, match="made of a value"):
        made.ask(user=1)
