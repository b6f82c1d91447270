"""What a writer can insert goes to councils, so it names only papers that are open to all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jbn_oversight.clock import utc_now
from reports.briefings.writing.selectors import Offer, offers_for
from tests.audits.certificate_cast import make_certificate
from tests.audits.test_papers_under_embargo_stay_nameless import NEUTRAL, rests_on, sealed
from tests.factories.briefings import drafted
from tests.factories.papers import SENTINEL
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("stage", "is_named"), [("within", False), ("open", True)])
def test_a_ready_sentence_names_its_paper_once_it_is_out(
    cast: Cast, stage: str, is_named: bool
) -> None:
    version = sealed(cast, stage)
    now = utc_now()
    certificate = make_certificate(cast.adviser, months=None, ends=None)
    rests_on(certificate, version, cast.adviser)
    briefing = drafted(cast, at=now, until=now + timedelta(days=2))
    offers: list[Offer] = [one for group in offers_for(briefing, now) for one in group.offers]
    told = " ".join(f"{one.shown} {one.insert} {one.source}" for one in offers)
    assert (SENTINEL in told) is is_named
    assert (NEUTRAL in told) is not is_named
