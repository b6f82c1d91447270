"""Two makers at the same moment, and an emergency in the midst of readers and printing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Role
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import acts, emergency
from reports.briefings.decisions.models import Act, ActKind, EmergencyClosing
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.dossiers import Dossier
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.rehearsal.actions import rehearsals as rehearsal
from reports.briefings.rehearsal.actions import stage as rehearsing
from reports.briefings.signing import actions as signing
from tests.factories.briefings import approved, drafted, invited, mandate_of, now, published
from tests.factories.people import Cast, make_cast, region, with_role
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
SOON = 10.0
"""Seconds within which an emergency has shut everything, under load too (R22)."""


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


def test_two_last_signatures_at_once_make_one_version(people: Cast) -> None:
    at = now()
    briefing = drafted(people, at=at, until=at + DAY)
    other = with_role("Tess Groningen", Role.ALDERMAN, region("groningen"))
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(people.region_alderman), mandate_of(other)],
        publisher=people.second_adviser,
        co_writers=[],
        at=at,
        by=people.adviser,
    )
    seen = briefing.draft_revision
    signing.submit(briefing=briefing, revision=seen, at=at, by=people.adviser)

    def sign(by: object) -> Callable[[], object]:
        return lambda: signing.approve(briefing=briefing, revision=seen, at=at, by=by)  # type: ignore[arg-type]

    outcomes = at_once(sign(people.region_alderman), sign(other))
    assert BriefingVersion.objects.count() == 1
    assert sum(isinstance(outcome, BriefingVersion) for outcome in outcomes) == 1


def test_two_people_who_confirm_at_once_do_it_once(people: Cast) -> None:
    at = now()
    briefing = drafted(people, at=at, until=at + DAY)
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(people.region_alderman), mandate_of(people.alderman)],
        publisher=people.second_adviser,
        co_writers=[],
        at=at,
        by=people.adviser,
    )
    act = acts.propose(
        briefing=briefing,
        kind=ActKind.WITHDRAW,
        reason="Fout",
        at=at,
        by=people.region_alderman,
    )
    before = briefing.history.count()
    outcomes = at_once(
        lambda: acts.confirm(act=act, at=at, by=people.second_adviser),
        lambda: acts.confirm(act=act, at=at, by=people.alderman),
    )
    assert all(isinstance(outcome, Act) for outcome in outcomes)
    assert briefing.history.count() == before + 1


def in_turn(*acts: Callable[[], object]) -> list[object]:
    """As ``at_once``, with the first one done before the second begins."""
    return [outcome for act in acts for outcome in at_once(act)]


def the_other_way_round(*acts: Callable[[], object]) -> list[object]:
    return in_turn(*reversed(acts))[::-1]


@pytest.mark.parametrize("play", [at_once, in_turn, the_other_way_round])
def test_a_move_and_a_publication_at_once_open_nothing_at_the_old_hour(
    people: Cast, play: Callable[..., list[object]]
) -> None:
    at = now()
    hour = at + timedelta(minutes=30)
    briefing = approved(people, at=at, until=hour)
    version = briefing.latest_version()
    assert version is not None
    act = acts.propose(
        briefing=briefing,
        kind=ActKind.POSTPONE,
        reason="Later",
        hour=hour + DAY,
        at=at,
        by=people.region_alderman,
    )

    def publish() -> Briefing:
        return signing.publish(briefing=briefing, version=version, at=at, by=people.second_adviser)

    def opens(when: datetime) -> bool:
        return Briefing.objects.visible_to(people.council_member, when).exists()

    moved, publication = play(
        lambda: acts.confirm(act=act, at=at, by=people.second_adviser), publish
    )
    assert isinstance(moved, Act)
    assert not opens(hour)
    if isinstance(publication, Exception):
        # The move came first: the paper still names the old hour, so nothing is published.
        assert isinstance(publication, RefusedError)
        assert not opens(hour + DAY)
        assert rendering.render(version=version, at=at)
        publish()
    assert not opens(hour)
    assert opens(hour + DAY)


def test_two_who_close_the_same_dossier_do_not_wait_for_each_other(people: Cast) -> None:
    at = now()
    one, other = published(people, at=at, until=at), published(people, at=at, until=at)
    _in_one_dossier(people, one, other)
    outcomes = at_once(
        lambda: emergency.close_dossier(briefing=one, reason="A", at=at, by=people.adviser),
        lambda: emergency.close_dossier(
            briefing=other, reason="B", at=at, by=people.second_adviser
        ),
    )
    assert sorted(len(outcome) for outcome in outcomes) == [0, 2]  # type: ignore[arg-type]
    assert EmergencyClosing.objects.count() == 2


def test_an_emergency_during_a_rehearsal_wins(people: Cast) -> None:
    at = now()
    briefing = approved(people, at=at, until=at + DAY)
    outcomes = at_once(
        lambda: rehearsal.rehearse(briefing=briefing, host="testserver", at=at, by=people.adviser),
        lambda: emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=people.adviser),
    )
    assert not isinstance(outcomes[0], Exception) or isinstance(outcomes[0], RefusedError)
    briefing.refresh_from_db()
    assert briefing.closed_at is not None
    assert briefing.published_at is None


def test_an_emergency_waits_for_no_rehearsal(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at = now()
    briefing = approved(people, at=at, until=at + DAY)
    plays, visit, took = threading.Event(), rehearsing._visit, 1.0
    pressed: list[float] = []

    def slowly(*args: object) -> tuple[int, bool]:
        plays.set()
        time.sleep(took)
        return visit(*args)  # type: ignore[arg-type]

    def press() -> None:
        assert plays.wait(60)
        begun = time.monotonic()
        emergency.close_dossier(briefing=briefing, reason="Lek", at=now(), by=people.adviser)
        pressed.append(time.monotonic() - begun)

    monkeypatch.setattr(rehearsing, "_visit", slowly)
    played, _closed = at_once(
        lambda: rehearsal.rehearse(briefing=briefing, host="testserver", at=at, by=people.adviser),
        press,
    )
    assert isinstance(played, RefusedError)
    assert pressed
    assert pressed[0] < SOON
    briefing.refresh_from_db()
    assert briefing.closed_at is not None
    assert briefing.published_at is None


def test_under_load_everything_is_shut_within_ten_seconds(people: Cast) -> None:
    at = now()
    briefings = [published(people, at=at, until=at) for _ in range(3)]
    waiting = approved(people, at=at, until=at + DAY, printed=False)
    invited(people, waiting, people.clerk, at=at, accepted=True)
    _in_one_dossier(people, *briefings, waiting)
    version = waiting.latest_version()
    assert version is not None
    stop = threading.Event()
    answers: list[tuple[float, int]] = []

    def keep_reading(who: object, briefing: Briefing) -> None:
        client = Client()
        client.force_login(who)  # type: ignore[arg-type]
        address = reverse("reports:briefing", args=[briefing.public_id])
        try:
            while not stop.is_set():
                asked = time.monotonic()
                answers.append((asked, client.get(address).status_code))
        finally:
            connection.close()

    def keep_printing() -> None:
        try:
            rendering.render(version=version, at=now())
        finally:
            connection.close()

    readers = [(people.council_member, one) for one in briefings] + [(people.clerk, waiting)]
    load = [threading.Thread(target=keep_reading, args=pair) for pair in readers]
    load.append(threading.Thread(target=keep_printing))
    for thread in load:
        thread.start()
    time.sleep(1)
    pressed, pressed_at = time.monotonic(), now()
    emergency.close_dossier(briefing=waiting, reason="Lek", at=now(), by=people.second_adviser)
    shut = time.monotonic()
    time.sleep(1)
    stop.set()
    for thread in load:
        thread.join(60)
    assert shut - pressed < SOON
    assert {code for asked, code in answers if asked < pressed} == {200}
    assert {code for asked, code in answers if asked > shut} == {404}
    kept = Rendering.objects.filter(version=version, pdf__isnull=False)
    assert not kept.filter(finished_at__gt=pressed_at + timedelta(seconds=SOON)).exists()
    assert set(rendering.versions_to_print(now() + DAY)) == set()


def _in_one_dossier(people: Cast, first: Briefing, *others: Briefing) -> None:
    at = now()
    emergency.choose_dossier(
        briefing=first, dossier=None, new_name="Herstel", at=at, by=people.adviser
    )
    for other in others:
        emergency.choose_dossier(
            briefing=other, dossier=Dossier.objects.get(), new_name="", at=at, by=people.adviser
        )
