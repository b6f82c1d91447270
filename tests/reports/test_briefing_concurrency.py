"""Acts at the same moment, on a real PostgreSQL: one waits for the other, none is half done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import emergency
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import SENTINEL, approved, drafted, now, some_draft
from tests.factories.people import Cast, make_cast
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


def test_an_edit_during_the_approval_is_in_the_version_entirely_or_not_at_all(
    people: Cast,
) -> None:
    at = now()
    briefing = drafted(people, at=at, until=at + DAY)
    seen = briefing.draft_revision
    signing.submit(briefing=briefing, revision=seen, at=at, by=people.adviser)
    other = replace(some_draft(at + DAY), title="Stiekem", subject="Stiekem")
    signed, edited = at_once(
        lambda: signing.approve(briefing=briefing, revision=seen, at=at, by=people.region_alderman),
        lambda: drafting.edit(
            briefing=briefing, draft=other, revision=seen, at=at, by=people.adviser
        ),
    )
    versions = list(BriefingVersion.objects.all())
    if isinstance(signed, RefusedError):
        assert versions == []
        assert isinstance(edited, Briefing)
    else:
        assert [version.content["title"] for version in versions] == [f"Titel {SENTINEL}"]
        assert versions[0].content["subject"] == f"Onderwerp {SENTINEL}"


def test_two_approvals_make_one_version(people: Cast) -> None:
    at = now()
    briefing = drafted(people, at=at, until=at + DAY)
    seen = briefing.draft_revision
    signing.submit(briefing=briefing, revision=seen, at=at, by=people.adviser)

    def act() -> object:
        return signing.approve(briefing=briefing, revision=seen, at=at, by=people.region_alderman)

    outcomes = at_once(act, act)
    assert BriefingVersion.objects.count() == 1
    assert sum(isinstance(outcome, RefusedError) for outcome in outcomes) == 1


def test_an_emergency_wins_from_a_publication(people: Cast) -> None:
    at = now()
    briefing = approved(people, at=at, until=at)
    version = briefing.latest_version()
    assert version is not None
    at_once(
        lambda: signing.publish(
            briefing=briefing, version=version, at=at, by=people.second_adviser
        ),
        lambda: emergency.close_dossier(briefing=briefing, reason="Lek", at=at, by=people.adviser),
    )
    briefing.refresh_from_db()
    assert briefing.closed_at is not None
    assert not Briefing.objects.visible_to(people.council_member, now()).exists()


def test_two_workers_print_one_version_once(people: Cast) -> None:
    at = now()
    briefing = approved(people, at=at, until=at + DAY, printed=False)
    version = briefing.latest_version()
    assert version is not None
    version.renderings.count()
    at_once(
        lambda: rendering.render(version=version, at=now()),
        lambda: rendering.render(version=version, at=now()),
    )
    assert Rendering.objects.filter(version=version).count() == 1
    assert version.printed() is not None
