"""The checklist: an error refuses a sign-off, a warning does not; the actions ask it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership
from jbn_oversight.refusals import RefusedError
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Section
from reports.briefings.signing import actions as signing
from reports.briefings.signing.rules import Remark
from reports.briefings.signing.selectors.checklist import findings
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import drafted, invited, mandate_of, now, published, some_draft
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def words(briefing: Briefing, kind: str) -> str:
    return " ".join(one.text for one in findings(briefing, now()) if one.kind == kind)


def submit(cast: Cast, briefing: Briefing) -> None:
    briefing.refresh_from_db()
    revision = briefing.draft_revision
    signing.submit(briefing=briefing, revision=revision, at=now(), by=cast.adviser)


def empty_section(cast: Cast, briefing: Briefing) -> None:
    Section.objects.create(briefing=briefing, position=9, key="risks", heading="Risico's")


def no_text(cast: Cast, briefing: Briefing) -> None:
    for section in briefing.sections.all():
        section.text = " "
        section.save()


def no_hour(cast: Cast, briefing: Briefing) -> None:
    briefing.embargo_until = None
    briefing.save()


def near_hour(cast: Cast, briefing: Briefing) -> None:
    briefing.embargo_until = now() + timedelta(minutes=4)
    briefing.save()


def no_publisher(cast: Cast, briefing: Briefing) -> None:
    makers.name_makers(
        briefing=briefing,
        signatories=[mandate_of(cast.region_alderman)],
        publisher=None,
        co_writers=[],
        at=now(),
        by=cast.adviser,
    )


def only_the_author_is_left(cast: Cast, briefing: Briefing) -> None:
    for somebody in (cast.region_alderman, cast.second_adviser):
        mandate = Membership.objects.get(user=somebody)
        mandate.until_on = now().date() - DAY
        mandate.save()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (empty_section, "Het deel “Risico's” is leeg."),
        (no_text, "Schrijf ten minste één"),
        (no_hour, "Vul in tot welk uur"),
        (near_hour, "minstens vijf minuten"),
        (no_publisher, "Noem wie"),
        (only_the_author_is_left, "Alleen de schrijver"),
    ],
)
def test_an_error_refuses_submitting_and_approving(cast: Cast, broken: object, said: str) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    assert words(briefing, "error") == ""
    broken(cast, briefing)  # type: ignore[operator]
    briefing.refresh_from_db()
    assert said in words(briefing, "error")
    with pytest.raises(RefusedError):
        submit(cast, briefing)
    assert briefing.versions.count() == 0


def test_an_error_that_came_after_submitting_refuses_the_signature(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    submit(cast, briefing)
    mandate = Membership.objects.get(user=cast.second_adviser)
    mandate.until_on = now().date() - DAY
    mandate.save()
    with pytest.raises(RefusedError):
        signing.approve(
            briefing=briefing,
            revision=briefing.draft_revision,
            at=now(),
            by=cast.region_alderman,
        )


def test_a_warning_does_not_stop_anybody(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    bare = replace(
        some_draft(now() + DAY), sender="", addressees="", audience=frozenset(), title="Kaal"
    )
    drafting.edit(
        briefing=briefing,
        draft=replace(bare, embargo_until=briefing.embargo_until),
        revision=briefing.draft_revision,
        at=now(),
        by=cast.adviser,
    )
    briefing.refresh_from_db()
    said = words(briefing, "warning")
    for part in ("afzender", "geen datum", "aan niemand", "organisatie", "vroege lezers"):
        assert part in said, part
    assert "generale repetitie" in said
    submit(cast, briefing)


def test_a_typed_figure_without_a_source_is_pointed_at(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    section = briefing.sections.first()
    assert section is not None
    for text, is_found in (
        ("Er wachten 47 kinderen.", True),
        ("In 12,5% van de zaken.", True),
        ("Er wachten 47 kinderen (bron: jaarverslag).", False),
        ("De vergadering is op 27 maart 2025 om 10.00 uur.", False),
        ("Volgens artikel 2.4 van de Jeugdwet.", False),
    ):
        section.text = text
        section.save()
        assert ("zonder bron" in words(briefing, "warning")) is is_found, text


def test_early_readers_and_an_audience_take_their_warnings_away(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    assert "vroege lezers" in words(briefing, "warning")
    invited(cast, briefing, cast.council_member, at=now())
    assert "vroege lezers" not in words(briefing, "warning")


def test_errors_come_first_and_lead_to_the_page_that_mends_them(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    no_hour(cast, briefing)
    found: list[Remark] = findings(briefing, now())
    kinds = [one.kind for one in found]
    assert kinds == sorted(kinds)
    assert found[0].url == reverse("reports:briefing_edit", args=[briefing.public_id])


def test_the_page_shows_it_and_a_released_one_asks_for_no_rehearsal(
    client: Client, cast: Cast
) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    client.force_login(cast.adviser)
    page = client.get(reverse("reports:briefing_work", args=[briefing.public_id]))
    assert "Controlelijst" in page.content.decode()
    out = published(cast, at=now(), until=now())
    assert "repetitie" not in words(out, "warning")
