"""Who guesses addresses, or reads out of the ordinary, is noticed; the answers stay the same."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jbn_oversight.public_id import new_public_id
from reports.briefings.guessing import actions as misses
from reports.briefings.guessing.selectors import KEYS, OPEN_WORDS, OTHERS, holds_papers, is_there
from reports.briefings.models.misses import AddressMiss, GuessingAlarm
from reports.briefings.models.readings import ReadingLog
from tests.factories.briefings import HOUR, approved, invited, now
from tests.factories.people import Cast
from tests.reports.crawl import general_values, patterns
from tests.reports.test_every_address_answers import lively

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST = settings.BRIEFING_MISSES_ALARM


def guess(client: Client, times: int, **more: Any) -> list[tuple[int, bytes, dict[str, str]]]:
    found = []
    for _ in range(times):
        response = client.get(f"/briefings/{new_public_id()}/", **more)
        found.append((response.status_code, response.content, dict(response.items())))
    return found


def test_ten_misses_from_one_address_raise_one_alarm(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    guess(client, MOST - 1, REMOTE_ADDR="192.0.2.1")
    assert not GuessingAlarm.objects.exists()
    guess(client, 5, REMOTE_ADDR="192.0.2.1")
    alarm = GuessingAlarm.objects.get()
    assert (alarm.address, alarm.account, alarm.count) == ("192.0.2.1", "", MOST)
    assert caplog.text.count("an alarm about briefings was raised") == 1


def test_ten_misses_of_one_account_from_many_addresses_raise_an_alarm(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.nobody)
    for number in range(MOST):
        guess(client, 1, REMOTE_ADDR=f"192.0.2.{number + 1}")
    alarm = GuessingAlarm.objects.get()
    assert (alarm.address, alarm.account) == (None, cast.nobody.public_id)
    assert alarm.name == cast.nobody.name


def test_misses_of_many_addresses_raise_none(client: Client, cast: Cast) -> None:
    for number in range(2 * MOST):
        guess(client, 1, REMOTE_ADDR=f"192.0.2.{number + 1}")
    assert not GuessingAlarm.objects.exists()


def test_the_answer_is_the_same_before_at_and_after_the_alarm(client: Client, cast: Cast) -> None:
    client.force_login(cast.nobody)
    found = guess(client, MOST + 3, REMOTE_ADDR="192.0.2.1")
    assert GuessingAlarm.objects.exists()
    assert {(status, body) for status, body, _headers in found} == {found[0][:2]}
    assert all(headers == found[0][2] for _status, _body, headers in found)


def test_who_is_not_signed_in_gets_the_same_answer_too_but_for_the_address(
    client: Client, cast: Cast
) -> None:
    found = []
    for _ in range(MOST + 3):
        key = new_public_id()
        response = client.get(f"/briefings/{key}/", REMOTE_ADDR="192.0.2.1")
        headers = dict(response.items())
        found.append((response.status_code, response.content.replace(key.encode(), b""), headers))
    assert GuessingAlarm.objects.exists()
    assert all(one == found[0] for one in found)


def test_one_real_address_opened_by_a_whole_town_hall_is_no_guessing(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    for _ in range(MOST + 1):
        briefing = approved(cast, at=at, until=at + DAY)
        for _ in range(3):
            client.get(f"/briefings/{briefing.public_id}/", REMOTE_ADDR="192.0.2.1")
            client.get(f"/briefings/{briefing.public_id}", REMOTE_ADDR="192.0.2.1")
    assert not GuessingAlarm.objects.exists()
    assert AddressMiss.objects.count() == MOST + 1


def test_one_address_that_is_not_there_counts_once(client: Client, cast: Cast) -> None:
    path = f"/briefings/{new_public_id()}/"
    for _ in range(2 * MOST):
        client.get(path, REMOTE_ADDR="192.0.2.1")
        client.head(f"{path}?page=2", REMOTE_ADDR="192.0.2.1")
    assert AddressMiss.objects.count() == 1
    assert not GuessingAlarm.objects.exists()


def test_real_addresses_that_are_not_theirs_count_for_who_is_signed_in(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    client.force_login(cast.other_council_member)
    for _ in range(MOST):
        briefing = approved(cast, at=at, until=at + DAY)
        client.get(f"/briefings/{briefing.public_id}/", REMOTE_ADDR="192.0.2.1")
    assert set(GuessingAlarm.objects.values_list("account", flat=True)) == {
        "",
        cast.other_council_member.public_id,
    }


def test_a_key_guessed_below_a_real_briefing_counts(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    for _ in range(MOST):
        client.get(f"/briefings/{briefing.public_id}/versions/{new_public_id()}/pdf/")
    assert GuessingAlarm.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        "/briefings/{}/",
        "/briefings/{}/work/",
        "/briefings/{}/anything/at/all/",
        "/briefings/fact-check/{}/",
        "/public/{}/",
        "/public/{}/pdf/",
        "/oversight/jbn/documents/{}/",
        "/oversight/jbn/documents/versions/{}/file/",
        "/oversight/jbn/documents/passages/{}/",
        "/oversight/jbn/findings/actions/AAAAAAAAAAAAAAAAAAAAAA/evidence/{}/",
    ],
)
@pytest.mark.parametrize("who", ["anonymous", "other_council_member"])
def test_guesses_count_at_every_address_that_holds_papers(
    client: Client, cast: Cast, form: str, who: str
) -> None:
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    for number in range(MOST):
        path = form.format(new_public_id())
        method = ("GET", "HEAD")[number % 2]
        client.generic(method, path, HTTP_X_REQUESTED_WITH="fetch" if number % 3 else "")
    expected = {""} if who == "anonymous" else {"", cast.other_council_member.public_id}
    assert set(GuessingAlarm.objects.values_list("account", flat=True)) == expected


def test_every_part_of_an_address_with_papers_is_known() -> None:
    known = set(KEYS) | set(OTHERS) | OPEN_WORDS
    for pattern in patterns():
        if holds_papers("/" + pattern.form):
            assert set(pattern.parts) <= known, pattern.form


def test_every_address_of_everything_real_is_known_to_be_there(cast: Cast) -> None:
    at = now() - HOUR
    _briefing, values = lively(cast, at=at)
    general, seen = general_values(), 0
    for pattern in patterns():
        made = all(values[part] != general[part] for part in set(pattern.parts) - OPEN_WORDS)
        if made and pattern.form.startswith("briefings/") and "attachment_id" not in pattern.parts:
            seen += 1
            for path in pattern.filled(values):
                assert is_there(path), path
    assert seen > 60


def test_a_row_tells_no_address(client: Client, cast: Cast) -> None:
    path = f"/briefings/{new_public_id()}/"
    client.get(path, REMOTE_ADDR="192.0.2.1")
    (row,) = AddressMiss.objects.values()
    assert path.split("/")[2] not in str(row)
    assert row["asked"] != hashlib.sha256(path.rstrip("/").encode()).hexdigest()


def test_of_ipv6_the_network_counts(client: Client, cast: Cast) -> None:
    for number in range(MOST):
        guess(client, 1, REMOTE_ADDR=f"2001:db8::{number + 1:x}")
    assert GuessingAlarm.objects.get().address == "2001:db8::"


@pytest.mark.parametrize("real", [True, False])
def test_counting_asks_as_much_of_the_database_for_what_is_real_as_for_what_is_not(
    client: Client, cast: Cast, django_assert_num_queries: Any, real: bool
) -> None:
    at = now() - HOUR
    key = approved(cast, at=at, until=at + DAY).public_id if real else new_public_id()
    with django_assert_num_queries(7):
        client.get(f"/briefings/{key}/")


def test_what_exists_and_what_does_not_count_alike(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    client.force_login(cast.other_council_member)
    client.get(f"/briefings/{briefing.public_id}/")
    guess(client, 1)
    client.get("/public/" + new_public_id() + "/")
    assert AddressMiss.objects.count() == 3
    client.get("/nothing-of-briefings/")
    assert AddressMiss.objects.count() == 3


def test_a_flood_after_the_alarm_fills_nothing(client: Client, cast: Cast) -> None:
    guess(client, 3 * MOST, REMOTE_ADDR="192.0.2.1")
    assert AddressMiss.objects.count() == MOST


def test_misses_of_yesterday_do_not_count_and_old_ones_are_forgotten(cast: Cast) -> None:
    at = now()
    for _ in range(MOST - 1):
        misses.note_miss(
            path=f"/briefings/{new_public_id()}/", address="192.0.2.1", user=None, at=at - 2 * DAY
        )
    misses.note_miss(path=f"/briefings/{new_public_id()}/", address="192.0.2.1", user=None, at=at)
    assert not GuessingAlarm.objects.exists()
    misses.note_miss(
        path=f"/briefings/{new_public_id()}/", address="192.0.2.1", user=None, at=at - misses.KEEP
    )
    assert misses.purge(at) == 1


@pytest.mark.parametrize("address", ["", "unknown", "192.0.2.1, 10.0.0.1", "\0", "x" * 500])
def test_an_odd_address_breaks_nothing(address: str) -> None:
    misses.note_miss(path=f"/briefings/{new_public_id()}/", address=address, user=None, at=now())
    assert not AddressMiss.objects.exists()


def read(cast: Cast, number: int, *, kind: str = "open", address: str = "192.0.2.1") -> None:
    at = now()
    for _ in range(number):
        ReadingLog.objects.create(
            briefing_public_id="x",
            owner="region:drenthe",
            kind=kind,
            version_number=1,
            reader_public_id=cast.clerk.public_id,
            reader_name=cast.clerk.name,
            reader_email=cast.clerk.email,
            role="clerk",
            organisation="Assen",
            at=at,
            address=address,
            sha256="0" * 64,
        )


def test_reading_from_many_addresses_on_one_day_raises_an_alarm(cast: Cast) -> None:
    for number in range(misses.MOST_ADDRESSES - 1):
        read(cast, 5, address=f"192.0.2.{number}")
    assert misses.notice_unusual(now()) == 0
    read(cast, 1, address="198.51.100.1")
    assert misses.notice_unusual(now()) == 1
    assert misses.notice_unusual(now()) == 0
    assert GuessingAlarm.objects.get().kind == "addresses"


def test_very_many_downloads_raise_an_alarm(cast: Cast) -> None:
    read(cast, misses.MOST_DOWNLOADS - 1, kind="download")
    assert misses.notice_unusual(now()) == 0
    read(cast, 1, kind="download")
    assert misses.notice_unusual(now()) == 1


def test_makers_and_who_keeps_watch_see_alarms_and_no_title(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)
    guess(client, MOST, REMOTE_ADDR="192.0.2.77")
    for somebody in (cast.adviser, cast.privacy_officer, cast.auditor):
        client.force_login(somebody)
        page = client.get(reverse("reports:briefing_alarms")).content.decode()
        assert "192.0.2.77" in page
        assert briefing.public_id not in page
    for somebody in (cast.council_member, cast.clerk, cast.institution, cast.nobody):
        client.force_login(somebody)
        assert client.get(reverse("reports:briefing_alarms")).status_code == 403


def test_a_maker_is_told_on_every_page_while_something_is_unpublished(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    guess(client, MOST, REMOTE_ADDR="192.0.2.77")
    client.force_login(cast.adviser)
    overview = reverse("accounts:what_may_i_do")
    alarms = reverse("reports:briefing_alarms")
    assert alarms not in client.get(overview).content.decode()
    approved(cast, at=at, until=at + DAY)
    assert alarms in client.get(overview).content.decode()
    client.force_login(cast.council_member)
    assert alarms not in client.get(overview).content.decode()
