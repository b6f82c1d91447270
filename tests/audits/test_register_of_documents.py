"""The register of documents: who knows of which paper, and when."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from audits.documents.actions.documents import Embargo, add_version, name_readers, release, withdraw
from certification.models import Document, DocumentReading, DocumentVersion
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import utc_now
from jbn_oversight.refusals import RefusedError
from tests.audits.paper_cast import (
    HOUR,
    LIST,
    SINCE,
    client_of,
    filled,
    move_to_the_past,
    page_of,
    post,
    read,
    sealed,
    version_page,
)
from tests.factories.files import page_of_text
from tests.factories.papers import SENTINEL, paper
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def test_a_paper_without_an_embargo_is_open_to_all_who_see_the_register(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    for user in (cast.alderman, cast.institution, cast.auditor, cast.privacy_officer):
        assert SENTINEL in read(user)[1]
        assert read(user, page_of(version))[0] == 200
        assert read(user, version_page(version, "file/"))[0] == 200
    for user in (cast.council_member, cast.clerk, cast.administrator, cast.nobody):
        assert read(user)[0] == 404
        assert read(user, page_of(version))[0] == 404
        assert read(user, version_page(version, "file/"))[0] == 404


def test_under_embargo_only_its_makers_and_named_readers_know_of_it(cast: Cast) -> None:
    version = sealed(cast, named=(cast.alderman,))
    for user in (cast.adviser, cast.second_adviser, cast.alderman):
        assert SENTINEL in read(user)[1]
        assert read(user, version_page(version))[0] == 200
        assert read(user, version_page(version, "file/"))[0] == 200
    for user in (cast.contract_manager, cast.region_alderman, cast.institution, cast.auditor):
        status, page = read(user)
        assert status == 200
        assert SENTINEL not in page
        assert "Hier staan 0 stukken" in page
        searched = read(user, f"{LIST}?q=brief")[1]
        assert SENTINEL not in searched
        assert "0 stukken die u mag lezen" in searched
        for path in (page_of(version), version_page(version), version_page(version, "file/")):
            assert read(user, path)[0] == 404


def test_before_the_window_opens_a_named_reader_knows_nothing(cast: Cast) -> None:
    now = utc_now()
    embargo = Embargo(
        until=now + 24 * HOUR,
        releaser=cast.second_adviser,
        window_opens_at=now + HOUR,
        readers=(cast.alderman.memberships.get(),),
    )
    version = paper(by=cast.adviser, at=now, embargo=embargo)
    assert SENTINEL not in read(cast.alderman)[1]
    assert read(cast.alderman, version_page(version))[0] == 404


def test_the_hour_alone_opens_nothing_and_neither_does_the_release(cast: Cast) -> None:
    version = sealed(cast)
    release(version=version, at=utc_now(), by=cast.second_adviser)
    assert SENTINEL not in read(cast.alderman)[1]
    other = move_to_the_past(sealed_again(cast))
    assert "Ander stuk" not in read(cast.alderman)[1]
    assert "Het uur is voorbij" in read(cast.adviser, version_page(other))[1]
    release(version=other, at=utc_now(), by=cast.second_adviser)
    assert "Ander stuk" in read(cast.alderman)[1]


def sealed_again(cast: Cast) -> DocumentVersion:
    now = utc_now()
    embargo = Embargo(until=now + 24 * HOUR, releaser=cast.second_adviser)
    return paper(by=cast.adviser, at=now, embargo=embargo, title="Ander stuk", text="Anders")


def test_who_added_it_never_releases_it_and_nobody_does_unasked(cast: Cast) -> None:
    version = sealed(cast, named=(cast.contract_manager,))
    path = version_page(version, "release/")
    page = client_of(cast.adviser).post(path, follow=True).content.decode()
    assert "Iemand anders moet het vrijgeven" in page
    assert post(cast.contract_manager, path).status_code == 403
    assert post(cast.alderman, path).status_code == 404
    version.refresh_from_db()
    assert version.released_at is None
    assert post(cast.second_adviser, path).status_code == 302
    version.refresh_from_db()
    assert version.released_by == cast.second_adviser


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until": -HOUR}, "te dichtbij of voorbij"),
        ({"until": timedelta(minutes=4)}, "te dichtbij of voorbij"),
        ({"releaser": "adviser"}, "Iemand anders"),
        ({"releaser": "alderman"}, "ook bijhouden"),
        ({"window": 48 * HOUR}, "Draai ze om"),
        ({"reader": "alderman"}, "vanaf welk uur"),
        ({"reader": "council_member", "window": HOUR}, "ziet het register niet"),
    ],
)
def test_an_embargo_that_cannot_be_is_refused(
    cast: Cast, changed: dict[str, Any], words: str
) -> None:
    now = utc_now()
    window = changed.get("window")
    reader = changed.get("reader")
    embargo = Embargo(
        until=now + changed.get("until", 24 * HOUR),
        releaser=getattr(cast, changed.get("releaser", "second_adviser")),
        window_opens_at=now + window if window else None,
        readers=(getattr(cast, reader).memberships.get(),) if reader else (),
    )
    with pytest.raises(RefusedError, match=words), transaction.atomic():
        paper(by=cast.adviser, at=now, embargo=embargo)
    assert not Document.objects.exists()


def test_who_is_no_longer_named_is_shut_out_at_once(cast: Cast) -> None:
    version = sealed(cast, named=(cast.alderman,))
    mandate = cast.region_alderman.memberships.get().public_id
    path = version_page(version, "readers/")
    assert post(cast.alderman, path, readers=[mandate]).status_code == 403
    assert post(cast.adviser, path, readers=[mandate]).status_code == 302
    assert read(cast.alderman, version_page(version))[0] == 404
    assert read(cast.region_alderman, version_page(version))[0] == 200


def test_naming_the_same_readers_again_changes_nothing(cast: Cast) -> None:
    version = sealed(cast, named=(cast.alderman,))
    mandates = [cast.alderman.memberships.get()]
    name_readers(version=version, memberships=mandates, at=utc_now(), by=cast.adviser)
    assert version.readers.get().removed_at is None


def test_a_withdrawn_version_is_gone_by_every_address(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    path = version_page(version, "withdraw/")
    assert post(cast.alderman, path, reason="Weg").status_code == 403
    assert "Dit veld is verplicht" in post(cast.adviser, path, reason="").content.decode()
    assert post(cast.contract_manager, path, reason="Verkeerd stuk").status_code == 302
    assert SENTINEL not in read(cast.alderman)[1]
    for user in (cast.alderman, cast.adviser):
        assert read(user, version_page(version, "file/"))[0] == 404
    assert "Verkeerd stuk" in read(cast.adviser, version_page(version))[1]
    assert read(cast.alderman, version_page(version))[0] == 404


def test_a_next_version_needs_a_reason_and_another_file(cast: Cast) -> None:
    now = utc_now()
    first = paper(by=cast.adviser, at=now)

    def add(text: str, reason: str) -> DocumentVersion:
        return add_version(
            document=first.document,
            data=page_of_text(text),
            dated=None,
            reason=reason,
            embargo=None,
            at=now,
            by=cast.adviser,
        )

    with pytest.raises(RefusedError, match="wat er"):
        add("Nieuw", "")
    with pytest.raises(RefusedError, match="al een versie"):
        add(f"Inhoud {SENTINEL}", "Opnieuw")
    second = add("Nieuw", "Bijlage toegevoegd")
    assert second.number == 2
    page = read(cast.alderman, page_of(first))[1]
    assert "Versie 2 is de nieuwste" in page
    assert "Bijlage toegevoegd" in page


def test_a_next_version_under_embargo_does_not_show_beside_the_open_one(cast: Cast) -> None:
    now = utc_now()
    first = paper(by=cast.adviser, at=now)
    add_version(
        document=first.document,
        data=page_of_text("Nieuw"),
        dated=None,
        reason="Geheime wijziging",
        embargo=Embargo(until=now + HOUR, releaser=cast.second_adviser),
        at=now,
        by=cast.adviser,
    )
    page = read(cast.alderman, page_of(first))[1]
    assert "Geheime wijziging" not in page
    assert "Versie 2" not in page
    assert "Versie 2" in read(cast.adviser, page_of(first))[1]


def test_a_next_version_under_embargo_has_no_address_beside_that_of_the_open_one(
    cast: Cast,
) -> None:
    at = utc_now()
    first = paper(by=cast.adviser, at=at)
    embargo = Embargo(until=at + 24 * HOUR, releaser=cast.second_adviser, window_opens_at=at)
    second = add_version(
        document=first.document,
        data=page_of_text("Een tweede brief"),
        dated=None,
        reason="Herzien",
        embargo=embargo,
        at=at,
        by=cast.adviser,
    )
    for user, sees in ((cast.region_alderman, 404), (cast.adviser, 200)):
        assert read(user, version_page(first))[0] == 200
        assert read(user, version_page(second))[0] == sees
        assert read(user, version_page(second, "file/"))[0] == sees


def test_a_file_with_the_number_of_a_person_is_refused(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="nummer van een persoon"), transaction.atomic():
        paper(by=cast.adviser, at=utc_now(), text="BSN 111222333")
    assert not DocumentVersion.objects.exists()


def test_each_download_is_logged_kept_by_nobody_and_cannot_be_unsaid(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    response = client_of(cast.alderman).get(version_page(version, "file/"))
    assert response["Cache-Control"] == "no-store, private"
    assert "ETag" not in response
    row = DocumentReading.objects.get()
    assert (row.reader_name, row.version_number) == ("Anna Assen", 1)
    assert row.sha256 == version.stored.sha256
    assert "Anna Assen" in read(cast.auditor, version_page(version))[1]
    assert "Wie het downloadde" not in read(cast.institution, version_page(version))[1]
    for change in (row.delete, lambda: DocumentReading.objects.update(reader_name="x")):
        with pytest.raises(IntegrityError, match="insert_only"), transaction.atomic():
            change()


def test_pages_of_the_register_are_kept_by_nobody(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    for path in (LIST, page_of(version), version_page(version)):
        assert client_of(cast.alderman).get(path)["Cache-Control"] == "no-store, private"


def test_an_export_holds_what_its_reader_may_read_and_no_more(cast: Cast) -> None:
    sealed(cast)
    paper(by=cast.adviser, at=utc_now(), title="Open brief", text="Open")

    def cells(user: User) -> list[object]:
        data = client_of(user).get("/oversight/jbn/registers/documents.xlsx").content
        sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).active
        return [cell.value for row in sheet for cell in row if cell.value]

    assert "Open brief" in cells(cast.alderman)
    assert not any(
        SENTINEL in str(value) and "Brief" in str(value) for value in cells(cast.alderman)
    )
    assert f"Brief {SENTINEL}" in cells(cast.adviser)


def test_a_paper_under_embargo_is_offered_as_a_source_to_nobody(cast: Cast) -> None:
    sealed(cast)
    for user in (cast.adviser, cast.contract_manager):
        assert f"Brief {SENTINEL}" not in read(user, f"{LIST}new/")[1]


def test_withdrawing_twice_keeps_the_first_reason(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    for reason in ("Eerst", "Later"):
        withdraw(version=version, reason=reason, at=utc_now(), by=cast.adviser)
    version.refresh_from_db()
    assert version.withdrawn_reason == "Eerst"


def test_its_makers_are_not_offered_as_readers(cast: Cast) -> None:
    version = sealed(cast)
    page = read(cast.adviser, version_page(version))[1]
    offered = page[page.index('name="readers"') :]
    for user, there in ((cast.adviser, False), (cast.second_adviser, False), (cast.auditor, True)):
        assert (user.memberships.get().public_id in offered) is there, user
    for user in (cast.adviser, cast.second_adviser):
        named = {"readers": [user.memberships.get().public_id]}
        assert post(cast.adviser, version_page(version, "readers/"), **named).status_code == 200
    assert not version.readers.filter(membership__user=cast.second_adviser).exists()


def test_who_releases_it_is_not_named_as_its_reader(cast: Cast) -> None:
    response = post(
        cast.adviser,
        f"{LIST}new/",
        **filled(
            until_day="2099-07-01",
            until_hour="09:30",
            releaser=cast.second_adviser.public_id,
            window_day="2099-06-30",
            window_hour="12:00",
            readers=[cast.second_adviser.memberships.get().public_id],
        ),
    )
    assert response.status_code == 200
    assert "ziet het al" in response.content.decode()
    assert not Document.objects.exists()


def test_guessing_tells_nothing_of_a_paper_under_embargo(cast: Cast) -> None:
    version = sealed(cast)
    absent = "Z" * len(version.public_id)
    client = client_of(cast.alderman)
    pairs = [(page_of(version), f"{LIST}{absent}/")]
    pairs += [
        (version_page(version, end), f"{LIST}versions/{absent}/{end}") for end in ("", "file/")
    ]
    for secret, nowhere in pairs:
        for method in ("GET", "HEAD", "OPTIONS"):
            asked: Any = {"HTTP_IF_NONE_MATCH": "*", "HTTP_IF_MODIFIED_SINCE": SINCE}
            one, other = (client.generic(method, path, **asked) for path in (secret, nowhere))
            assert one.status_code == other.status_code, (method, secret)
            assert dict(one.headers) == dict(other.headers), (method, secret)
            assert one.content == other.content, (method, secret)
            assert "ETag" not in one.headers
            assert one.headers["Cache-Control"] == "no-store, private"
    assert not DocumentReading.objects.exists()


def test_a_gap_in_the_numbers_tells_of_no_version_under_embargo(cast: Cast) -> None:
    now = utc_now()
    first = paper(by=cast.adviser, at=now)
    embargo = Embargo(until=now + HOUR, releaser=cast.contract_manager)
    for text, by, sealed_by in (
        ("Geheim", cast.adviser, embargo),
        ("Open", cast.second_adviser, None),
    ):
        add_version(
            document=first.document,
            data=page_of_text(text),
            dated=None,
            reason="Bijgewerkt",
            embargo=sealed_by,
            at=now,
            by=by,
        )
    last = first.document.versions.get(number=3)
    file = client_of(cast.alderman).get(version_page(last, "file/"))
    assert file["Content-Disposition"].endswith('-2.pdf"')
    assert "Versie 2 is de nieuwste" in read(cast.alderman, page_of(first))[1]
    assert "Versie 3 is de nieuwste" in read(cast.adviser, page_of(first))[1]
    assert "Versie 3" not in read(cast.second_adviser, version_page(last))[1]
