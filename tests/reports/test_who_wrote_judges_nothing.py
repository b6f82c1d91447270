"""Whoever ever wrote in a briefing neither signs nor publishes it, also when named for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.briefings.permissions import maker_of
from reports.models import Contribution
from tests.factories.briefings import drafted, now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def test_a_contribution_takes_both_rights_away(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + timedelta(days=1))
    signer, publisher = cast.region_alderman, cast.second_adviser
    assert maker_of(briefing, signer, at).approves
    assert maker_of(briefing, publisher, at).publishes
    for person in (signer, publisher):
        Contribution.objects.create(briefing=briefing, user=person, first_at=at)
    assert not maker_of(briefing, signer, at).approves
    assert not maker_of(briefing, publisher, at).publishes
