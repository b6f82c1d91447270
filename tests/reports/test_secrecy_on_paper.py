"""While secrecy runs, paper says so on each page; what was frozen and printed stays as it was."""

from __future__ import annotations

import hashlib
import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.files.storage import read
from reports.briefings.document.rules.content import freeze
from reports.briefings.document.selectors.documents import document_of_version
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.secrecy import Organ
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.printing.selectors import with_secrecy
from reports.pdf.gate import check
from reports.pdf.personal import code_of
from tests.factories.briefings import HOUR, now
from tests.factories.people import Cast
from tests.reports.test_copies_are_personal import pdf_address, under_embargo
from tests.reports.test_secrecy_is_no_embargo import impose, lift

pytestmark = pytest.mark.django_db


def downloaded(user: User, url: str) -> bytes:
    client = Client()
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    return answer.content


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    return [page.get_textpage().get_text_bounded() for page in document]


def maker_address(version: BriefingVersion) -> str:
    return reverse(
        "reports:briefing_version_pdf", args=[version.briefing.public_id, version.public_id]
    )


def test_a_copy_downloaded_under_secrecy_says_so_on_each_page_and_keeps_its_code(
    cast: Cast,
) -> None:
    briefing, version = under_embargo(cast)
    before = downloaded(cast.council_member, pdf_address(briefing, version))
    assert not any("Geheim" in page for page in pages(before))
    impose(cast, briefing, now() - HOUR / 2)
    under = downloaded(cast.council_member, pdf_address(briefing, version))
    shown = pages(under)
    assert all("Geheim. Onder embargo" in page for page in shown)
    assert "opgelegd door het college" in " ".join(shown[0].split())
    status = shown[0].split("Status", 1)[1].splitlines()[0]
    assert "Geheim" in status
    assert code_of(under) == code_of(before) is not None
    assert check(under) == []
    line = ReadingLog.objects.filter(sha256=hashlib.sha256(under).hexdigest()).get()
    assert line.copy_code == code_of(before)
    assert downloaded(cast.council_member, pdf_address(briefing, version)) == under


def test_makers_get_paper_that_says_it_too(cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    impose(cast, briefing, now() - HOUR / 2)
    for url in (
        maker_address(version),
        reverse("reports:briefing_preview_pdf", args=[briefing.public_id]),
    ):
        assert all("Geheim. Onder embargo" in page for page in pages(downloaded(cast.adviser, url)))


def test_what_was_printed_stays_and_comes_back_when_secrecy_is_lifted(cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    mine = downloaded(cast.council_member, pdf_address(briefing, version))
    kept = version.printed()
    assert kept is not None
    assert kept.pdf is not None
    printed, content = read(kept.pdf), dict(version.content)
    impose(cast, briefing, now() - HOUR / 2)
    downloaded(cast.council_member, pdf_address(briefing, version))
    lift(cast, briefing.secrecies.get(), Organ.EXECUTIVE, now())
    version.refresh_from_db()
    assert version.content == content
    again = version.printed()
    assert again is not None
    assert again.pdf is not None
    assert read(again.pdf) == printed
    # A maker's copy carries a mark of its own, so its words are compared and not its bytes.
    assert not any(
        "Geheim" in page for page in pages(downloaded(cast.adviser, maker_address(version)))
    )
    assert downloaded(cast.council_member, pdf_address(briefing, version)) == mine


def test_secrecy_is_no_part_of_what_is_signed(cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    document = document_of_version(version)
    impose(cast, briefing, now() - HOUR / 2)
    secret = with_secrecy(document, briefing)
    assert secret.secrecy_line.startswith("Geheim: opgelegd door het college")
    assert freeze(secret) == freeze(document)
