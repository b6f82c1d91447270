"""At the hour several processes tell the same people: one order of locks, and each is told once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.db import connection

from jbn_oversight.notices.actions.sending import send_waiting
from jbn_oversight.notices.models import Notice
from reports.briefings.decisions.actions import emergency
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.notices import actions as mail
from reports.briefings.notices import notice_kinds as kinds
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.readers import actions as readers
from reports.briefings.releasing.actions import announcing as releasing
from reports.briefings.releasing.models import ReleaseNotice
from tests.factories.briefings import HOUR, approved, now, published
from tests.factories.people import Cast, make_cast
from tests.factories.threads import at_once
from tests.workers import until

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
ROUNDS = 12


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def told_once(briefing: Briefing) -> None:
    rows = Notice.objects.filter(about=briefing.public_id, kind=kinds.RELEASED.code)
    counts = Counter(rows.values_list("user", flat=True))
    assert counts
    assert set(counts.values()) == {1}
    assert set(counts) == {user.pk for user in kinds.access_list(briefing, now())}


def test_who_notes_what_is_due_waits_for_who_announces_and_neither_is_refused(
    people: Cast,
) -> None:
    """The one interleaving that the database could only end by refusing one of them."""
    at = now() - 2 * HOUR
    briefing = published(people, at=at, until=at + HOUR)
    holds = threading.Event()
    released = mail.released

    def slowly(found: Briefing, instant: object) -> int:
        # The announcer holds the briefing and has written no notice yet.
        if threading.current_thread() is announcer:
            holds.set()
            until(somebody_waits_for_a_lock)
        return released(found, instant)  # type: ignore[arg-type]

    outcomes: list[object] = []

    def announcing() -> None:
        try:
            outcomes.append(releasing.announce_release(briefing=briefing, at=now()))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    announcer = threading.Thread(target=announcing)
    with patch.object(mail, "released", slowly):
        announcer.start()
        assert holds.wait(30)
        noted = mail.note_what_is_due(now())
        announcer.join(60)
    assert outcomes == [True]
    assert noted == 0, "the announcer told all of them"
    told_once(briefing)


@pytest.mark.slow
def test_all_who_work_at_the_hour_do_it_at_once_many_times_and_none_is_refused(
    people: Cast,
) -> None:
    for _round in range(ROUNDS):
        at = now() - 2 * HOUR
        briefing = published(people, at=at, until=at + HOUR)
        other = approved(people, at=at, until=at + DAY, printed=False)
        version = other.latest_version()
        assert version is not None
        outcomes = at_once(
            _announce(briefing),
            lambda: mail.note_what_is_due(now()),
            lambda: mail.note_what_is_due(now()),
            _announce(briefing),
            send_waiting,
            _claimed(version),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        assert ReleaseNotice.objects.filter(version__briefing=briefing).count() == 1
        told_once(briefing)


def _announce(briefing: Briefing) -> Callable[[], object]:
    return lambda: releasing.announce_release(briefing=briefing, at=now())


def _claimed(version: BriefingVersion) -> Callable[[], object]:
    """As a printing begins and ends, without the seconds between."""

    def both() -> object:
        attempt = rendering._claim(version, now())
        return attempt is not None and rendering._end(attempt, now(), failure="document: Test")

    return both


@pytest.mark.slow
def test_an_emergency_at_the_very_hour_waits_its_turn_and_is_not_refused(people: Cast) -> None:
    for _round in range(ROUNDS // 2):
        at = now() - 2 * HOUR
        briefing = published(people, at=at, until=at + HOUR)
        outcomes = at_once(
            _announce(briefing),
            lambda: mail.note_what_is_due(now()),
            partial(
                emergency.close_dossier, briefing=briefing, reason="Lek", at=at, by=people.adviser
            ),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        briefing.refresh_from_db()
        assert briefing.closed_at is not None
        people_told = Notice.objects.filter(about=briefing.public_id).values_list("user", flat=True)
        assert len(people_told) == len(set(people_told))
        assert send_waiting() == 0, "the gate is asked again, and it is shut"


def test_a_reader_is_named_while_the_sweeper_looks(people: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = approved(people, at=at, until=at + DAY)
    from tests.factories.briefings import mandate_of

    outcomes = at_once(
        lambda: readers.invite(
            briefing=briefing,
            mandate=mandate_of(people.council_member),
            at=now(),
            by=people.adviser,
        ),
        lambda: mail.note_what_is_due(now()),
    )
    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    assert Notice.objects.filter(kind=kinds.INVITED.code).count() == 1
