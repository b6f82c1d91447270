"""An adviser records an inspection page by page, and takes it from a letter or a table."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from openpyxl import Workbook

from audits.inspections.imports import read_verdicts
from audits.models.inspections import (
    Inspection,
    InterimMessage,
    NormVerdict,
    SupervisionMeasure,
    SupervisionVisit,
)
from tests.audits.inspection_world import World, make_world
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
LIST = "/oversight/jbn/inspections/"
HEADINGS = "instelling;norm;oordeel;opmerking\n"
NEW_SOURCE = {
    "new_source_publisher": "Inspectie",
    "new_source_title": "Brief over het onderzoek",
    "new_source_url": "",
    "new_source_published": "27 februari 2025",
}


@pytest.fixture
def adviser(cast: Cast) -> Client:
    client = Client()
    client.force_login(
        cast.adviser, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend"
    )
    return client


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(by=cast.adviser)


def page_of(world: World) -> str:
    return f"{LIST}{world.place.public_id}/"


def sentences(response: HttpResponseBase) -> str:
    return re.sub(r"\s+", " ", b"".join(response).decode())


def test_an_inspection_is_recorded_with_a_new_source(adviser: Client, world: World) -> None:
    response = adviser.post(
        f"{LIST}new/",
        {
            "title": "Toezicht op het eerste contact",
            "authorities": ["igj", "ijenv"],
            "covers": "1",
            "announced": "eind februari 2025",
            "announced_source": "new",
            **NEW_SOURCE,
        },
    )
    assert response.status_code == 302
    row = Inspection.objects.get(title="Toezicht op het eerste contact")
    assert str(row.announced_source) == "Inspectie: Brief over het onderzoek"
    assert row.announced_precision == "part_of_month"
    assert row.history.latest().history_user is not None


def test_a_refusal_stands_at_its_field_and_leaves_no_new_source(
    adviser: Client, world: World
) -> None:
    response = adviser.post(
        f"{page_of(world)}edit/",
        {
            "title": "Onderzoek bij vijf instellingen",
            "authorities": ["igj"],
            "announced": "27 februari 2025",
            "announced_source": "new",
            "fieldwork": "26 februari 2025",
            "fieldwork_source": "new",
            **NEW_SOURCE,
        },
    )
    assert response.status_code == 200
    assert "De bezoeken liggen vóór de aankondiging." in sentences(response)
    assert world.inspection.fieldwork_on is not None
    assert world.inspection.fieldwork_source == world.source


def test_a_letter_fills_the_form_of_a_measure_and_is_not_kept(
    adviser: Client, world: World
) -> None:
    letter = (
        "Met ingang van 24 juli 2025 stellen wij u onder verscherpt toezicht. "
        "U krijgt zes maanden om te verbeteren."
    )
    address = f"{page_of(world)}institutions/{world.place.public_id}/measures/new/"
    response = adviser.post(address, {"letter": letter, "read_letter": "1"})
    page = sentences(response)
    assert '<option value="heightened" selected>' in page
    assert 'value="24 juli 2025"' in page
    assert 'value="24 januari 2026"' in page
    assert not SupervisionMeasure.objects.exists()


def test_report_verdicts_measure_visit_and_lifting_follow_each_other(
    adviser: Client, world: World
) -> None:
    own = f"{page_of(world)}institutions/{world.place.public_id}/"
    source = world.source.code
    steps: list[tuple[str, dict[str, str]]] = [
        (
            f"{page_of(world)}messages/new/",
            {"sent": "1 april 2025", "sent_source": source, "text": "Er zijn zorgen."},
        ),
        (
            f"{own}report/",
            {"published": "24 juli 2025", "published_source": source, "judgement": "fails"},
        ),
        (
            f"{own}verdicts/",
            {"verdict_zicht": "fails", "remark_zicht": "Te laat.", "from_source": source},
        ),
        (
            f"{own}measures/new/",
            {
                "kind": "heightened",
                "imposed": "24 juli 2025",
                "imposed_source": source,
                "term_ends": "januari 2026",
                "term_ends_source": source,
            },
        ),
    ]
    for address, data in steps:
        assert adviser.post(address, data).status_code == 302, address
    measure = SupervisionMeasure.objects.get()
    base = f"{page_of(world)}measures/{measure.public_id}/"
    for address, data in (
        (f"{base}visits/new/", {"held": "1 september 2025", "held_source": source}),
        (
            f"{base}sources/new/",
            {"about": "term", "months": "7", "from_source": world.other_source.code},
        ),
        (f"{base}lift/", {"ended": "1 oktober 2025", "ended_source": source}),
    ):
        assert adviser.post(address, data).status_code == 302, address
    page = sentences(adviser.get(page_of(world)))
    for words in ("Er zijn zorgen.", "voldoet niet", "7 maanden", "(opgeheven)", "Te laat."):
        assert words in page
    assert NormVerdict.objects.get().theme.code == "zicht"


def test_a_visit_and_a_message_recorded_by_mistake_are_removed(
    adviser: Client, world: World
) -> None:
    measure = world.impose()
    visit = SupervisionVisit(measure=measure)
    visit.held_on, visit.held_precision = measure.imposed_on, "day"
    visit.held_source = world.source
    visit.save()
    address = f"{page_of(world)}measures/{measure.public_id}/visits/{visit.pk}/"
    assert adviser.post(address, {"remove": "1"}).status_code == 302
    assert not SupervisionVisit.objects.exists()
    assert not InterimMessage.objects.exists()


def test_a_table_is_looked_at_first_and_recorded_once(adviser: Client, world: World) -> None:
    world.publish()
    table = f"{HEADINGS}jbn;zicht;voldoet niet;Te laat.\nJeugdbescherming Noord;Goed bestuur;;\n"
    address = f"{page_of(world)}import/"
    upload = SimpleUploadedFile("oordelen.csv", table.encode())
    response = adviser.post(address, {"file": upload, "from_source": world.source.code})
    assert "1 van de 2 rijen verandert wat is vastgelegd." in sentences(response)
    assert not NormVerdict.objects.exists()
    kept = response.context["table"]
    confirmed = {"table": kept, "from_source": world.source.code, "act": "record"}
    assert adviser.post(address, confirmed).status_code == 302
    assert NormVerdict.objects.get().verdict == "fails"
    assert adviser.post(address, confirmed).status_code == 302
    assert NormVerdict.history.count() == 1


def test_a_table_with_one_wrong_row_records_nothing(adviser: Client, world: World) -> None:
    world.publish()
    table = (
        f"{HEADINGS}jbn;zicht;voldoet niet;\nelders;zicht;voldoet;\njbn;iets;voldoet;\n"
        "jbn;zicht;voldoet;\njbn;goed-bestuur;matig;\n"
    )
    found = read_verdicts(world.inspection, table.encode())
    assert isinstance(found, list)
    assert [(error.row, error.column) for error in found] == [(6, "oordeel")]
    found = read_verdicts(world.inspection, table.rsplit("jbn;goed", 1)[0].encode())
    assert isinstance(found, list)
    assert [(error.row, error.column) for error in found] == [
        (3, "instelling"),
        (4, "norm"),
        (5, "norm"),
    ]
    upload = SimpleUploadedFile("oordelen.csv", table.encode())
    response = adviser.post(
        f"{page_of(world)}import/", {"file": upload, "from_source": world.source.code}
    )
    assert "Er is niets vastgelegd" in sentences(response)
    assert not NormVerdict.objects.exists()


def test_a_verdict_in_a_table_needs_a_report_and_a_remark_a_verdict(world: World) -> None:
    found = read_verdicts(
        world.inspection, f"{HEADINGS}jbn;zicht;voldoet;\njbn;randvoorwaarden;;Let op\n".encode()
    )
    assert isinstance(found, list)
    assert [(error.row, error.column) for error in found] == [(2, "instelling"), (3, "oordeel")]


def test_a_spreadsheet_reads_as_a_table_does(world: World) -> None:
    world.publish()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("instelling", "norm", "oordeel", "opmerking"),
        ("Jeugdbescherming Noord", "Goed bestuur", "Voldoet grotendeels", None),
    ):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    found = read_verdicts(world.inspection, out.getvalue())
    assert isinstance(found, tuple)
    assert [(row.theme.code, row.verdict.judgement, row.is_change) for row in found] == [
        ("goed-bestuur", "mostly_meets", True)
    ]


def test_the_example_table_reads_back(adviser: Client, world: World) -> None:
    world.publish()
    example = adviser.get(f"{LIST}verdicts-example.csv").content
    found = read_verdicts(world.inspection, example)
    assert isinstance(found, tuple)
    assert len(found) == 5
