"""What waits for a person goes in one mail, once, at the rhythm that the person chose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from jbn_oversight.accounts.models import User
from jbn_oversight.notices.actions import sending
from jbn_oversight.notices.actions.noting import choose, note
from jbn_oversight.notices.models import GatheredMail, Notice
from jbn_oversight.notices.rules import STALE, NoticeKind, Rhythm
from tests.factories.notices import declared, some_kind
from tests.factories.people import person
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
TUESDAY = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
"""Noon in Amsterdam; the next gathering is at seven on Wednesday, six in UTC."""
WEDNESDAY = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
THING = some_kind()
OTHER = some_kind("test_other")


@pytest.fixture
def ada() -> User:
    return person("Ada Lezer")


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with declared(THING, OTHER):
        yield


def still(at: datetime) -> datetime:
    return at


def noted(user: User, about: str = "a", *, kind: NoticeKind = THING, at: datetime = TUESDAY) -> int:
    return note(kind=kind, people=[user], about=about, path=f"/things/{about}/", at=at)


def swept(at: datetime) -> int:
    """What both tasks send at an instant."""
    clock = partial(still, at)
    return sending.send_waiting(clock=clock) + sending.send_gathered(clock=clock)


def chose(user: User, rhythm: Rhythm, *, kind: NoticeKind = THING, at: datetime = TUESDAY) -> None:
    choose(rhythms={kind.code: rhythm}, at=at, by=user)


def test_what_waits_for_the_day_goes_in_one_mail_at_seven_and_once(ada: User) -> None:
    assert [noted(ada, "a"), noted(ada, "b", kind=OTHER), noted(ada, "a")] == [1, 1, 0]
    assert swept(WEDNESDAY - MINUTE) == 0
    assert swept(WEDNESDAY) == 1
    assert swept(WEDNESDAY + MINUTE) == swept(WEDNESDAY + DAY) == 0
    (message,) = mail.outbox
    assert message.to == [ada.email]
    for words in ("Sentence of test_thing.", "/things/a/", "Sentence of test_other.", "/things/b/"):
        assert words in message.body
    assert set(Notice.objects.values_list("sent_at", flat=True)) == {WEDNESDAY}


def test_the_same_words_with_the_same_address_are_said_once(ada: User) -> None:
    for about in ("monday", "tuesday"):
        note(kind=THING, people=[ada], about=about, path="/things/", at=TUESDAY)
    assert swept(WEDNESDAY) == 1
    assert mail.outbox[0].body.count("/things/") == 1
    assert mail.outbox[0].body.count("Sentence of test_thing.") == 1


def test_who_chose_the_week_is_told_on_monday_of_all_of_it(ada: User) -> None:
    chose(ada, Rhythm.WEEKLY)
    for day in range(5):
        noted(ada, f"day{day}", at=TUESDAY + day * DAY)
        assert swept(TUESDAY + day * DAY) == 0
    assert swept(MONDAY - MINUTE) == 0
    assert swept(MONDAY) == 1
    assert all(f"/things/day{day}/" in mail.outbox[0].body for day in range(5))


def test_what_waited_a_whole_week_is_not_stale_when_the_worker_is_late(ada: User) -> None:
    chose(ada, Rhythm.WEEKLY)
    noted(ada, at=MONDAY)
    assert swept(MONDAY + 7 * DAY + 6 * timedelta(hours=1)) == 1


def test_day_and_week_of_one_person_go_in_one_mail_on_monday(ada: User) -> None:
    chose(ada, Rhythm.WEEKLY, kind=OTHER)
    noted(ada, "a", at=MONDAY - MINUTE)
    noted(ada, "b", kind=OTHER)
    assert swept(MONDAY) == 1
    assert {"/things/a/" in mail.outbox[0].body, "/things/b/" in mail.outbox[0].body} == {True}


def test_who_chose_at_once_waits_for_nothing(ada: User) -> None:
    chose(ada, Rhythm.AT_ONCE)
    noted(ada)
    assert swept(TUESDAY) == 1


def test_who_wants_none_gets_none_also_later(ada: User) -> None:
    chose(ada, Rhythm.OFF)
    noted(ada)
    assert swept(MONDAY) == 0
    chose(ada, Rhythm.AT_ONCE)
    assert noted(ada) == 0, "a sweep that looks back does not bring it up again"
    assert swept(MONDAY) == 0


def test_nothing_waits_means_no_mail_and_no_row(ada: User) -> None:
    assert swept(WEDNESDAY) == 0
    assert not GatheredMail.objects.exists()


def test_each_person_gets_their_own(ada: User) -> None:
    bob = person("Bob Lezer")
    noted(ada, "a")
    noted(bob, "b")
    assert swept(WEDNESDAY) == 2
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "/things/b/" not in bodies[ada.email]
    assert "/things/a/" not in bodies[bob.email]


def test_after_two_days_without_a_worker_there_is_exactly_one_mail_with_everything(
    ada: User,
) -> None:
    for day in range(3):
        noted(ada, f"day{day}", at=TUESDAY + day * DAY)
    back = WEDNESDAY + 2 * DAY + 3 * timedelta(hours=1)
    assert [swept(back), swept(back + MINUTE)] == [1, 0]
    (message,) = mail.outbox
    assert all(f"/things/day{day}/" in message.body for day in range(3))


def test_what_is_over_for_a_week_is_not_sent_any_more(ada: User) -> None:
    noted(ada)
    assert swept(WEDNESDAY + STALE + DAY) == 0
    assert Notice.objects.get().dropped_at is not None
    noted(ada, "b", at=MONDAY)
    assert swept(MONDAY + DAY + STALE) == 1, "and up to a week it is"


def test_the_gate_is_asked_for_each_thing_when_the_mail_goes(ada: User) -> None:
    shut: set[str] = set()
    asked: list[datetime] = []

    def gate(notice: Notice, at: datetime) -> bool:
        asked.append(at)
        return notice.about not in shut

    with declared(some_kind(may_know=gate)):
        noted(ada, "a")
        noted(ada, "b")
        shut.add("b")
        assert asked == []
        assert swept(WEDNESDAY) == 1
        assert asked == [WEDNESDAY] * 2
        assert "/things/b/" not in mail.outbox[0].body
        noted(ada, "c", at=WEDNESDAY)
        shut.add("c")
        assert swept(WEDNESDAY + DAY) == 0
    assert Notice.objects.filter(dropped_at__isnull=False).count() == 2


def test_a_gate_that_fails_keeps_nothing_else_back_and_is_asked_again(
    ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"b"}

    def gate(notice: Notice, at: datetime) -> bool:
        if notice.about in broken:
            raise KeyError("Geheim")
        return True

    with declared(some_kind(may_know=gate)):
        noted(ada, "a")
        noted(ada, "b")
        assert swept(WEDNESDAY) == 1
        assert "/things/b/" not in mail.outbox[0].body
        assert "Geheim" not in caplog.text
        broken.clear()
        assert [swept(WEDNESDAY + MINUTE), swept(WEDNESDAY + DAY)] == [0, 1]
    assert "/things/b/" in mail.outbox[1].body


def test_a_closed_account_is_told_nothing(ada: User) -> None:
    chose(ada, Rhythm.AT_ONCE, kind=OTHER)
    noted(ada)
    noted(ada, kind=OTHER)
    ada.is_active = False
    ada.save()
    assert swept(WEDNESDAY) == 0


def test_a_kind_that_is_gone_is_told_to_nobody(ada: User) -> None:
    chose(ada, Rhythm.AT_ONCE)
    noted(ada)
    Notice.objects.update(kind="gone")
    assert swept(WEDNESDAY) == 0


def test_another_choice_holds_for_what_waits_already(ada: User) -> None:
    noted(ada, "a")
    chose(ada, Rhythm.WEEKLY)
    assert swept(WEDNESDAY) == 0
    chose(ada, Rhythm.AT_ONCE, at=WEDNESDAY)
    assert swept(WEDNESDAY) == 1
    noted(ada, "b", kind=OTHER, at=WEDNESDAY)
    chose(ada, Rhythm.OFF, kind=OTHER, at=WEDNESDAY)
    assert swept(WEDNESDAY + DAY) == 0


def test_a_mail_server_that_is_away_loses_nothing_of_a_gathered_mail(ada: User) -> None:
    noted(ada, "a")
    with patch.object(EmailBackend, "send_messages", side_effect=OSError("away")):
        assert swept(WEDNESDAY) == 0
    assert Notice.objects.get().sent_at is None
    noted(ada, "b", at=WEDNESDAY)
    later = GatheredMail.objects.get().next_try_at
    assert swept(later) == 1
    assert "/things/a/" in mail.outbox[0].body
    assert "/things/b/" not in mail.outbox[0].body, "it waits for its own day"
    assert swept(WEDNESDAY + DAY) == 1


def test_who_died_between_sending_and_noting_that_it_went_sends_no_other_mail(ada: User) -> None:
    noted(ada)
    dies = patch.object(sending, "_end_what_went", side_effect=ZeroDivisionError)
    with dies, pytest.raises(ZeroDivisionError):
        swept(WEDNESDAY)
    assert Notice.objects.get().sent_at is None
    assert swept(WEDNESDAY + DAY) == 0
    assert Notice.objects.get().sent_at == WEDNESDAY


def test_what_is_noted_after_its_mail_was_gathered_waits_for_the_next(ada: User) -> None:
    noted(ada, "a")
    swept(WEDNESDAY)
    noted(ada, "b", at=WEDNESDAY - MINUTE)  # its worker was slow to commit
    assert [swept(WEDNESDAY + MINUTE), swept(WEDNESDAY + DAY)] == [0, 1]


def test_what_happened_before_anybody_noted_it_goes_with_the_mail_of_its_day(ada: User) -> None:
    late = WEDNESDAY + 3 * timedelta(hours=1)
    night = WEDNESDAY - 7 * timedelta(hours=1)
    note(kind=THING, people=[ada], about="a", path="/a/", at=late, since=night)
    assert swept(late) == 1


def test_who_reads_english_reads_it_in_english_and_finds_where_to_choose(ada: User) -> None:
    ada.language = "en"
    ada.save()
    noted(ada)
    swept(WEDNESDAY)
    (message,) = mail.outbox
    assert message.subject == "Something waits for you in the portal JBN Oversight"
    assert "/me/notices/" in message.body


@pytest.mark.django_db(transaction=True)
def test_sweeps_and_choices_at_the_same_moment_give_one_mail(transactional_db: None) -> None:
    for round_ in range(4):
        user = person(f"Iemand {round_}")
        mail.outbox.clear()
        for about in "abcdef":
            noted(user, about)
        outcomes = at_once(
            lambda: sending.send_gathered(clock=partial(still, WEDNESDAY)),
            lambda: sending.send_gathered(clock=partial(still, WEDNESDAY)),
            partial(chose, user, Rhythm.WEEKLY, kind=OTHER),
            partial(noted, user, "a"),
            partial(noted, user, "f"),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        sending.send_gathered(clock=partial(still, WEDNESDAY + MINUTE))
        assert len([one for one in mail.outbox if one.to == [user.email]]) == 1
        assert all(f"/things/{about}/" in mail.outbox[0].body for about in "abcdef")
