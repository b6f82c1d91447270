"""The dashboard says which briefings wait for its reader, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.overview.tasks import briefings_waiting
from tests.factories.briefings import approved, now, published
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
