"""An outsider opens one link, for a few days, and sees the chosen passages alone."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.factcheck.models import FactCheck
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.secrecy import Organ, Secrecy, SecrecyGround
from tests.answers import headers_of, without_way_in
from tests.factories.briefings import HOUR, SENTINEL, drafted, now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
OUTSIDER = factcheck.Outsider("Bestuurder Buiten", "Instelling", "buiten@test.example")
DAY = timedelta(days=1)


def asked(
    cast: Cast,
    briefing: Briefing,
    at: datetime,
    *,
    lasts: timedelta = 2 * DAY,
    show_title: bool = False,
    most: int = 1,
) -> tuple[FactCheck, str]:
    keys = [one.key for one in passages_of(briefing, at)][:most]
    return factcheck.send(
        briefing=briefing,
        outsider=OUTSIDER,
        keys=keys,
        lasts=lasts,
        show_title=show_title,
        request="",
        at=at,
        by=cast.adviser,
    )


def secrecy(cast: Cast, briefing: Briefing) -> None:
    Secrecy.objects.create(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.PRIVACY,
        imposed_on=amsterdam_day(now()),
        recorded_at=now(),
        recorded_by=cast.adviser,
    )


def address(secret: str) -> str:
    return reverse("reports:fact_check", args=[secret])


def answer_of(client: Client, url: str) -> tuple[int, dict[str, str], bytes]:
    client.cookies.clear()
    response = client.get(url)
    body = response.content
    return response.status_code, headers_of(dict(response.items()), body), without_way_in(body)


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return drafted(cast, at=now() - HOUR, until=now() + 5 * DAY)


def test_the_link_shows_the_chosen_passages_and_nothing_else(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    _check, secret = asked(cast, briefing, now())
    response = client.get(address(secret))
    page = response.content.decode()
    assert response.status_code == 200
    assert f"Tekst met {SENTINEL} erin." in page
    assert "Geen." not in page
    assert f"Titel {SENTINEL}" not in page
    assert f"Onderwerp {SENTINEL}" not in page
    assert briefing.public_id not in page


def test_the_title_is_shown_only_where_that_was_chosen(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    _check, secret = asked(cast, briefing, now(), show_title=True)
    assert f"Titel {SENTINEL}" in client.get(address(secret)).content.decode()


def test_the_page_is_kept_nowhere_and_tells_no_other_site(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    _check, secret = asked(cast, briefing, now())
    response = client.get(address(secret))
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response["X-Robots-Tag"]
    page = response.content.decode()
    # The first word on it counts for the style sheets that come after.
    assert re.findall(r'name="referrer" content="([^"]*)"', page) == ["strict-origin"]
    assert not re.findall(r'(?:href|src|action)="(?:https?:)?//', page)


def test_the_link_holds_enough_chance_and_only_its_hash_is_kept(
    cast: Cast, briefing: Briefing
) -> None:
    first, secret = asked(cast, briefing, now())
    second, other = asked(cast, briefing, now())
    assert len(secret) >= 32
    assert secret != other
    assert first.link_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    row = FactCheck.objects.filter(pk=first.pk).values().get()
    assert secret not in str(row)
    assert first.link_sha256 != second.link_sha256


def test_each_opening_is_in_the_log_with_the_name_and_the_hash_of_the_bytes(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    check, secret = asked(cast, briefing, now())
    response = client.get(address(secret), REMOTE_ADDR="192.0.2.7")
    client.get(address(secret))
    rows = list(ReadingLog.objects.of(briefing.public_id).order_by("pk"))
    assert len(rows) == 2
    first = rows[0]
    assert (first.kind, first.reader_name) == ("fact_check", OUTSIDER.name)
    assert (first.reader_email, first.organisation) == (OUTSIDER.email, OUTSIDER.organisation)
    assert first.reader_public_id == check.public_id
    assert first.address == "192.0.2.7"
    assert first.sha256 == hashlib.sha256(response.content).hexdigest()
    assert ReadingLog.objects.of(briefing.public_id).readers() == 0


def test_a_wrong_an_ended_and_a_revoked_link_are_the_same_bytes_as_nothing(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    nothing = answer_of(client, address("A" * 32))
    assert nothing[0] == 404
    _over, over = asked(cast, briefing, now() - 2 * HOUR, lasts=HOUR)
    revoked, ended = asked(cast, briefing, now())
    factcheck.revoke(fact_check=revoked, at=now(), by=cast.second_adviser)
    before = ReadingLog.objects.count()
    for secret in (over, ended, "A" * 33):
        assert answer_of(client, address(secret)) == nothing
        assert client.post(address(secret), {}).status_code == 404
    assert ReadingLog.objects.count() == before


@pytest.mark.parametrize("how", ["withdrawn_at", "closed_at", "secrecy"])
def test_a_briefing_that_is_shut_shuts_its_links(
    client: Client, cast: Cast, briefing: Briefing, how: str
) -> None:
    _check, secret = asked(cast, briefing, now())
    nothing = answer_of(client, address("A" * 32))
    if how == "withdrawn_at":
        briefing.withdrawn_at, briefing.withdrawn_by = now(), cast.adviser
        briefing.withdrawal_reason = "Fout."
        briefing.save()
    elif how == "secrecy":
        secrecy(cast, briefing)
    else:
        briefing.closed_at, briefing.closed_by = now(), cast.adviser
        briefing.closing_reason = "Lek."
        briefing.save()
    assert answer_of(client, address(secret)) == nothing


def test_the_link_works_until_its_hour_and_not_on_it(cast: Cast, briefing: Briefing) -> None:
    at = now()
    _check, secret = asked(cast, briefing, at, lasts=HOUR)
    second = timedelta(seconds=1)
    assert FactCheck.objects.with_token(secret, at + HOUR - second) is not None
    assert FactCheck.objects.with_token(secret, at + HOUR) is None
    assert FactCheck.objects.with_token(secret, at - second) is None


def test_more_than_72_hours_is_refused_by_the_action_and_by_the_database(
    cast: Cast, briefing: Briefing
) -> None:
    with pytest.raises(RefusedError):
        asked(cast, briefing, now(), lasts=timedelta(hours=72, seconds=1))
    at = now()
    with pytest.raises(IntegrityError, match="fact_check_at_most_72_hours"), transaction.atomic():
        FactCheck.objects.create(
            briefing=briefing,
            name="A",
            organisation="B",
            email="a@test.example",
            link_sha256="0" * 64,
            draft_revision=1,
            sent_at=at,
            sent_by=cast.adviser,
            expires_at=at + timedelta(hours=73),
        )


def test_the_passages_stay_as_they_were_sent(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    _check, secret = asked(cast, briefing, now())
    section = briefing.sections.order_by("position")[0]
    section.text = "Heel andere tekst."
    section.save()
    page = client.get(address(secret)).content.decode()
    assert f"Tekst met {SENTINEL} erin." in page
    assert "Heel andere tekst" not in page


def test_a_link_makes_nobody_a_reader(client: Client, cast: Cast, briefing: Briefing) -> None:
    _check, secret = asked(cast, briefing, now())
    client.get(address(secret))
    assert not briefing.early_readers.exists()
    assert client.get(reverse("reports:briefing", args=[briefing.public_id])).status_code == 404
    assert not User.objects.filter(email=OUTSIDER.email).exists()


def test_nothing_but_what_was_chosen_can_be_sent(cast: Cast, briefing: Briefing) -> None:
    for keys in ([], ["0" * 32]):
        with pytest.raises(RefusedError):
            factcheck.send(
                briefing=briefing,
                outsider=OUTSIDER,
                keys=keys,
                lasts=HOUR,
                show_title=False,
                request="",
                at=now(),
                by=cast.adviser,
            )


def test_who_does_not_write_the_briefing_cannot_ask(cast: Cast, briefing: Briefing) -> None:
    from django.core.exceptions import PermissionDenied

    key = passages_of(briefing, now())[0].key
    for somebody in (cast.region_alderman, cast.second_adviser, cast.council_member):
        with pytest.raises(PermissionDenied):
            factcheck.send(
                briefing=briefing,
                outsider=OUTSIDER,
                keys=[key],
                lasts=HOUR,
                show_title=False,
                request="",
                at=now(),
                by=somebody,
            )


def test_the_makers_page_shows_a_new_link_once(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    client.force_login(cast.adviser)
    url = reverse("reports:briefing_fact_checks", args=[briefing.public_id])
    key = passages_of(briefing, now())[0].key
    page = client.post(
        url,
        {
            "name": OUTSIDER.name,
            "organisation": OUTSIDER.organisation,
            "email": OUTSIDER.email,
            "lasts": "24",
            "passages": [key],
        },
    ).content.decode()
    found = re.search(r"http://testserver(/briefings/fact-check/[\w-]+/)", page)
    assert found
    assert Client().get(found[1]).status_code == 200
    assert found[1] not in client.get(url).content.decode()
    assert OUTSIDER.name in client.get(url).content.decode()
