"""What an outsider answers reaches the makers, and is dealt with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.refusals import RefusedError
from reports.briefings.factcheck import actions as factcheck
from reports.briefings.factcheck.models import FactCheck, FactCheckAnswer, Settlement
from reports.briefings.models.briefings import Briefing
from tests.factories.briefings import HOUR, drafted, now
from tests.factories.people import Cast
from tests.reports.test_factcheck_link import address, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return drafted(cast, at=now() - HOUR, until=now() + timedelta(days=5))


@pytest.fixture
def sent(cast: Cast, briefing: Briefing) -> tuple[FactCheck, str]:
    return asked(cast, briefing, now(), most=2)


def said(client: Client, sent: tuple[FactCheck, str], *verdicts: tuple[str, str]) -> str:
    check, secret = sent
    data = {}
    for passage, (verdict, text) in zip(check.passages.all(), verdicts, strict=False):
        data[f"{passage.public_id}-verdict"] = verdict
        data[f"{passage.public_id}-text"] = text
    return client.post(address(secret), data).content.decode()


def test_an_answer_without_an_account_is_kept_and_can_be_changed(
    client: Client, sent: tuple[FactCheck, str]
) -> None:
    assert "Dank u" in said(client, sent, ("yes", ""), ("no", "Het was februari."))
    first, second = (one.last_answer() for one in sent[0].passages.all())
    assert first
    assert first.correct
    assert second
    assert (second.correct, second.text) == (False, "Het was februari.")
    said(client, sent, ("yes", ""), ("no", "Het was eind februari."))
    assert FactCheckAnswer.objects.count() == 3
    again = sent[0].passages.all()[1].last_answer()
    assert again
    assert again.text == "Het was eind februari."


def test_something_wrong_needs_words_and_no_number_of_a_person(
    client: Client, sent: tuple[FactCheck, str]
) -> None:
    assert "Zeg wat er niet klopt" in said(client, sent, ("no", ""))
    assert "BSN" in said(client, sent, ("no", "Kind 111222333"))
    assert not FactCheckAnswer.objects.exists()


def test_makers_see_the_answer_and_deal_with_it_once(
    client: Client, cast: Cast, briefing: Briefing, sent: tuple[FactCheck, str]
) -> None:
    said(Client(), sent, ("no", "Het was februari."))
    (waiting,) = factcheck.open_answers(briefing)
    client.force_login(cast.adviser)
    page = reverse("reports:briefing_fact_checks", args=[briefing.public_id])
    assert "Het was februari." in client.get(page).content.decode()
    url = reverse(
        "reports:briefing_fact_check_settle", args=[briefing.public_id, waiting.public_id]
    )
    data = {f"{waiting.public_id}-settlement": "rejected"}
    client.post(url, data)
    assert factcheck.open_answers(briefing) == [waiting]
    client.post(url, {**data, f"{waiting.public_id}-reason": "Het besluit was in maart."})
    assert factcheck.open_answers(briefing) == []
    assert "Het besluit was in maart." in client.get(page).content.decode()
    with pytest.raises(RefusedError):
        factcheck.settle(
            answer=waiting, settlement=Settlement.ADOPTED, reason="", at=now(), by=cast.adviser
        )


def test_a_new_answer_after_that_waits_again(
    client: Client, cast: Cast, briefing: Briefing, sent: tuple[FactCheck, str]
) -> None:
    said(client, sent, ("no", "Eerst dit."))
    (waiting,) = factcheck.open_answers(briefing)
    factcheck.settle(
        answer=waiting, settlement=Settlement.ADOPTED, reason="", at=now(), by=cast.adviser
    )
    said(client, sent, ("no", "Toch dat."))
    assert [one.text for one in factcheck.open_answers(briefing)] == ["Toch dat."]


def test_what_is_right_asks_nothing_of_the_makers(
    client: Client, briefing: Briefing, sent: tuple[FactCheck, str]
) -> None:
    said(client, sent, ("yes", ""), ("yes", ""))
    assert factcheck.open_answers(briefing) == []


def test_the_database_keeps_every_answer_as_it_was(
    client: Client, sent: tuple[FactCheck, str]
) -> None:
    said(client, sent, ("no", "Zo was het."))
    for change in (
        lambda: FactCheckAnswer.objects.update(text="Anders."),
        lambda: FactCheckAnswer.objects.all().delete(),
        lambda: FactCheck.objects.update(expires_at=now() + timedelta(days=30)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_no_other_council_or_institution_sees_the_answers(
    client: Client, cast: Cast, briefing: Briefing, sent: tuple[FactCheck, str]
) -> None:
    page = reverse("reports:briefing_fact_checks", args=[briefing.public_id])
    for somebody in (cast.council_member, cast.institution, cast.privacy_officer):
        client.force_login(somebody)
        assert client.get(page).status_code == 404
