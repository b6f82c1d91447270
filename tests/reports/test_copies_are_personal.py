"""Before its hour each reader downloads an own copy; a copy that leaked tells whose it was."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from datetime import timedelta

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.files.storage import read, store
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.versions import BriefingVersion, Rendering, VersionVariant
from reports.briefings.printing.actions import copies
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from reports.pdf.gate import check
from reports.pdf.personal import code_of
from tests.factories.briefings import HOUR, approved, invited, now
from tests.factories.pdfs import printed
from tests.factories.people import Cast, membership, municipality, person, region, with_role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def under_embargo(cast: Cast) -> tuple[Briefing, BriefingVersion]:
    """Approved, with a real PDF; the council member of Assen accepted the terms."""
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + DAY, printed=False)
    version = briefing.latest_version()
    assert version is not None
    put(version, version, "short")
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    return briefing, version


def put(version: BriefingVersion, text: BriefingVersion | VersionVariant, name: str) -> None:
    at = now() - HOUR
    variant = text if isinstance(text, VersionVariant) else None
    hour = Briefing.objects.get(pk=version.briefing_id).embargo_until
    stored = store(printed(name).data, content_type="application/pdf", name="briefing.pdf")
    Rendering.objects.create(
        version=version, variant=variant, hour=hour, started_at=at, finished_at=at, pdf=stored
    )


def pdf_address(briefing: Briefing, version: BriefingVersion) -> str:
    return reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id])


def own_text(version: BriefingVersion, code: str) -> VersionVariant:
    return VersionVariant.objects.create(
        version=version,
        municipality=municipality(code),
        content={**version.content, "title": f"Titel voor {code}"},
        content_sha256="0" * 64,
    )


def test_a_download_before_the_hour_is_marked_and_logged_by_its_own_bytes(
    client: Client, cast: Cast
) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    served = client.get(pdf_address(briefing, version)).content
    copy = PersonalCopy.objects.get()
    assert code_of(served) == copy.code
    assert served != printed("short").data
    assert check(served) == []
    row = ReadingLog.objects.get(kind="download")
    assert row.copy_code == copy.code
    assert row.sha256 == hashlib.sha256(served).hexdigest()
    assert (copy.reader_name, copy.organisation) == (cast.council_member.name, "Assen")
    with pikepdf.open(io.BytesIO(served)) as opened:
        assert len(opened.pages) >= 1


def test_a_copy_is_made_once_and_served_the_same_each_time(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    first = client.get(pdf_address(briefing, version)).content
    assert client.get(pdf_address(briefing, version)).content == first
    assert PersonalCopy.objects.count() == 1


def test_two_readers_get_different_codes_and_numbers(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    invited(cast, briefing, cast.clerk, at=now() - HOUR, accepted=True)
    found = []
    for somebody in (cast.council_member, cast.clerk):
        client.force_login(somebody)
        found.append(code_of(client.get(pdf_address(briefing, version)).content))
    assert len(set(found)) == 2
    assert sorted(PersonalCopy.objects.values_list("number", flat=True)) == [1, 2]


def test_copies_are_made_ahead_for_named_readers_and_only_for_them(cast: Cast) -> None:
    briefing, _version = under_embargo(cast)
    gone = invited(cast, briefing, cast.clerk, at=now() - HOUR)
    readers.remove(reader=gone, at=now(), by=cast.adviser)
    assert copies.make_ahead(now()) == 1
    assert PersonalCopy.objects.get().reader_public_id == cast.council_member.public_id
    assert copies.make_ahead(now()) == 0


def test_a_copy_made_ahead_is_the_one_that_is_served(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    copies.make_ahead(now())
    stored = PersonalCopy.objects.get().stored
    assert stored is not None
    client.force_login(cast.council_member)
    assert client.get(pdf_address(briefing, version)).content == read(stored)


def test_a_marked_file_that_does_not_pass_the_gate_is_never_served(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing, version = under_embargo(cast)
    monkeypatch.setattr(copies, "gate", lambda data: ["a rule"])
    client.force_login(cast.council_member)
    response = client.get(pdf_address(briefing, version))
    assert response.status_code == 302
    assert PersonalCopy.objects.get().failure == "gate: a rule"
    monkeypatch.undo()
    assert client.get(pdf_address(briefing, version)).status_code == 302
    assert not ReadingLog.objects.filter(kind="download").exists()


def test_a_full_disk_says_so_and_the_copy_is_made_later(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing, version = under_embargo(cast)

    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    client.force_login(cast.council_member)
    with monkeypatch.context() as patched:
        patched.setattr(copies, "store", full)
        assert client.get(pdf_address(briefing, version)).status_code == 302
    assert not ReadingLog.objects.filter(kind="download").exists()
    answer = client.get(pdf_address(briefing, version))
    assert code_of(answer.content) == PersonalCopy.objects.get().code


def test_after_the_hour_everybody_gets_the_plain_file(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    at = now()
    signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    Briefing.objects.filter(pk=briefing.pk)
    row = Briefing.objects.get(pk=briefing.pk)
    row.embargo_until = at - timedelta(minutes=1)
    row.save()
    put(version, version, "short")
    for somebody in (cast.council_member, cast.clerk):
        client.force_login(somebody)
        assert client.get(pdf_address(briefing, version)).content == printed("short").data
    assert not PersonalCopy.objects.exists()


def test_a_reader_gets_the_text_of_the_own_council_and_no_other(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    own, other = own_text(version, "GM0106"), own_text(version, "GM0114")
    for one in (own, other):
        put(version, one, "short, English")
    client.force_login(cast.council_member)
    page = client.get(reverse("reports:briefing", args=[briefing.public_id])).content.decode()
    assert "Titel voor GM0106" in page
    assert "GM0114" not in page
    served = client.get(pdf_address(briefing, version)).content
    copy = PersonalCopy.objects.get()
    assert copy.variant == own
    assert code_of(served) == copy.code
    row = ReadingLog.objects.get(kind="download")
    assert row.variant == "municipality:GM0106"
    for name in ("briefing_own_text", "briefing_own_pdf", "briefing_own_figures"):
        url = reverse(f"reports:{name}", args=[briefing.public_id, other.public_id])
        assert client.get(url).status_code == 404, name
    url = reverse("reports:briefing_own_pdf", args=[briefing.public_id, own.public_id])
    assert client.get(url).status_code == 200


def test_who_sits_in_two_councils_chooses_and_the_log_says_which(
    client: Client, cast: Cast
) -> None:
    briefing, version = under_embargo(cast)
    texts = {code: own_text(version, code) for code in ("GM0106", "GM0114")}
    for one in texts.values():
        put(version, one, "short")
    row = Briefing.objects.get(pk=briefing.pk)
    row.audience.create(municipality=municipality("GM0114"), added_at=now(), added_by=cast.adviser)
    signing.publish(briefing=row, version=version, at=now(), by=cast.second_adviser)
    row = Briefing.objects.get(pk=briefing.pk)
    row.embargo_until = now() - timedelta(minutes=1)
    row.save()
    both = person("Twee Raden")
    for code in texts:
        membership(both, Role.COUNCIL_MEMBER, municipality(code))
    client.force_login(both)
    page = client.get(reverse("reports:briefing", args=[briefing.public_id])).content.decode()
    for code, text in texts.items():
        url = reverse("reports:briefing_own_text", args=[briefing.public_id, text.public_id])
        assert url in page
        assert f"Titel voor {code}" in client.get(url).content.decode()
        logged = ReadingLog.objects.order_by("-pk")[0]
        assert logged.variant == f"municipality:{code}"
        assert logged.organisation == str(municipality(code))


@pytest.mark.parametrize("typed", ["as it is", "small and spaced", "look-alikes"])
def test_whose_copy_is_found_by_its_code(client: Client, cast: Cast, typed: str) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    client.get(pdf_address(briefing, version), REMOTE_ADDR="192.0.2.9")
    code = PersonalCopy.objects.get().code
    said = {
        "as it is": code,
        "small and spaced": f" {code[:4].lower()} - {code[4:].lower()} ",
        "look-alikes": code.replace("0", "O").replace("1", "l"),
    }[typed]
    for somebody in (cast.adviser, cast.privacy_officer, cast.auditor):
        client.force_login(somebody)
        page = client.post(reverse("reports:briefing_whose_copy"), {"code": said}).content.decode()
        assert cast.council_member.name in page
        assert "192.0.2.9" in page


def test_whose_copy_is_found_from_the_file(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    served = client.get(pdf_address(briefing, version)).content
    client.force_login(cast.privacy_officer)
    page = client.post(
        reverse("reports:briefing_whose_copy"), {"file": io.BytesIO(served)}
    ).content.decode()
    assert cast.council_member.name in page


def test_others_hear_the_same_as_when_there_is_no_such_copy(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    client.get(pdf_address(briefing, version))
    code = PersonalCopy.objects.get().code
    address = reverse("reports:briefing_whose_copy")
    elsewhere = with_role("Privacy Elders", Role.PRIVACY_OFFICER, region("groningen"))
    for somebody in (elsewhere, cast.other_alderman, cast.municipal_adviser):
        client.force_login(somebody)
        page = client.post(address, {"code": code}).content.decode()
        assert cast.council_member.name not in page
        assert "kopie" in page.lower()
    for somebody in (cast.council_member, cast.clerk, cast.administrator, cast.nobody):
        client.force_login(somebody)
        assert client.post(address, {"code": code}).status_code == 403


@pytest.mark.parametrize("code", ["", "12345678901", "AAAAAAAA", "'; --", "é" * 8, "\0" * 8])
def test_a_code_that_is_none_finds_nobody(cast: Cast, code: str) -> None:
    assert copies.copy_by_code(code) is None


def test_a_file_that_is_no_copy_has_no_code() -> None:
    for data in (b"", b"no pdf", printed("short").data, b"%PDF-1.7\n" + b"\0" * 500):
        assert copies.code_in(data) is None


def test_a_copy_outlives_its_reader_and_its_mandate(client: Client, cast: Cast) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    client.get(pdf_address(briefing, version))
    Membership.objects.get(user=cast.council_member).delete()
    assert PersonalCopy.objects.get().organisation == "Assen"
    related = {field.name for field in PersonalCopy._meta.get_fields() if field.is_relation}
    assert related == {"briefing", "version", "variant", "stored"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_personalcopy SET code = 'AAAAAAAA'",
        "UPDATE reports_personalcopy SET reader_name = 'x'",
        "DELETE FROM reports_personalcopy",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_copy(
    client: Client, cast: Cast, statement: str
) -> None:
    briefing, version = under_embargo(cast)
    client.force_login(cast.council_member)
    client.get(pdf_address(briefing, version))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
