"""A correction that was signed and not published: early readers have it, marked; others do not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.refusals import ChangedMeanwhileError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.signing import actions as signing
from tests.factories.briefings import HOUR, PRINTED, approved, invited, now, published, sign_off
from tests.factories.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]


def corrected(cast: Cast) -> tuple[Briefing, BriefingVersion, BriefingVersion]:
    """Out in its first version, with a second one signed; the clerk is an early reader."""
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR, public=True)
    invited(cast, briefing, cast.clerk, at=at, accepted=True)
    row = Briefing.objects.get(pk=briefing.pk)
    row.draft_revision, row.change_reason = row.draft_revision + 1, "Een cijfer verbeterd."
    row.save()
    sign_off(cast, row, at=now())
    first, second = briefing.versions.order_by("number")
    return briefing, first, second


def pdf(briefing: Briefing, version: BriefingVersion) -> str:
    return reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id])


def test_an_early_reader_gets_it_with_a_mark_and_the_log_says_so(
    client: Client, cast: Cast
) -> None:
    briefing, _first, second = corrected(cast)
    client.force_login(cast.clerk)
    answer = client.get(pdf(briefing, second))
    copy = PersonalCopy.objects.get(reader_public_id=cast.clerk.public_id)
    assert answer.content == PRINTED + copy.code.encode()
    assert answer["Cache-Control"] == "no-store, private"
    assert "ETag" not in answer
    row = ReadingLog.objects.get(kind="download")
    assert (row.version_number, row.copy_code) == (2, copy.code)


def test_everybody_else_goes_on_with_the_published_one(client: Client, cast: Cast) -> None:
    briefing, first, second = corrected(cast)
    client.force_login(cast.council_member)
    assert client.get(pdf(briefing, second)).status_code == 404
    assert client.get(pdf(briefing, first)).content == PRINTED
    page = reverse("reports:briefing", args=[briefing.public_id])
    assert client.get(page).context["version"] == first
    assert Briefing.objects.public(now()).get(pk=briefing.pk).published_version == first


def test_the_first_version_is_not_published_once_a_second_one_is_signed(cast: Cast) -> None:
    """The publisher had the first one on the screen."""
    at = now()
    briefing = approved(cast, at=at, until=at + 24 * HOUR)
    first = briefing.latest_version()
    assert first is not None
    briefing.draft_revision, briefing.change_reason = briefing.draft_revision + 1, "Verbeterd."
    briefing.save()
    sign_off(cast, briefing, at=now())
    with pytest.raises(ChangedMeanwhileError):
        signing.publish(briefing=briefing, version=first, at=now(), by=cast.second_adviser)
    assert Briefing.objects.get(pk=briefing.pk).published_at is None
    second = briefing.latest_version()
    assert second is not None
    signing.publish(briefing=briefing, version=second, at=now(), by=cast.second_adviser)
    assert Briefing.objects.get(pk=briefing.pk).published_version == second
