"""A rehearsal plays the release with a moved clock and leaves nothing but its outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.embargo import Answer
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.models import ActKind, Rehearsal
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.readings import OverdueNotice, ReadingLog
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.rehearsal.actions import stage as rehearsing
from reports.briefings.rehearsal.actions.rehearsals import rehearse
from reports.briefings.signing.selectors.checklist import findings
from tests.factories.briefings import approved, decided, drafted, now, published
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def play(cast: Cast, briefing: Briefing) -> Rehearsal:
    return rehearse(briefing=briefing, host="testserver", at=now(), by=cast.adviser)


def warned(briefing: Briefing) -> bool:
    return any("repetitie" in one.text.lower() for one in findings(briefing, now()))


def met(rehearsal: Rehearsal) -> dict[tuple[str, str], str]:
    return {(row["kind"], row["moment"]): row["met"] for row in rehearsal.rows}


def test_each_kind_of_reader_meets_what_is_meant_for_it(cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY, window=now() + DAY / 2)
    rehearsal = play(cast, briefing)
    assert rehearsal.passed, [row for row in rehearsal.rows if not row["good"]]
    found = met(rehearsal)
    assert {kind for kind, _ in found} == set(rehearsing.KINDS)
    for moment, audience, early in (
        ("before_window", "none", "before"),
        ("before", "none", "within"),
        ("at", "after", "after"),
        ("after", "after", "after"),
    ):
        assert found["audience", moment] == audience
        assert found["early", moment] == early
        assert found["removed", moment] == found["other_council", moment] == "none"
        assert found["administrator", moment] == "none"
        assert found["maker", moment] == "works"


def test_nothing_opens_and_nothing_stays_but_the_outcome(cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    before = Briefing.objects.filter(pk=briefing.pk).values().get()
    people, history = User.objects.count(), briefing.history.count()
    play(cast, briefing)
    assert Briefing.objects.filter(pk=briefing.pk).values().get() == before
    assert User.objects.count() == people
    assert briefing.history.count() == history
    assert not ReadingLog.objects.exists()
    assert not EarlyReader.objects.exists()
    assert not OverdueNotice.objects.exists()
    assert not Briefing.objects.visible_to(cast.council_member, now() + 2 * DAY).exists()


def test_a_draft_is_played_too_and_stays_a_draft(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    assert warned(briefing)
    rehearsal = play(cast, briefing)
    assert rehearsal.passed, [row for row in rehearsal.rows if not row["good"]]
    assert rehearsal.version is None
    assert not BriefingVersion.objects.exists()
    briefing.refresh_from_db()
    assert briefing.approved_at is None
    assert not warned(briefing)


def test_another_hour_asks_for_another_rehearsal(cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    play(cast, briefing)
    assert not warned(briefing)
    moved = decided(cast, briefing, ActKind.POSTPONE, at=now(), hour=now() + 2 * DAY)
    assert warned(moved)


def test_a_gate_that_opens_early_makes_it_fail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    monkeypatch.setattr(rehearsing, "answer", lambda facts, at: Answer.AFTER)
    rehearsal = play(cast, briefing)
    assert not rehearsal.passed
    assert warned(briefing)


def test_what_is_out_or_has_no_hour_is_not_rehearsed(cast: Cast) -> None:
    for briefing in (published(cast, at=now(), until=now()), drafted(cast, at=now(), until=None)):
        with pytest.raises(RefusedError):
            play(cast, briefing)


def test_only_makers_rehearse(client: Client, cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + DAY)
    with pytest.raises(PermissionDenied):
        rehearse(briefing=briefing, host="testserver", at=now(), by=cast.council_member)
    address = reverse("reports:briefing_rehearsals", args=[briefing.public_id])
    client.force_login(cast.region_alderman)
    client.post(address)
    page = client.get(address).content.decode()
    assert Rehearsal.objects.get().passed
    assert "een seconde voor het uur" in page


def test_the_outcome_is_never_changed(cast: Cast) -> None:
    rehearsal = play(cast, approved(cast, at=now(), until=now() + DAY))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        models.QuerySet(Rehearsal).filter(pk=rehearsal.pk).update(passed=False)
