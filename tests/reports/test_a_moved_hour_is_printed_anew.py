"""Two people moved the hour: the same version is printed again, and no paper names the old hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from jbn_oversight.celery import app
from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.storage import store
from jbn_oversight.moment_words import moment_in_words
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.models import ActKind
from reports.briefings.document.selectors.documents import document_of_variant, document_of_version
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.versions import BriefingVersion, Rendering, VersionVariant
from reports.briefings.printing.actions import copies
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.printing.actions.renderings import render, versions_to_print
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.sentences import embargo_sentence
from reports.briefings.signing import actions as signing
from reports.pdf.render import render as print_document
from tests.factories.briefings import HOUR, PRINTED, approved, decided, invited, now, published
from tests.factories.people import Cast, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def moved(cast: Cast, briefing: Briefing) -> tuple[Briefing, BriefingVersion]:
    """Postponed by two days, by two people."""
    hour = briefing.embargo_until
    assert hour is not None
    briefing = decided(cast, briefing, ActKind.POSTPONE, at=now(), hour=hour + 2 * DAY)
    version = briefing.latest_version()
    assert version is not None
    return briefing, version


def signed(cast: Cast) -> Briefing:
    at = now() - HOUR
    return approved(cast, at=at, until=at + DAY)


def test_the_same_version_is_printed_with_the_new_hour(cast: Cast) -> None:
    briefing, version = moved(cast, signed(cast))
    assert version.printed() is None
    assert list(versions_to_print(now())) == [version]
    assert render(version=version, at=now())
    printed = version.printed()
    assert printed is not None
    assert printed.hour == briefing.embargo_until
    assert briefing.embargo_until is not None
    with translation.override("nl"):
        line = embargo_sentence(briefing.embargo_until)
    assert document_of_version(version).embargo_line == line
    assert version.content["embargo_line"] != line
    assert list(versions_to_print(now())) == []
    assert briefing.versions.count() == 1


def test_the_texts_of_places_are_printed_anew_too(cast: Cast) -> None:
    briefing = signed(cast)
    version = briefing.latest_version()
    assert version is not None
    own = VersionVariant.objects.create(
        version=version,
        municipality=municipality("GM0106"),
        content=version.content,
        content_sha256="0" * 64,
    )
    stored = store(PRINTED, content_type="application/pdf", name="briefing.pdf")
    at = now()
    Rendering.objects.create(
        version=version, variant=own, started_at=at, finished_at=at, pdf=stored
    )
    briefing, version = moved(cast, briefing)
    own = VersionVariant.objects.get()
    assert own.names_another_hour()
    assert set(versions_to_print(now())) == {version, own}
    assert briefing.embargo_until is not None
    with translation.override("nl"):
        words = moment_in_words(briefing.embargo_until)
    assert words in (document_of_variant(own).embargo_line or "")


def test_each_move_sends_a_message_to_print(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, args=(), **more: sent.extend(args))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        _, version = moved(cast, signed(cast))
    assert version.public_id in sent


def test_publishing_waits_for_the_printing_that_names_the_new_hour(
    client: Client, cast: Cast
) -> None:
    briefing, version = moved(cast, signed(cast))
    with pytest.raises(RefusedError, match="uur is verzet"):
        signing.publish(briefing=briefing, version=version, at=now(), by=cast.second_adviser)
    client.force_login(cast.second_adviser)
    work = reverse("reports:briefing_work", args=[briefing.public_id])
    assert "Het uur is verzet" in client.get(work).content.decode()
    assert render(version=version, at=now())
    out = signing.publish(briefing=briefing, version=version, at=now(), by=cast.second_adviser)
    assert out.published_version == version


def test_a_recorded_publication_is_printed_anew_also_when_a_newer_version_waits(
    cast: Cast,
) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at + DAY)
    briefing, version = moved(cast, briefing)
    BriefingVersion.objects.create(
        briefing=briefing,
        number=2,
        draft_revision=99,
        content=version.content,
        content_sha256="0" * 64,
        reason="beter",
        author=cast.adviser,
        approved_at=now(),
        approved_by=cast.region_alderman,
    )
    assert version in set(versions_to_print(now() + HOUR))


def test_paper_that_was_being_made_for_the_old_hour_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY, printed=False)
    version = briefing.latest_version()
    assert version is not None

    def moved_meanwhile(document: Any) -> Any:
        row = Briefing.objects.get(pk=briefing.pk)
        row.embargo_until = at + 3 * DAY
        row.save()
        return print_document(document)

    monkeypatch.setattr(rendering, "print_document", moved_meanwhile)
    assert not render(version=version, at=now())
    monkeypatch.undo()
    fresh = BriefingVersion.objects.get()
    assert fresh.last_failure() == rendering.MOVED
    assert list(versions_to_print(now())) == [fresh]
    assert render(version=fresh, at=now())


@pytest.mark.usefixtures("plain_marks")
def test_a_reader_gets_a_new_copy_and_no_longer_the_old_one(client: Client, cast: Cast) -> None:
    briefing = signed(cast)
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    version = briefing.latest_version()
    assert version is not None
    client.force_login(cast.council_member)
    pdf = reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id])
    assert client.get(pdf).status_code == 200
    briefing, version = moved(cast, briefing)
    assert client.get(pdf).status_code == 302
    page = client.get(reverse("reports:briefing", args=[briefing.public_id])).content.decode()
    assert "Het uur is verzet" in page
    assert render(version=version, at=now())
    assert copies.make_ahead(now()) == 1
    assert copies.make_ahead(now()) == 0
    assert client.get(pdf).status_code == 200
    first, second = PersonalCopy.objects.order_by("number")
    assert first.source_sha256 != second.source_sha256
    codes = ReadingLog.objects.filter(file_name="pdf").values_list("copy_code", flat=True)
    assert set(codes) == {first.code, second.code}


def test_a_makers_pdf_names_the_hour_as_it_stands_too(client: Client, cast: Cast) -> None:
    briefing, version = moved(cast, signed(cast))
    client.force_login(cast.adviser)
    address = reverse("reports:briefing_version_pdf", args=[briefing.public_id, version.public_id])
    assert client.get(address).status_code == 404


def test_one_hour_is_printed_once(cast: Cast) -> None:
    briefing, version = moved(cast, signed(cast))
    assert render(version=version, at=now())
    stored = StoredFile.objects.order_by("pk").first()
    at = now()
    with pytest.raises(IntegrityError, match="rendering_passes_once"), transaction.atomic():
        Rendering.objects.create(
            version=version, hour=briefing.embargo_until, started_at=at, finished_at=at, pdf=stored
        )
