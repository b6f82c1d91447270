"""Makers' own downloads leave a row each, and their PDFs of unpublished text their own mark."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.files.storage import store
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.versions import BriefingVersion, Rendering
from reports.briefings.printing.models import PersonalCopy
from reports.pdf.gate import check
from reports.pdf.personal import code_of
from tests.factories.briefings import HOUR, approved, now, published
from tests.factories.pdfs import printed
from tests.factories.people import Cast, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PLAIN = "short"


def signed(cast: Cast) -> tuple[Briefing, BriefingVersion]:
    """Approved, with a real PDF, an attachment, and its hour tomorrow."""
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY, printed=False, attachment=True)
    version = briefing.latest_version()
    assert version is not None
    stored = store(printed(PLAIN).data, content_type="application/pdf", name="briefing.pdf")
    Rendering.objects.create(version=version, started_at=at, finished_at=at, pdf=stored)
    return briefing, version


def get(client: Client, who: User, name: str, *keys: str) -> bytes:
    client.force_login(who)
    response = client.get(reverse(f"reports:{name}", args=keys), REMOTE_ADDR="192.0.2.7")
    assert response.status_code == 200
    return bytes(response.getvalue() if response.streaming else response.content)


def logged(data: bytes) -> ReadingLog:
    return ReadingLog.objects.get(sha256=hashlib.sha256(data).hexdigest())


def test_a_makers_pdf_of_a_version_bears_the_makers_mark(client: Client, cast: Cast) -> None:
    briefing, version = signed(cast)
    keys = (briefing.public_id, version.public_id)
    data = get(client, cast.adviser, "briefing_version_pdf", *keys)
    copy = PersonalCopy.objects.get()
    assert code_of(data) == copy.code
    assert check(data) == []
    assert (copy.reader_name, copy.organisation) == (cast.adviser.name, "Drenthe")
    row = logged(data)
    assert (row.kind, row.version_number, row.copy_code) == ("work", 1, copy.code)
    assert (row.reader_name, row.address, row.role) == (
        cast.adviser.name,
        "192.0.2.7",
        "policy_adviser",
    )
    other = get(client, cast.second_adviser, "briefing_version_pdf", *keys)
    assert code_of(other) != copy.code


def test_so_does_the_text_of_one_place(client: Client, cast: Cast) -> None:
    briefing, version = signed(cast)
    own = version.variants.create(
        municipality=municipality("GM0106"), content=version.content, content_sha256="0" * 64
    )
    stored = store(printed(PLAIN).data, content_type="application/pdf", name="briefing.pdf")
    at = now()
    version.renderings.create(variant=own, started_at=at, finished_at=at, pdf=stored)
    keys = (briefing.public_id, version.public_id, own.public_id)
    data = get(client, cast.adviser, "briefing_text_pdf", *keys)
    assert code_of(data) == PersonalCopy.objects.get(variant=own).code
    assert logged(data).variant == "municipality:GM0106"


def test_a_copy_of_a_draft_is_found_by_its_code(client: Client, cast: Cast) -> None:
    briefing, _ = signed(cast)
    data = get(client, cast.adviser, "briefing_preview_pdf", briefing.public_id)
    copy = PersonalCopy.objects.get()
    assert code_of(data) == copy.code
    assert (copy.version, copy.stored) == (None, None)
    row = logged(data)
    assert (row.kind, row.version_number, row.file_name) == ("work", None, "draft pdf")
    client.force_login(cast.privacy_officer)
    page = client.post(reverse("reports:briefing_whose_copy"), {"code": copy.code})
    assert cast.adviser.name in page.content.decode()
    assert "het concept, voor een maker" in page.content.decode()
    log = client.get(reverse("reports:briefing_log")).content.decode()
    assert "gedownload als maker" in log.casefold()
    assert copy.code in log


def test_each_copy_of_a_draft_has_its_own_number(client: Client, cast: Cast) -> None:
    briefing, version = signed(cast)
    get(client, cast.adviser, "briefing_version_pdf", briefing.public_id, version.public_id)
    get(client, cast.adviser, "briefing_preview_pdf", briefing.public_id)
    get(client, cast.region_alderman, "briefing_preview_pdf", briefing.public_id)
    numbers = PersonalCopy.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_a_draft_attachment_is_logged(client: Client, cast: Cast) -> None:
    briefing, _ = signed(cast)
    attached = briefing.attachments.get()
    keys = (briefing.public_id, attached.public_id)
    data = get(client, cast.adviser, "briefing_draft_attachment", *keys)
    assert (logged(data).kind, logged(data).file_name) == ("work", "draft attachment")


def test_what_is_out_is_plain_and_logged_all_the_same(client: Client, cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = published(cast, at=at, until=at + HOUR)
    version = briefing.published_version
    assert version is not None
    keys = (briefing.public_id, version.public_id)
    data = get(client, cast.adviser, "briefing_version_pdf", *keys)
    assert not PersonalCopy.objects.exists()
    assert (logged(data).kind, logged(data).copy_code) == ("work", "")
    for somebody in (cast.adviser, cast.privacy_officer):
        data = get(client, somebody, "briefing_export", *keys)
        digest = hashlib.sha256(data).hexdigest()
        row = ReadingLog.objects.filter(sha256=digest).first()
        assert row is not None
        assert (row.kind, row.version_number, row.reader_name) == ("export", 1, somebody.name)
    client.force_login(cast.auditor)
    page = client.get(reverse("reports:briefing_log")).content.decode()
    assert "gedownload voor het archief" in page.casefold()


def test_makers_count_as_no_readers(client: Client, cast: Cast) -> None:
    briefing, version = signed(cast)
    get(client, cast.adviser, "briefing_version_pdf", briefing.public_id, version.public_id)
    assert ReadingLog.objects.of(briefing.public_id).readers() == 0


def test_the_database_wants_a_version_of_what_goes_to_the_archive(
    client: Client, cast: Cast
) -> None:
    briefing, _ = signed(cast)
    get(client, cast.adviser, "briefing_preview_pdf", briefing.public_id)
    row = ReadingLog.objects.get()
    row.pk, row.public_id, row.kind = None, "Z" * 22, "export"
    with (
        pytest.raises(IntegrityError, match="reading_log_version_of_what_was_served"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)
