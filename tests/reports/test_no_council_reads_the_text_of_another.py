"""Two councils under one embargo, each with a text of its own: each reads that and no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reports.briefings.gate.selectors.texts import texts_read_by
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.models.versions import VersionVariant
from reports.briefings.printing.models import PersonalCopy
from reports.briefings.signing import actions as signing
from tests.factories.briefings import invited, now
from tests.factories.people import Cast
from tests.reports.test_copies_are_personal import own_text, put, under_embargo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]
CODES = ("GM0106", "GM0114")


def for_two_councils(cast: Cast) -> tuple[Briefing, dict[str, VersionVariant]]:
    """Early readers in Assen and in Emmen, and a printed text for each."""
    briefing, version = under_embargo(cast)
    invited(cast, briefing, cast.other_council_member, at=now(), accepted=True)
    texts = {code: own_text(version, code) for code in CODES}
    for text in texts.values():
        put(version, text, "short")
    return briefing, texts


@pytest.mark.parametrize("is_out", [False, True], ids=["before the hour", "after the hour"])
def test_each_gets_its_own_and_finds_no_other(client: Client, cast: Cast, is_out: bool) -> None:
    briefing, texts = for_two_councils(cast)
    if is_out:
        version = texts["GM0106"].version
        signing.publish(briefing=briefing, version=version, at=now(), by=cast.second_adviser)
        row = Briefing.objects.get(pk=briefing.pk)
        row.embargo_until = now() - timedelta(minutes=1)
        row.save()
    assen, emmen = CODES
    pairs = ((cast.council_member, assen, emmen), (cast.other_council_member, emmen, assen))
    for reader, own, other in pairs:
        seen = Briefing.objects.visible_to(reader, now()).get(pk=briefing.pk)
        assert [text.variant for text in texts_read_by(reader, now(), seen)] == [texts[own]]
        client.force_login(reader)
        page = client.get(reverse("reports:briefing", args=[briefing.public_id])).content.decode()
        assert f"Titel voor {own}" in page
        assert f"Titel voor {other}" not in page
        listed = client.get(reverse("reports:briefings")).content.decode()
        assert f"Titel voor {own}" in listed
        assert f"Titel voor {other}" not in listed
        for what in ("text", "pdf", "figures"):
            key = [briefing.public_id, texts[other].public_id]
            assert client.get(reverse(f"reports:briefing_own_{what}", args=key)).status_code == 404
    read = ReadingLog.objects.filter(kind="open").values_list("reader_public_id", "variant")
    assert set(read) == {
        (cast.council_member.public_id, "municipality:GM0106"),
        (cast.other_council_member.public_id, "municipality:GM0114"),
    }


def test_the_copy_of_each_is_of_the_own_text(client: Client, cast: Cast) -> None:
    briefing, texts = for_two_councils(cast)
    version = texts["GM0106"].version
    for reader in (cast.council_member, cast.other_council_member):
        client.force_login(reader)
        key = [briefing.public_id, version.public_id]
        assert client.get(reverse("reports:briefing_pdf", args=key)).status_code == 200
    made = PersonalCopy.objects.values_list("reader_public_id", "variant")
    assert set(made) == {
        (cast.council_member.public_id, texts["GM0106"].pk),
        (cast.other_council_member.public_id, texts["GM0114"].pk),
    }
