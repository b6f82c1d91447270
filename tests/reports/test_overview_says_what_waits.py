"""The dashboard says which briefings wait for its reader, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jbn_oversight.clock import amsterdam_day
from reports.briefings.decisions.actions import acts, emergency
from reports.briefings.decisions.models import ActKind
from reports.overview.selectors.waiting import briefings_waiting
from tests.factories.briefings import approved, now, published, withdrawn
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def waiting(cast: Cast) -> set[str]:
    """Who has something to do."""
    return {name for name, user in cast.everyone().items() if briefings_waiting(user, now())}


def test_an_approved_briefing_waits_for_its_publisher_alone(cast: Cast) -> None:
    briefing = approved(cast, at=now(), until=now() + timedelta(days=3))
    who = {name for name, user in cast.everyone().items() if user == briefing.publisher}
    assert waiting(cast) == who
    assert len(who) == 1


def test_a_published_briefing_waits_for_nobody(cast: Cast) -> None:
    published(cast, at=now(), until=now() + timedelta(days=3))
    assert waiting(cast) == set()


def test_a_proposal_waits_for_the_other_makers_but_not_for_the_author(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    acts.propose(
        briefing=briefing,
        kind=ActKind.WITHDRAW,
        reason="Fout",
        at=at,
        by=cast.region_alderman,
    )
    assert waiting(cast) == {"second_adviser"}


def test_a_published_briefing_is_looked_at_again_on_its_day(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    briefing.review_on = amsterdam_day(at) + timedelta(days=1)
    briefing.save()
    assert waiting(cast) == set()
    briefing.review_on = amsterdam_day(at)
    briefing.save()
    assert waiting(cast) == {"adviser", "region_alderman", "second_adviser"}


def test_what_was_withdrawn_or_closed_waits_for_nobody(cast: Cast) -> None:
    at = now()
    gone = approved(cast, at=at, until=at + timedelta(days=3))
    shut = approved(cast, at=at, until=at + timedelta(days=3))
    withdrawn(cast, gone, at=at)
    emergency.close_dossier(briefing=shut, reason="Lek", at=at, by=cast.adviser)
    assert waiting(cast) == set()
