"""The pages on which makers decide, against axe in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from jbn_oversight.accounts.models import Role
from reports.briefings.decisions.actions import acts, breaches, emergency, secrecy
from reports.briefings.decisions.models import ActKind, StepKind
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.rehearsal.actions.rehearsals import rehearse
from reports.briefings.signing import actions as signing
from tests.browser.accessibility import Walk
from tests.factories.briefings import approved, drafted, mandate_of, now, published
from tests.factories.people import Cast, region, with_role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def pages(briefing: Briefing, *names: str) -> list[str]:
    return [reverse(f"reports:{name}", args=[briefing.public_id]) for name in names]


def signed_by_one(cast: Cast) -> Briefing:
    """Submitted, with a checklist that has something to say, and one of two signatures."""
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    other = with_role("Tess Groningen", Role.ALDERMAN, region("groningen"))
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman), mandate_of(other)],
        publisher=cast.second_adviser,
        co_writers=[],
        at=at,
        by=cast.adviser,
    )
    seen = briefing.draft_revision
    signing.submit(briefing=briefing, revision=seen, at=at, by=cast.adviser)
    signing.approve(briefing=briefing, revision=seen, at=at, by=other)
    return briefing


def decided_on(cast: Cast) -> Briefing:
    """Approved, rehearsed, with a proposal, secrecy and a breach on record."""
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    rehearse(briefing=briefing, host="localhost", at=at, by=cast.adviser)
    for kind, hour in ((ActKind.POSTPONE, at + 2 * DAY), (ActKind.WITHDRAW, None)):
        acts.propose(
            briefing=briefing,
            kind=kind,
            reason="De besluitvorming is verschoven.",
            hour=hour,
            at=at,
            by=cast.region_alderman,
        )
    secrecy.impose(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=at.date() - DAY,
        given_to_council_on=None,
        at=at,
        by=cast.adviser,
    )
    breach = breaches.record_breach(
        briefing=briefing, what="Een krant belde.", noticed_at=at, at=at, by=cast.adviser
    )
    breaches.add_step(
        breach=breach, kind=StepKind.NOTIFIED, text="Griffier gebeld.", at=at, by=cast.adviser
    )
    return briefing


def test_pages_on_which_makers_decide_have_no_violation(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    signed, decided = signed_by_one(cast), decided_on(cast)
    shut = published(cast, at=now(), until=now())
    emergency.close_dossier(briefing=shut, reason="Lek", at=now(), by=cast.adviser)
    key = decided.public_id
    addresses = [
        *pages(signed, "briefing_work", "briefing_makers", "briefing_dossier"),
        *pages(decided, "briefing_work", "briefing_rehearsals", "briefing_secrecy"),
        *pages(decided, "briefing_breaches", "briefing_emergency"),
        reverse("reports:briefing_breach", args=[key, decided.breaches.get().public_id]),
        *pages(shut, "briefing_work", "briefing_decisions"),
    ]
    assert Walk(browser, live_server.url, cast.adviser).problems(addresses) == []
    alderman = [
        *pages(signed, "briefing_approve"),
        *pages(decided, "briefing_decisions"),
        *(
            reverse("reports:briefing_propose", args=[key, kind])
            for kind in ("postpone", "withdraw", "lift_secrecy")
        ),
    ]
    assert Walk(browser, live_server.url, cast.region_alderman).problems(alderman) == []
