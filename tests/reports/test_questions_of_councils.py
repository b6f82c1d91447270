"""A council member asks, one maker answers, another gives it out: then all readers see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Role
from jbn_oversight.notices.models import Notice
from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import Question, QuestionAnswer
from reports.briefings.notices import notice_kinds as kinds
from reports.briefings.questions import actions as questions
from reports.briefings.readers import actions as readers
from tests.factories.briefings import HOUR, approved, invited, now, published
from tests.factories.people import Cast, municipality, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]
DAY = timedelta(days=1)
ASKED = "Hoeveel wachten er nu precies?"
ANSWERED = "Dat staat in de tabel op bladzijde drie."


def within(cast: Cast) -> Briefing:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    for somebody in (cast.council_member, cast.clerk):
        invited(cast, briefing, somebody, at=at, accepted=True)
    return briefing


def page(client: Client, briefing: Briefing) -> str:
    return client.get(reverse("reports:briefing", args=[briefing.public_id])).content.decode()


def ask(client: Client, briefing: Briefing, text: str = ASKED) -> int:
    address = reverse("reports:briefing_ask", args=[briefing.public_id])
    return client.post(address, {"text": text}).status_code


def answer(client: Client, cast: Cast, briefing: Briefing, *, given_out: bool = True) -> None:
    client.force_login(cast.adviser)
    address = reverse(
        "reports:briefing_question_answer",
        args=[briefing.public_id, Question.objects.get().public_id],
    )
    client.post(address, {"text": ANSWERED})
    if given_out:
        client.force_login(cast.second_adviser)
        assert give_out(client, briefing) == 302


def give_out(client: Client, briefing: Briefing) -> int:
    row = QuestionAnswer.objects.get()
    address = reverse("reports:briefing_answer_give_out", args=[briefing.public_id, row.public_id])
    return client.post(address).status_code


def test_a_question_is_seen_by_its_asker_and_the_makers_until_it_is_answered(
    client: Client, cast: Cast
) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    assert ask(client, briefing) == 302
    assert ASKED in page(client, briefing)
    client.force_login(cast.clerk)
    assert ASKED not in page(client, briefing)
    client.force_login(cast.adviser)
    work = client.get(reverse("reports:briefing_questions", args=[briefing.public_id]))
    assert ASKED in work.content.decode()
    assert cast.council_member.name in work.content.decode()


def test_an_answer_is_for_all_readers_without_the_name_of_the_asker(
    client: Client, cast: Cast
) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing)
    answer(client, cast, briefing)
    client.force_login(cast.clerk)
    seen = page(client, briefing)
    assert ASKED in seen
    assert ANSWERED in seen
    assert "Assen" in seen
    assert cast.council_member.name not in seen


def test_questions_reach_nobody_who_may_not_read(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing)
    answer(client, cast, briefing)
    for somebody in (cast.other_council_member, cast.institution, cast.privacy_officer):
        client.force_login(somebody)
        assert ask(client, briefing) == 404
        response = client.get(reverse("reports:briefing", args=[briefing.public_id]))
        assert response.status_code == 404
        work = reverse("reports:briefing_questions", args=[briefing.public_id])
        assert client.get(work).status_code == 404
    client.force_login(cast.clerk)
    assert ASKED not in client.get(reverse("reports:briefings")).content.decode()
    found = client.get(reverse("reports:briefings"), {"q": "bladzijde drie"}).content.decode()
    assert briefing.public_id not in found


def test_who_waits_for_the_window_can_ask_nothing(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + 2 * DAY, window=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)
    client.force_login(cast.council_member)
    assert ask(client, briefing) == 404
    assert not Question.objects.exists()


def test_a_removed_reader_can_ask_and_see_nothing_any_more(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    row = briefing.early_readers.get(user=cast.council_member)
    readers.remove(reader=row, at=now(), by=cast.adviser)
    assert ask(client, briefing) == 404


def test_council_members_ask_and_others_do_not(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.clerk)
    assert 'name="text"' not in page(client, briefing)
    assert ask(client, briefing) == 403
    client.force_login(cast.council_member)
    assert 'name="text"' in page(client, briefing)


def test_after_publication_other_councils_see_what_was_answered_before(
    client: Client, cast: Cast
) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    other = with_role("Raad Vries", Role.COUNCIL_MEMBER, municipality("GM0106"))
    client.force_login(cast.council_member)
    ask(client, briefing)
    answer(client, cast, briefing)
    client.force_login(other)
    assert ANSWERED in page(client, briefing)


def test_an_answer_is_for_makers_alone_until_another_gives_it_out(
    client: Client, cast: Cast
) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing)
    answer(client, cast, briefing, given_out=False)
    work = reverse("reports:briefing_questions", args=[briefing.public_id])
    assert "concept: alleen makers zien het" in client.get(work).content.decode()
    for somebody in (cast.council_member, cast.clerk):
        client.force_login(somebody)
        assert ANSWERED not in page(client, briefing)
    assert not Notice.objects.filter(kind=kinds.ANSWERED.code).exists()
    client.force_login(cast.region_alderman)
    assert ANSWERED in client.get(work).content.decode()
    assert give_out(client, briefing) == 302
    assert "alle lezers zien het" in client.get(work).content.decode()
    client.force_login(cast.clerk)
    assert ANSWERED in page(client, briefing)
    assert Notice.objects.filter(kind=kinds.ANSWERED.code).exists()


def test_who_wrote_an_answer_does_not_give_it_out(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing)
    answer(client, cast, briefing, given_out=False)
    row = QuestionAnswer.objects.get()
    with pytest.raises(RefusedError):
        questions.give_out(answer=row, at=now(), by=cast.adviser)
    for somebody in (cast.council_member, cast.clerk, cast.other_council_member):
        with pytest.raises(PermissionDenied):
            questions.give_out(answer=row, at=now(), by=somebody)
        client.force_login(somebody)
        assert give_out(client, briefing) == 404
    row.refresh_from_db()
    assert row.given_at is None
    row.given_at, row.given_by = now(), cast.adviser
    with pytest.raises(IntegrityError, match="answer_given_out_by_another"), transaction.atomic():
        row.save()


def test_an_answer_that_was_given_out_stays_as_it_is(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing)
    answer(client, cast, briefing)
    row = QuestionAnswer.objects.get()
    first = row.given_at
    again = questions.give_out(answer=row, at=now(), by=cast.region_alderman)
    assert (again.given_at, again.given_by) == (first, cast.second_adviser)
    row.given_at = now()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        row.save()


def test_only_writers_answer(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing)
    question = Question.objects.get()
    with pytest.raises(PermissionDenied):
        questions.answer(question=question, text="Nee.", at=now(), by=cast.second_adviser)
    assert not question.answers.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_question_is_refused(client: Client, cast: Cast, text: str) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    assert ask(client, briefing, text) == 302
    assert not Question.objects.exists()


def test_markup_in_a_question_stays_text(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    client.force_login(cast.council_member)
    ask(client, briefing, "<script>alert(1)</script>")
    assert "<script>alert" not in page(client, briefing)
