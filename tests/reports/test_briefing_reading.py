"""What a reader gets over HTTP, and what is noted of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership
from jbn_oversight.files.storage import read
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.versions import VersionAttachment
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.readers import actions as readers
from tests.factories.briefings import (
    HOUR,
    PRINTED,
    SENTINEL,
    approved,
    drafted,
    invited,
    now,
    published,
    withdrawn,
)
from tests.factories.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]
TOMORROW = timedelta(days=1)


def address(briefing: Briefing, name: str = "briefing", *more: str) -> str:
    return reverse(f"reports:{name}", args=[briefing.public_id, *more])


def version_addresses(briefing: Briefing) -> dict[str, str]:
    version = briefing.latest_version()
    assert version is not None
    attachment = VersionAttachment.objects.get(version=version)
    return {
        "pdf": address(briefing, "briefing_pdf", version.public_id),
        "attachment": address(
            briefing, "briefing_attachment", version.public_id, attachment.public_id
        ),
    }


def test_an_invited_reader_accepts_the_terms_and_reads(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + TOMORROW)
    invited(cast, briefing, cast.council_member, at=at)
    client.force_login(cast.council_member)
    before = client.get(address(briefing))
    assert before.status_code == 200
    assert SENTINEL not in before.content.decode()
    assert address(briefing, "briefing_terms") in before.content.decode()
    assert "Afdeling Jeugd" in before.content.decode()
    after = client.post(address(briefing, "briefing_terms"), follow=True)
    assert after.status_code == 200
    assert f"Tekst met {SENTINEL}" in after.content.decode()


def test_before_the_window_there_are_hours_and_no_button(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + 3 * TOMORROW, window=at + TOMORROW)
    invited(cast, briefing, cast.council_member, at=at)
    client.force_login(cast.council_member)
    page = client.get(address(briefing)).content.decode()
    assert address(briefing, "briefing_terms") not in page
    assert SENTINEL not in page
    client.post(address(briefing, "briefing_terms"))
    assert not ReadingLog.objects.exists()


def test_terms_accepted_before_open_no_window(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    until, window = at + 3 * TOMORROW, at + TOMORROW
    briefing = approved(cast, at=at, until=until, window=window, attachment=True)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    client.force_login(cast.council_member)
    assert SENTINEL not in client.get(address(briefing)).content.decode()
    assert client.get(version_addresses(briefing)["pdf"]).status_code == 404


def test_an_invitation_stands_in_no_list_and_no_count(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    client.force_login(cast.council_member)
    without = client.get(reverse("reports:briefings")).content.decode()
    briefing = approved(cast, at=at, until=at + TOMORROW)
    invited(cast, briefing, cast.council_member, at=at)
    with_one = client.get(reverse("reports:briefings")).content.decode()
    assert _stable(without) == _stable(with_one)
    waiting = published(cast, at=at, until=at + TOMORROW)
    invited(cast, waiting, cast.council_member, at=at)
    with_two = client.get(reverse("reports:briefings")).content.decode()
    assert _stable(without) == _stable(with_two)


def _stable(page: str) -> str:
    """The page without its form tokens, which differ each time."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_each_opening_is_a_row_with_the_hash_of_what_was_served(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + TOMORROW, attachment=True)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    client.force_login(cast.council_member)
    served = client.get(address(briefing), REMOTE_ADDR="192.0.2.7").content
    pdf = client.get(version_addresses(briefing)["pdf"], REMOTE_ADDR="192.0.2.7").content
    file = client.get(version_addresses(briefing)["attachment"], REMOTE_ADDR="192.0.2.7").content
    stored = read(VersionAttachment.objects.get().stored)
    assert (pdf, file) == (PRINTED + PersonalCopy.objects.get().code.encode(), stored)
    rows = list(ReadingLog.objects.order_by("pk"))
    assert [row.copy_code for row in rows] == ["", PersonalCopy.objects.get().code, ""]
    assert [row.sha256 for row in rows] == [
        hashlib.sha256(data).hexdigest() for data in (served, pdf, file)
    ]
    for row in rows:
        assert row.reader_name == cast.council_member.name
        assert row.role == "council_member"
        assert row.organisation == "Assen"
        assert row.version_number == 1
        assert row.address == "192.0.2.7"
        assert row.briefing_public_id == briefing.public_id
        assert SENTINEL not in row.file_name


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_readinglog SET reader_name = 'x'",
        "UPDATE reports_readinglog SET at = at",
        "DELETE FROM reports_readinglog",
        "TRUNCATE reports_readinglog",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row_of_the_log(
    client: Client, cast: Cast, statement: str
) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at)
    client.force_login(cast.council_member)
    client.get(address(briefing))
    row = ReadingLog.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        _run(statement)
    assert ReadingLog.objects.get() == row


def _run(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if statement.startswith("UPDATE reports_readinglog SET at"):
            statement = "UPDATE reports_readinglog SET at = at - interval '1 day'"
        cursor.execute(statement)


def test_a_row_of_the_log_points_at_nothing_that_could_block_or_take_it_along() -> None:
    assert not [field for field in ReadingLog._meta.get_fields() if field.is_relation]


@pytest.mark.parametrize("way", ["removed", "mandate", "role", "withdrawn", "inactive"])
def test_access_ends_at_once_also_in_an_open_tab(client: Client, cast: Cast, way: str) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + TOMORROW, attachment=True)
    reader = invited(cast, briefing, cast.council_member, at=at, accepted=True)
    client.force_login(cast.council_member)
    addresses = [address(briefing), *version_addresses(briefing).values()]
    assert [client.get(url).status_code for url in addresses] == [200, 200, 200]
    mandate = Membership.objects.get(user=cast.council_member)
    if way == "removed":
        readers.remove(reader=reader, at=now(), by=cast.adviser)
    elif way == "mandate":
        mandate.until_on = at.date() - TOMORROW
        mandate.save()
    elif way == "role":
        mandate.role = "clerk"
        mandate.save()
    elif way == "withdrawn":
        withdrawn(cast, briefing, at=now())
    else:
        cast.council_member.is_active = False
        cast.council_member.save()
    assert [client.get(url).status_code for url in addresses] == [404, 404, 404]
    assert client.post(address(briefing, "briefing_terms")).status_code == 404


def test_after_withdrawal_the_file_is_gone_by_its_old_address_for_makers_too(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at, attachment=True)
    version = briefing.latest_version()
    assert version is not None
    makers_pdf = address(briefing, "briefing_version_pdf", version.public_id)
    client.force_login(cast.adviser)
    assert client.get(makers_pdf).status_code == 200
    withdrawn(cast, briefing, at=now())
    assert client.get(makers_pdf).status_code == 404
    assert client.get(address(briefing, "briefing_preview")).status_code == 404
    assert client.get(address(briefing, "briefing_preview_pdf")).status_code == 404
    client.force_login(cast.council_member)
    for url in version_addresses(briefing).values():
        assert client.get(url).status_code == 404


def test_the_clock_opens_nothing_by_itself(client: Client, cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + HOUR, attachment=True)
    client.force_login(cast.council_member)
    assert not Briefing.objects.visible_to(cast.council_member, now()).exists()
    assert client.get(address(briefing)).status_code == 404
    assert client.get(version_addresses(briefing)["pdf"]).status_code == 404


def test_a_publication_before_its_hour_opens_nothing(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at + TOMORROW, attachment=True)
    client.force_login(cast.council_member)
    assert client.get(address(briefing)).status_code == 404
    assert client.get(version_addresses(briefing)["pdf"]).status_code == 404


def test_published_and_past_its_hour_the_audience_reads_and_others_do_not(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at, attachment=True)
    for who, status in {
        "council_member": 200,
        "clerk": 200,
        "alderman": 200,
        "municipal_adviser": 200,
        "other_council_member": 404,
        "contract_manager": 404,
        "municipal_contract_manager": 404,
        "privacy_officer": 404,
        "auditor": 404,
        "institution": 404,
        "administrator": 404,
        "nobody": 404,
    }.items():
        client.force_login(getattr(cast, who))
        assert client.get(address(briefing)).status_code == status, who
        assert client.get(version_addresses(briefing)["pdf"]).status_code == status, who


def test_an_empty_audience_means_nobody(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at)
    for row in briefing.audience.all():
        row.delete()
    for somebody in (cast.council_member, cast.clerk, cast.alderman, cast.region_alderman):
        assert not Briefing.objects.visible_to(somebody, now()).exists()


def test_only_an_approved_version_is_read_and_never_the_draft(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = drafted(cast, at=at, until=at + TOMORROW, window=at)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    client.force_login(cast.council_member)
    page = client.get(address(briefing))
    assert page.status_code == 200
    assert SENTINEL not in page.content.decode()
    for name in ("briefing_work", "briefing_preview", "briefing_preview_pdf", "briefing_edit"):
        assert client.get(address(briefing, name)).status_code == 404


def test_unpublished_content_is_not_kept_and_does_not_tell_its_age(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + TOMORROW, attachment=True)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    version = briefing.latest_version()
    assert version is not None
    seen = [(cast.council_member, url) for url in version_addresses(briefing).values()]
    seen += [
        (cast.council_member, address(briefing)),
        (cast.adviser, address(briefing, "briefing_work")),
    ]
    seen += [
        (cast.adviser, address(briefing, "briefing_preview")),
        (cast.adviser, address(briefing, "briefing_version_pdf", version.public_id)),
        (cast.adviser, reverse("reports:briefings")),
    ]
    for somebody, url in seen:
        client.force_login(somebody)
        response = client.get(url)
        assert response.status_code == 200, url
        kept = {part.strip() for part in response["Cache-Control"].split(",")}
        assert {"no-store", "private"} <= kept, url
        assert "ETag" not in response
        assert "Last-Modified" not in response


def test_no_byte_of_a_briefing_lies_under_a_static_or_media_address(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    published(cast, at=at, until=at + TOMORROW, attachment=True)
    roots = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    for root in roots:
        for path in root.rglob("*") if root.exists() else ():
            assert not path.is_file() or SENTINEL.encode() not in path.read_bytes(), path
    for root in roots:
        assert settings.FILES_DIR not in (root, *root.parents)
        assert root not in settings.FILES_DIR.parents
    assert not settings.MEDIA_URL or settings.MEDIA_URL == "/"
    assert not settings.MEDIA_ROOT


def test_names_of_files_tell_no_title(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at, attachment=True)
    client.force_login(cast.council_member)
    disposition = client.get(version_addresses(briefing)["pdf"])["Content-Disposition"]
    assert SENTINEL not in disposition
    assert disposition.startswith("attachment")
