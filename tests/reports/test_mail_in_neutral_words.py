"""Mail goes to exactly those who may know, and says nothing but an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.notices.actions.noting import note
from jbn_oversight.notices.actions.sending import send_gathered, send_waiting
from jbn_oversight.notices.models import Notice
from jbn_oversight.notices.rules import Rhythm
from reports.briefings.models.briefings import Briefing
from reports.briefings.notices import actions as mail
from reports.briefings.notices import notice_kinds as kinds
from reports.briefings.questions import actions as questions
from reports.briefings.readers import actions as readers
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    invited,
    now,
    published,
    sign_off,
    withdrawn,
)
from tests.factories.notices import declared
from tests.factories.people import Cast, municipality, with_role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told() -> list[str]:
    return sorted(message.to[0] for message in outbox.outbox)


def send() -> int:
    return send_waiting()


def test_an_invitation_is_told_once_in_words_that_fit_anything(cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)
    assert send() == 1
    assert send() == 0
    (message,) = outbox.outbox
    assert message.to == [cast.council_member.email]
    assert f"/briefings/{briefing.public_id}/" in message.body
    whole = message.message().as_string()
    assert SENTINEL not in whole
    assert "oplegger" not in whole.lower()
    assert not message.attachments


def test_who_is_removed_before_the_mail_goes_gets_none(cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    reader = invited(cast, briefing, cast.council_member, at=at)
    readers.remove(reader=reader, at=now(), by=cast.adviser)
    assert send() == 0
    assert Notice.objects.get().dropped_at is not None


def test_a_release_tells_exactly_those_who_may_read(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    invited_one = with_role("Vroege Lezer", Role.ALDERMAN, municipality("GM0106"))
    assert mail.released(briefing, now()) > 0
    send()
    may = [
        user.email
        for user in User.objects.all()
        if Briefing.objects.visible_to(user, now()).filter(pk=briefing.pk).exists()
    ]
    assert told() == sorted(may)
    assert invited_one.email in told()
    assert cast.other_council_member.email not in told()
    assert mail.released(briefing, now()) == 0


def test_nothing_is_told_of_a_release_before_its_hour_or_after_a_withdrawal(cast: Cast) -> None:
    at = now() - 2 * HOUR
    early = published(cast, at=at, until=at + DAY)
    assert mail.released(early, now()) == 0
    row = Briefing.objects.get(pk=early.pk)
    row.embargo_until = now()
    row.save()
    assert mail.released(early, now()) > 0
    row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = now(), cast.adviser, "Lek"
    row.save()
    assert send() == 0
    assert outbox.outbox == []


def test_a_mandate_that_ended_meanwhile_gets_no_mail(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    mail.released(briefing, now())
    mandate = Membership.objects.get(user=cast.council_member)
    mandate.until_on = now().date() - DAY
    mandate.save()
    send()
    assert cast.council_member.email not in told()
    assert cast.clerk.email in told()


def test_the_sweeper_finds_who_should_be_told_whoever_forgot(cast: Cast) -> None:
    at = now() - 2 * HOUR
    out = published(cast, at=at, until=at + HOUR)
    opened = approved(cast, at=at, until=at + DAY)
    early = invited(cast, opened, cast.council_member, at=at - HOUR)
    assert early.accepted_at is None
    mail.note_what_is_due(now())
    found = set(Notice.objects.values_list("kind", "about"))
    assert (kinds.RELEASED.code, out.public_id) in found
    assert (kinds.WINDOW.code, opened.public_id) in found
    assert mail.note_what_is_due(now()) == 0


def test_a_new_version_is_told_to_who_reads_it(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    row = Briefing.objects.get(pk=briefing.pk)
    row.draft_revision += 1
    row.change_reason = "Een cijfer verbeterd."
    row.save()
    sign_off(cast, row, at=now())
    mail.note_what_is_due(now())
    found = Notice.objects.filter(kind=kinds.NEW_VERSION.code)
    assert [notice.user for notice in found] == [cast.council_member]
    send()
    assert all(SENTINEL not in message.message().as_string() for message in outbox.outbox)


def test_who_accepted_after_a_new_version_is_not_told_that_it_is_new(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    row = Briefing.objects.get(pk=briefing.pk)
    row.draft_revision += 1
    row.change_reason = "Een cijfer verbeterd."
    row.save()
    sign_off(cast, row, at=now() - HOUR)
    invited(cast, briefing, cast.clerk, at=now() - HOUR / 2, accepted=True)
    mail.note_what_is_due(now())
    found = Notice.objects.filter(kind=kinds.NEW_VERSION.code)
    assert [notice.user for notice in found] == [cast.council_member]


def test_after_some_days_without_a_worker_readers_are_told_all_the_same(cast: Cast) -> None:
    at = now() - 6 * DAY
    out = published(cast, at=at, until=at + HOUR)
    opened = approved(cast, at=at, until=at + 9 * DAY)
    invited(cast, opened, cast.council_member, at=at - HOUR, accepted=True)
    row = Briefing.objects.get(pk=opened.pk)
    row.draft_revision += 1
    row.change_reason = "Een cijfer verbeterd."
    row.save()
    sign_off(cast, row, at=at + HOUR)
    Notice.objects.all().delete()
    mail.note_what_is_due(now())
    found = set(Notice.objects.values_list("kind", "about"))
    assert found == {
        (kinds.RELEASED.code, out.public_id),
        (kinds.WINDOW.code, opened.public_id),
        (kinds.NEW_VERSION.code, f"{opened.public_id}:2"),
    }
    assert send() == Notice.objects.count()


def test_what_came_out_longer_ago_is_not_told_any_more(cast: Cast) -> None:
    at = now() - 8 * DAY
    published(cast, at=at, until=at + HOUR)
    Notice.objects.all().delete()
    assert mail.note_what_is_due(now()) == 0


def test_who_is_removed_as_a_reader_before_gathered_mail_goes_finds_nothing_in_it(
    cast: Cast,
) -> None:
    """Invitations are never gathered; this one stands for every kind with a gate like theirs."""
    gathered = replace(kinds.INVITED, rhythms=(Rhythm.DAILY, Rhythm.OFF), fixed_because="")
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + 9 * DAY)
    people = (cast.council_member, cast.clerk)
    rows = [invited(cast, briefing, user, at=at) for user in people]
    Notice.objects.all().delete()
    with declared(gathered):
        for row in rows:
            about = f"{briefing.public_id}:{row.public_id}"
            note(kind=gathered, people=[row.user], about=about, path="/briefings/", at=at)
        readers.remove(reader=rows[0], at=now(), by=cast.adviser)
        send_gathered(clock=lambda: now() + DAY)
    assert told() == [cast.clerk.email]
    assert SENTINEL not in outbox.outbox[0].message().as_string()


def test_a_withdrawal_is_told_to_exactly_those_who_could_read_it(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    could = [user.email for user in kinds.access_list(briefing, now())]
    assert cast.council_member.email in could
    withdrawn(cast, briefing, at=now())
    Notice.objects.exclude(kind=kinds.WITHDRAWN.code).delete()
    assert send() == len(could)
    assert told() == sorted(could)
    for message in outbox.outbox:
        whole = message.message().as_string()
        assert SENTINEL not in whole
        assert briefing.public_id not in whole, "that address is gone"


def test_who_lost_the_mandate_is_not_told_of_a_withdrawal(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = withdrawn(cast, published(cast, at=at, until=at + HOUR), at=now())
    assert Notice.objects.filter(user=cast.council_member, about=briefing.public_id).exists()
    mandate = Membership.objects.get(user=cast.council_member)
    mandate.until_on = now().date() - DAY
    mandate.save()
    send()
    assert cast.council_member.email not in told()


def test_a_withdrawal_before_anybody_could_read_is_told_to_nobody(cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + 9 * DAY)
    invited(cast, briefing, cast.council_member, at=at)
    withdrawn(cast, briefing, at=now())
    assert not Notice.objects.filter(kind=kinds.WITHDRAWN.code).exists()


def test_no_row_about_a_briefing_holds_a_word_of_it(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = withdrawn(cast, published(cast, at=at, until=at + HOUR), at=now())
    rows = list(Notice.objects.values())
    assert rows
    assert SENTINEL not in repr(rows)
    for row in rows:
        assert row["about"].partition(":")[0] == briefing.public_id
        assert row["path"] in (f"/briefings/{briefing.public_id}/", "/briefings/")


def test_an_answer_is_told_to_all_readers_at_once(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    seen = Briefing.objects.visible_to(cast.council_member, now()).get(pk=briefing.pk)
    question = questions.ask(briefing=seen, text="Waarom?", at=now(), by=cast.council_member)
    reply = questions.answer(question=question, text="Daarom.", at=now(), by=cast.adviser)
    assert not Notice.objects.filter(kind=kinds.ANSWERED.code).exists()
    questions.give_out(answer=reply, at=now(), by=cast.second_adviser)
    send()
    assert {cast.council_member.email, cast.clerk.email, cast.alderman.email} <= set(told())
    assert cast.other_council_member.email not in told()
    assert all("Waarom" not in message.body for message in outbox.outbox)


def test_a_mail_server_that_is_away_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)

    def away(self: EmailBackend, messages: object) -> int:
        raise OSError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        assert send() == 0
    notice = Notice.objects.get()
    assert notice.attempts == 1
    assert notice.next_try_at > now()
    later = notice.next_try_at
    assert send_waiting(clock=lambda: later) == 1


def test_somebody_who_reads_english_gets_english(cast: Cast) -> None:
    at = now() - HOUR
    cast.council_member.language = "en"
    cast.council_member.save()
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)
    send()
    assert "Something waits for you" in outbox.outbox[0].subject


def test_makers_are_told_nothing_as_readers(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    signing_people = {cast.adviser.email, cast.region_alderman.email, cast.second_adviser.email}
    mail.released(briefing, now())
    send()
    assert not signing_people & set(told())
