"""Papers are entered by form, and passages of them quoted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audits.documents.actions.passages import add_passage, tie
from audits.models.timeline import TimelineEvent
from certification.models import Document, DocumentVersion, Passage
from jbn_oversight.clock import utc_now
from jbn_oversight.refusals import RefusedError
from tests.audits.paper_cast import (
    LIST,
    filled,
    page_of,
    post,
    read,
    sealed,
    version_page,
)
from tests.factories.papers import paper
from tests.factories.people import Cast
from tests.factories.supervision import record_public_facts

pytestmark = pytest.mark.django_db


def test_an_adviser_adds_a_paper_with_its_date_as_precise_as_it_is(cast: Cast) -> None:
    response = post(cast.adviser, f"{LIST}new/", **filled())
    assert response.status_code == 302, response.content.decode()
    version = DocumentVersion.objects.get()
    assert (version.dated_on, version.dated_precision) == (date(2025, 3, 21), "part_of_month")
    assert "eind maart 2025" in read(cast.alderman, page_of(version))[1]
    assert version.history.get().history_user == cast.adviser


def test_an_embargo_is_entered_with_the_hour_of_amsterdam(cast: Cast) -> None:
    response = post(
        cast.adviser,
        f"{LIST}new/",
        **filled(
            until_day="2099-07-01",
            until_hour="09:30",
            releaser=cast.second_adviser.public_id,
            window_day="2099-06-30",
            window_hour="12:00",
            readers=[cast.alderman.memberships.get().public_id],
        ),
    )
    assert response.status_code == 302, response.content.decode()
    version = DocumentVersion.objects.get()
    assert f"{version.embargo_until:%Y-%m-%d %H:%M}" == "2099-07-01 07:30"
    assert version.readers.get().membership.user == cast.alderman
    assert version.released_at is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until_day": "2099-07-01"}, "Vul de dag en het uur in"),
        ({"until_day": "2099-03-29", "until_hour": "02:30"}, "Dit uur bestaat niet"),
        ({"until_day": "2099-07-01", "until_hour": "09:30"}, "Kies wie het vrijgeeft"),
        ({"window_day": "2099-07-01", "window_hour": "09:30"}, "tot wanneer het embargo duurt"),
        ({"new_source_title": ""}, "Vul dit in voor de nieuwe bron"),
        ({"dated": "31 februari 2025"}, "Deze dag bestaat niet"),
        ({"file": ""}, "verplicht"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_at_its_field(
    cast: Cast, changed: dict[str, Any], words: str
) -> None:
    response = post(cast.adviser, f"{LIST}new/", **filled(**changed))
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Document.objects.exists()


def test_only_who_keeps_the_register_adds_and_quotes(cast: Cast) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    for user in (cast.alderman, cast.institution, cast.auditor):
        assert read(user, f"{LIST}new/")[0] == 403
        assert read(user, f"{page_of(version)}new/")[0] == 403
        path = version_page(version, "passages/")
        assert post(user, path, place="p. 1", quote="x").status_code == 403
    assert read(cast.council_member, f"{LIST}new/")[0] == 404


def test_a_passage_is_quoted_and_a_fact_points_to_it_and_back(cast: Cast) -> None:
    record_public_facts()
    event = TimelineEvent.objects.select_related("source").order_by("pk")[0]
    version = paper(by=cast.adviser, at=utc_now())
    row = version.document
    row.source = event.source
    row.save()
    path = version_page(version, "passages/")
    quote = "Wij zien een begin van herstel."
    assert post(cast.adviser, path, place="pagina 3", quote=quote).status_code == 302
    found = Passage.objects.get()
    page = f"{LIST}passages/{found.public_id}/"
    assert post(cast.alderman, page, fact=f"event:{event.code}").status_code == 403
    assert post(cast.adviser, page, fact=f"event:{event.code}").status_code == 302
    event.refresh_from_db()
    assert event.passage == found
    assert event.claim in read(cast.alderman, page)[1].replace("&#x27;", "'")
    assert quote in read(cast.alderman, page_of(version))[1]
    untie = f"{page}untie/"
    assert post(cast.adviser, untie, fact=f"event:{event.code}").status_code == 302
    event.refresh_from_db()
    assert event.passage is None


@pytest.mark.parametrize(
    ("place", "quote", "words"),
    [
        ("p. 1", "Kind met BSN 111222333", "persoon"),
        ("p. 1", "a" * 1001, "1000"),
        ("", "x", "verplicht"),
    ],
)
def test_a_passage_that_may_not_be_quoted_is_refused(
    cast: Cast, place: str, quote: str, words: str
) -> None:
    version = paper(by=cast.adviser, at=utc_now())
    path = version_page(version, "passages/")
    page = post(cast.adviser, path, place=place, quote=quote).content.decode()
    assert words in page
    assert not Passage.objects.exists()


def test_no_fact_points_to_a_passage_under_embargo(cast: Cast) -> None:
    record_public_facts()
    event = TimelineEvent.objects.order_by("pk")[0]
    version = sealed(cast)
    now = utc_now()
    found = add_passage(version=version, place="p. 1", quote="Woorden", at=now, by=cast.adviser)
    with pytest.raises(RefusedError, match="open is"):
        tie(passage=found, fact=event, at=now, by=cast.adviser)
    assert read(cast.alderman, f"{LIST}passages/{found.public_id}/")[0] == 404
    assert read(cast.adviser, f"{LIST}passages/{found.public_id}/")[0] == 200
