"""Who tells whom when, planned and done; and looking again after publication."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import PlanStep
from tests.factories.briefings import HOUR, drafted, now, published
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return drafted(cast, at=now() - HOUR, until=now() + 3 * DAY)


def step(cast: Cast, briefing: Briefing) -> PlanStep:
    return planning.add_step(
        briefing=briefing,
        teller="Wethouder",
        audience="Griffies",
        what="Bericht dat er een brief komt",
        planned_at=now() + DAY,
        at=now(),
        by=cast.adviser,
    )


def test_a_step_is_planned_and_noted_as_done_by_any_maker(cast: Cast, briefing: Briefing) -> None:
    one = step(cast, briefing)
    planning.finish_step(step=one, note="Per telefoon", at=now(), by=cast.second_adviser)
    one.refresh_from_db()
    assert (one.done_by, one.note) == (cast.second_adviser, "Per telefoon")
    with pytest.raises(RefusedError):
        planning.drop_step(step=one, at=now(), by=cast.adviser)


def test_only_writers_plan(cast: Cast, briefing: Briefing) -> None:
    for somebody in (cast.second_adviser, cast.council_member):
        with pytest.raises(PermissionDenied):
            planning.add_step(
                briefing=briefing,
                teller="A",
                audience="B",
                what="C",
                planned_at=now(),
                at=now(),
                by=somebody,
            )


def test_the_page_adds_and_finishes_steps(client: Client, cast: Cast, briefing: Briefing) -> None:
    client.force_login(cast.adviser)
    page = reverse("reports:briefing_plan", args=[briefing.public_id])
    url = reverse("reports:briefing_step_add", args=[briefing.public_id])
    data = {"teller": "Bestuurder", "audience": "Personeel", "what": "Mail", "day": "2030-03-27"}
    assert "Bestuurder" in client.post(url, {**data, "hour": ""}).content.decode()
    assert not PlanStep.objects.exists()
    client.post(url, {**data, "hour": "10:00"})
    one = PlanStep.objects.get()
    assert one.planned_at.isoformat() == "2030-03-27T09:00:00+00:00"
    done = reverse("reports:briefing_step_done", args=[briefing.public_id, one.public_id])
    client.post(done)
    assert "gedaan" in client.get(page).content.decode()


def test_somebody_is_reminded_to_look_again_and_notes_what_holds(
    client: Client, cast: Cast
) -> None:
    briefing = published(cast, at=now() - 3 * DAY, until=now() - 2 * DAY)
    on = amsterdam_day(now())
    planning.plan_review(briefing=briefing, on=on, at=now(), by=cast.adviser)
    client.force_login(cast.adviser)
    page = reverse("reports:briefing_plan", args=[briefing.public_id])
    assert "Tijd om te kijken" in client.get(page).content.decode()
    later = amsterdam_day(now() + 90 * DAY)
    planning.review(
        briefing=briefing, still_holds=True, note="", next_on=later, at=now(), by=cast.adviser
    )
    assert "Tijd om te kijken" not in client.get(page).content.decode()
    briefing.refresh_from_db()
    assert briefing.review_on == later


def test_before_publication_there_is_nothing_to_look_at_again(
    cast: Cast, briefing: Briefing
) -> None:
    with pytest.raises(RefusedError):
        planning.review(
            briefing=briefing, still_holds=True, note="", next_on=None, at=now(), by=cast.adviser
        )
