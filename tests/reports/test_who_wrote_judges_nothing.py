"""Anyone who ever wrote in a briefing neither signs nor publishes it, also when named for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.briefings.gate.permissions import maker_of
from reports.briefings.models.parts import Contribution
from tests.factories.briefings import drafted, now
from tests.factories.people import Cast, municipality

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


def test_a_region_makes_for_its_own_municipalities_and_for_no_others(cast: Cast) -> None:
    """The adviser of Drenthe keeps the right to write only while the owner is in Drenthe."""
    at = now()
    briefing = drafted(cast, at=at, until=at + timedelta(days=1), owner=municipality("GM0106"))
    assert maker_of(briefing, cast.adviser, at).writes
    assert not maker_of(briefing, cast.groningen_contract_manager, at).stops
    briefing.municipality = municipality("GM0014")
    assert not maker_of(briefing, cast.adviser, at).writes
