"""Mail goes to exactly those who may know, and says nothing but an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from jbn_oversight.accounts.models import Membership, Role, User
from reports.briefings.models.briefings import Briefing
from reports.briefings.notices import actions as mail
from reports.briefings.notices.models import Notice, NoticeKind
from reports.briefings.questions import actions as questions
from reports.briefings.readers import actions as readers
from tests.factories.briefings import HOUR, SENTINEL, approved, invited, now, published, sign_off
from tests.factories.people import Cast, municipality, with_role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told() -> list[str]:
    return sorted(message.to[0] for message in outbox.outbox)


def send() -> int:
    return mail.send_waiting()


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
    kinds = set(Notice.objects.values_list("kind", "briefing"))
    assert (NoticeKind.RELEASED, out.pk) in kinds
    assert (NoticeKind.WINDOW, opened.pk) in kinds
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
    found = Notice.objects.filter(kind=NoticeKind.NEW_VERSION)
    assert [notice.user for notice in found] == [cast.council_member]
    send()
    assert all(SENTINEL not in message.message().as_string() for message in outbox.outbox)


def test_an_answer_is_told_to_all_readers_at_once(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    seen = Briefing.objects.visible_to(cast.council_member, now()).get(pk=briefing.pk)
    question = questions.ask(briefing=seen, text="Waarom?", at=now(), by=cast.council_member)
    reply = questions.answer(question=question, text="Daarom.", at=now(), by=cast.adviser)
    assert not Notice.objects.filter(kind="answered").exists()
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
    assert mail.send_waiting(clock=lambda: later) == 1


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
