"""One text for all, and for each council its own parts and figures."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from reports.briefings.document.rules.content import fingerprint, freeze
from reports.briefings.document.rules.differences import figures_changed, words_changed
from reports.briefings.document.selectors.corrections import corrections_of
from reports.briefings.document.selectors.documents import (
    document_of_draft,
    document_of_version,
    documents_of_draft,
    places_of,
)
from reports.briefings.models.briefings import Briefing
from reports.briefings.writing.actions import drafts as drafting
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.sections import TypedText
from reports.documents.rules import BriefingDocument, Chart, KpiTable, Picture
from reports.figures.rules.figures import QuotedFigure
from tests.factories.briefings import HOUR, drafted, now, sign_off
from tests.factories.people import Cast, institution, municipality, region
from tests.factories.results import (
    ASSEN,
    DRENTHE,
    EMMEN,
    GRONINGEN,
    RECORDED_AT,
    WHOLE,
    result,
    run,
)
from tests.reports.test_drafting_pages import first, signed_in

pytestmark = pytest.mark.django_db
OWN = "Hier was het [[cijfer: contact_5wd | eigen gemeente | 2025-09]]."


def some_results(part: int = 700, **more: Any) -> None:
    by = run(**more)
    for place, times in ((GRONINGEN, 2), (DRENTHE, 1), (WHOLE, 3)):
        result(by, "contact_5wd", place, part * times, 1000 * times, norm=100)
    for place in (ASSEN, EMMEN):
        result(by, "contact_5wd", place, part // 4, 250, norm=100)


def written(cast: Cast, text: str, *, audience: bool = True) -> Briefing:
    at = now()
    briefing = drafted(cast, at=at, until=at + timedelta(days=1))
    section = first(briefing)
    typed = TypedText(section.heading, text, section.revision)
    sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    briefing.refresh_from_db()
    return briefing


def words(document: BriefingDocument) -> str:
    return " ".join(section.markdown for section in document.sections)


def quoted(document: BriefingDocument) -> list[QuotedFigure]:
    return [figure for section in document.sections for figure in section.figures()]


def test_without_own_parts_there_is_one_text(cast: Cast) -> None:
    briefing = written(cast, "Voor iedereen.")
    assert list(documents_of_draft(briefing, now())) == [None]


def test_own_figures_make_a_text_for_each_place_of_the_audience(cast: Cast) -> None:
    some_results()
    briefing = written(cast, OWN)
    documents = documents_of_draft(briefing, now())
    assert list(documents) == [None, municipality("GM0106")]
    (common,) = quoted(documents[None])
    assert (common.scope, common.scope_code) == ("region", "drenthe")
    (own,) = quoted(documents[municipality("GM0106")])
    assert own.scope_name == "Assen"
    assert documents[municipality("GM0106")].place == "gemeente Assen"
    assert documents[None].place == ""


def test_a_region_in_the_audience_brings_its_municipalities(cast: Cast) -> None:
    briefing = written(cast, OWN)
    draft = drafting.DraftFields(
        title=briefing.title,
        embargo_until=briefing.embargo_until,
        audience=frozenset({region("drenthe")}),
    )
    drafting.edit(
        briefing=briefing, draft=draft, revision=briefing.draft_revision, at=now(), by=cast.adviser
    )
    places = places_of(briefing, now().date())
    assert places[0] == region("drenthe")
    assert len(places) == 13


def test_a_part_for_one_place_stands_in_its_text_alone(cast: Cast) -> None:
    at = now()
    briefing = written(cast, "Voor iedereen.")
    for place, text in ((municipality("GM0106"), "Alleen Assen"), (region("drenthe"), "Drents")):
        section = sections.add_section(
            briefing=briefing, heading="Eigen", after=None, at=at, by=cast.adviser
        )
        typed = TypedText("Eigen", text, section.revision, place=place)
        sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    documents = documents_of_draft(briefing, at)
    assert "Assen" not in words(documents[None])
    assert "Drents" not in words(documents[None])
    assert "Alleen Assen" in words(documents[municipality("GM0106")])
    assert "Drents" in words(documents[municipality("GM0106")])


def test_the_preview_shows_what_one_council_gets_and_no_other(cast: Cast) -> None:
    at = now()
    briefing = written(cast, "Voor iedereen.")
    section = sections.add_section(
        briefing=briefing, heading="Eigen", after=None, at=at, by=cast.adviser
    )
    typed = TypedText("Eigen", "Alleen Assen", 1, place=municipality("GM0106"))
    sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    url = reverse("reports:briefing_preview", args=[briefing.public_id])
    client = signed_in(cast.adviser)
    assert "Alleen Assen" not in client.get(url).content.decode()
    assert "Alleen Assen" in client.get(url, {"for": "GM0106"}).content.decode()
    assert client.get(url, {"for": "GM0114"}).status_code == 404


def test_tables_charts_and_figures_are_those_of_the_references(cast: Cast) -> None:
    some_results()
    briefing = written(
        cast,
        "Nu [[cijfer: contact_5wd | drenthe | 2025-09]].\n\n"
        "[[tabel: contact_5wd | regio's, instelling | september 2025]]\n\n"
        "[[grafiek: contact_5wd | groningen | 2025-09]]",
    )
    parts = document_of_draft(briefing, now()).sections[0].parts
    table, chart = parts[1], parts[2]
    assert isinstance(table, KpiTable)
    assert table.scope_names == ("Drenthe", "Groningen", "Jeugdbescherming Noord")
    assert isinstance(chart, Chart)
    assert len(chart.figures) == 24
    assert "70,0%" in chart.reading


def test_a_draft_asked_twice_as_known_on_one_instant_is_the_same(cast: Cast) -> None:
    some_results()
    briefing = written(cast, OWN + "\n\n[[grafiek: contact_5wd | eigen gemeente | 2025-09]]")
    at = now()
    prints = [
        {str(place): fingerprint(freeze(one)) for place, one in documents.items()}
        for documents in (documents_of_draft(briefing, at), documents_of_draft(briefing, at))
    ]
    assert prints[0] == prints[1]


def test_figures_are_live_until_the_sign_off_and_then_frozen(cast: Cast) -> None:
    some_results()
    briefing = written(cast, "Nu [[cijfer: contact_5wd | drenthe | 2025-09]].")
    (live,) = quoted(document_of_draft(briefing, now()))
    assert live.numerator == 700
    briefing = sign_off(cast, briefing, at=now())
    version = briefing.latest_version()
    assert version is not None
    frozen = document_of_version(version)
    assert frozen.as_known_at is not None
    assert [one.numerator for one in quoted(frozen)] == [700]


def corrected(part: int) -> None:
    """Another delivery, an hour ago: the old result is closed and a new one stands."""
    from certification.models import KpiResult

    at = now() - HOUR
    rows = KpiResult.objects.filter(superseded_at=None, scope="region", scope_code="drenthe")
    old = rows.get()
    old.superseded_at = at
    old.save(update_fields=["superseded_at"])
    result(run(at=at), "contact_5wd", DRENTHE, part, 1000, norm=100)


def test_a_later_correction_is_told_beside_the_frozen_figure(cast: Cast) -> None:
    some_results()
    briefing = written(cast, "Nu [[cijfer: contact_5wd | drenthe | 2025-09]].")
    frozen = document_of_draft(briefing, RECORDED_AT + timedelta(days=1))
    content = freeze(frozen)
    assert not corrections_of(frozen, institution(), RECORDED_AT + timedelta(days=2))
    corrected(600)
    notes = corrections_of(frozen, institution(), now())
    (figure,) = quoted(frozen)
    assert "later gecorrigeerd: nu 60,0%, 600 van 1.000 (stand per" in notes[figure]
    assert freeze(frozen) == content


def test_a_correction_to_a_small_number_tells_no_number(cast: Cast) -> None:
    some_results()
    briefing = written(cast, "Nu [[cijfer: contact_5wd | drenthe | 2025-09]].")
    frozen = document_of_draft(briefing, RECORDED_AT + timedelta(days=1))
    corrected(998)
    notes = " ".join(corrections_of(frozen, institution(), now()).values())
    assert "998" not in notes
    assert "99,8" not in notes


def test_figures_that_changed_between_two_texts_are_told(cast: Cast) -> None:
    some_results()
    briefing = written(cast, "Nu [[cijfer: contact_5wd | drenthe | 2025-09]].")
    before = document_of_draft(briefing, RECORDED_AT + timedelta(days=1))
    corrected(600)
    after = document_of_draft(briefing, now())
    (change,) = figures_changed(before, after)
    assert change.before is not None
    assert change.after is not None
    assert [change.before.numerator, change.after.numerator] == [700, 600]


def test_the_page_of_two_versions_marks_words_and_escapes_them(cast: Cast) -> None:
    briefing = sign_off(cast, written(cast, "Het gaat goed met de cijfers."), at=now())
    section = first(briefing)
    typed = TypedText(section.heading, "Het gaat <b>slecht</b> met de cijfers.", section.revision)
    sections.save_section(section=section, typed=typed, at=now(), by=cast.adviser)
    url = reverse("reports:briefing_compare", args=[briefing.public_id])
    client = signed_in(cast.adviser)
    html = client.get(url).content.decode()
    assert "goed" in html[html.index("<del>") : html.index("</del>")]
    assert "&lt;b&gt;" in html or "&lt;" in html
    assert "<b>slecht" not in html
    assert client.get(url, {"old": "x" * 22}).status_code == 404


def test_words_that_changed_put_together_are_the_two_texts() -> None:
    old = "Eerste alinea.\n\nDe tweede is lang.\n"
    new = "Eerste alinea.\n\nDe derde is heel lang.\nEn meer."
    pieces = words_changed(old, new)
    assert "".join(one.text for one in pieces if one.change != "added") == old
    assert "".join(one.text for one in pieces if one.change != "removed") == new


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_picture_among_the_attachments_stands_in_the_text_with_its_words(cast: Cast) -> None:
    at = now()
    briefing = written(cast, '![De kaart van de regio](afbeelding:1 "Bron: de gemeente")')
    drafting.attach(
        briefing=briefing, title="Kaart", data=png(), content_type="", at=at, by=cast.adviser
    )
    document = document_of_draft(briefing, at)
    picture = document.sections[0].parts[0]
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.caption) == ("De kaart van de regio", "Bron: de gemeente")
    assert not document.attachments, "it is in the text, and need not travel along"
    html = (
        signed_in(cast.adviser)
        .get(reverse("reports:briefing_preview", args=[briefing.public_id]))
        .content.decode()
    )
    assert 'alt="De kaart van de regio"' in html
    assert "data:image/png;base64," in html
    briefing.refresh_from_db()
    version = sign_off(cast, briefing, at=at).latest_version()
    assert version is not None
    assert next(document_of_version(version).pictures()) == picture
