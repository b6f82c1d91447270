"""The writer's pages: one section at a time, with everything that can be inserted beside it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import SectionDraft
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.drafts import start
from reports.briefings.writing.actions.sections import TypedText
from tests.factories.briefings import now
from tests.factories.people import Cast, institution, region
from tests.factories.results import DRENTHE, GRONINGEN, WHOLE, result, run

pytestmark = pytest.mark.django_db


def begun(cast: Cast, kind: str = "oplegger") -> Briefing:
    return start(
        institution=institution(),
        owner=region("drenthe"),
        title="Stand van zaken",
        language="nl",
        document_type=kind,
        at=now(),
        by=cast.adviser,
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(section: Section, name: str = "briefing_section") -> str:
    return reverse(f"reports:{name}", args=[section.briefing.public_id, section.public_id])


def first(briefing: Briefing) -> Section:
    section = briefing.sections.first()
    assert section is not None
    return section


def some_results() -> None:
    by = run()
    for place, part in ((GRONINGEN, 70), (DRENTHE, 35), (WHOLE, 105)):
        result(by, "contact_5wd", place, part, part * 2, norm=100)


@pytest.mark.parametrize("kind", ["oplegger", "raadsinformatiebrief", "answer"])
def test_a_new_briefing_starts_with_the_sections_of_its_kind(cast: Cast, kind: str) -> None:
    client = signed_in(cast.adviser)
    answer = client.post(
        reverse("reports:briefing_new"),
        {
            "title": "Nieuw",
            "owner": "drenthe",
            "institution": institution().pk,
            "document_type": kind,
            "language": "nl",
        },
    )
    briefing = Briefing.objects.get(title="Nieuw")
    assert answer.status_code == 302
    assert briefing.document_type == kind
    headings = [one.heading for one in briefing.sections.all()]
    expected = {
        "oplegger": "Gezamenlijke sturing",
        "raadsinformatiebrief": "Kern van de boodschap",
        "answer": "De antwoorden",
    }
    assert expected[kind] in headings


def test_headings_are_in_the_language_of_the_document(cast: Cast) -> None:
    briefing = start(
        institution=institution(),
        owner=region("drenthe"),
        title="State",
        language="en",
        at=now(),
        by=cast.adviser,
    )
    assert first(briefing).heading == "Introduction"


def test_the_page_of_a_section_has_its_text_its_place_in_the_order_and_what_to_insert(
    cast: Cast,
) -> None:
    some_results()
    html = signed_in(cast.adviser).get(address(first(begun(cast)))).content.decode()
    assert "Onderdelen van het stuk" in html
    assert "leeg, verplicht" in html
    assert "[[cijfer: contact_5wd | drenthe | 2025-09]]" in html
    assert "35 van 70" in html


def test_saving_keeps_the_text_and_shows_no_copy_any_more(cast: Cast) -> None:
    section = first(begun(cast))
    client = signed_in(cast.adviser)
    client.post(
        address(section), {"heading": "Inleiding", "text": "Hallo.", "base": 1, "do": "save"}
    )
    section.refresh_from_db()
    assert (section.text, section.revision) == ("Hallo.", 2)
    assert not SectionDraft.objects.exists()


def test_what_is_typed_is_kept_before_it_is_saved(cast: Cast) -> None:
    section = first(begun(cast))
    client = signed_in(cast.adviser)
    answer = client.post(
        address(section, "briefing_section_keep"), {"heading": "A", "text": "Half", "base": 1}
    )
    assert answer.json()["kept"]
    assert "bewaard om" in answer.json()["words"]
    section.refresh_from_db()
    assert section.text == ""
    html = client.get(address(section)).content.decode()
    assert "Half" in html
    assert "nog niet opgeslagen" in html


def test_nobody_else_sees_a_working_copy(cast: Cast) -> None:
    section = first(begun(cast))
    typed = TypedText("A", "Geheim van mij", 1)
    sections.keep_copy(section=section, typed=typed, at=now(), by=cast.adviser)
    html = signed_in(cast.adviser).get(
        reverse("reports:briefing_preview", args=[section.briefing.public_id])
    )
    assert "Geheim van mij" not in html.content.decode()


def test_without_script_a_button_puts_the_offer_at_the_end_of_the_text(cast: Cast) -> None:
    section = first(begun(cast))
    client = signed_in(cast.adviser)
    inserted = "[[cijfer: contact_5wd | drenthe | 2025-09]]"
    client.post(
        address(section), {"heading": "A", "text": "Vooraf.", "base": 1, "insert": inserted}
    )
    copy = SectionDraft.objects.get(section=section)
    assert copy.text == f"Vooraf.\n\n{inserted}\n"


def test_a_bad_reference_says_at_the_form_what_is_wrong(cast: Cast) -> None:
    section = first(begun(cast))
    client = signed_in(cast.adviser)
    client.post(
        address(section),
        {"heading": "A", "text": "[[cijfer: fout | drenthe | 2025-09]]", "base": 1, "do": "save"},
    )
    html = client.get(address(section)).content.decode()
    assert "er is geen indicator “fout”" in html


def test_the_preview_fills_in_what_is_on_the_screen_and_saves_nothing(cast: Cast) -> None:
    some_results()
    section = first(begun(cast))
    answer = signed_in(cast.adviser).post(
        address(section, "briefing_section_preview"),
        {
            "heading": "A",
            "text": "Nu [[cijfer: contact_5wd | drenthe | 2025-09]]. <script>x</script>",
            "base": 1,
        },
    )
    html = answer.content.decode()
    assert "50,0%" in html
    assert "35 van 70" in html
    assert "<script" not in html
    section.refresh_from_db()
    assert section.text == ""


def test_a_small_number_is_in_no_preview_and_no_offer(cast: Cast) -> None:
    by = run()
    result(by, "contact_5wd", DRENTHE, 3, 4, norm=100)
    result(by, "contact_5wd", GRONINGEN, 200, 400, norm=100)
    result(by, "contact_5wd", WHOLE, 203, 404, norm=100)
    section = first(begun(cast))
    client = signed_in(cast.adviser)
    typed = {
        "heading": "A",
        "text": "[[cijfer: contact_5wd | drenthe | 2025-09]]",
        "base": 1,
        "do": "preview",
    }
    for html in (
        client.post(address(section, "briefing_section_preview"), typed).content.decode(),
        client.post(address(section), typed).content.decode(),
    ):
        assert "3 van 4" not in html
        assert "75,0%" not in html
        assert "klein aantal" in html or "weinig gevallen" in html


def test_a_required_section_has_no_button_to_remove_it(cast: Cast) -> None:
    briefing = begun(cast)
    client = signed_in(cast.adviser)
    assert "Verwijder dit onderdeel" not in client.get(address(first(briefing))).content.decode()
    optional = briefing.sections.get(key="finance")
    client.post(address(optional, "briefing_section_do"), {"do": "remove", "revision": 1})
    assert not briefing.sections.filter(key="finance").exists()
    client.post(address(first(briefing), "briefing_section_do"), {"do": "remove", "revision": 1})
    assert briefing.sections.filter(key="introduction").exists()


@pytest.mark.parametrize("who", ["region_alderman", "council_member", "administrator", "clerk"])
def test_who_does_not_write_it_does_not_reach_the_pages(cast: Cast, who: str) -> None:
    section = first(begun(cast))
    client = signed_in(getattr(cast, who))
    for name in ("briefing_section", "briefing_section_keep", "briefing_section_preview"):
        asked = client.get if name == "briefing_section" else client.post
        assert asked(address(section, name)).status_code == 404
    for name in ("briefing_comments", "briefing_compare", "briefing_edit"):
        url = reverse(f"reports:{name}", args=[section.briefing.public_id])
        assert client.get(url).status_code == 404


def test_a_section_of_another_briefing_is_not_there(cast: Cast) -> None:
    one, other = begun(cast), begun(cast)
    url = reverse("reports:briefing_section", args=[one.public_id, first(other).public_id])
    assert signed_in(cast.adviser).get(url).status_code == 404


def test_two_people_in_the_heading_and_a_section_do_not_meet(cast: Cast) -> None:
    briefing = begun(cast)
    client = signed_in(cast.adviser)
    url = reverse("reports:briefing_edit", args=[briefing.public_id])
    seen = client.get(url).context["form"]["seen"].value()
    sections.save_section(
        section=first(briefing), typed=TypedText("Kop", "Tekst", 1), at=now(), by=cast.adviser
    )
    answer = client.post(url, {"title": "Nieuwe titel", "language": "nl", "seen": seen})
    assert answer.status_code == 302
    again = client.post(url, {"title": "Te laat", "language": "nl", "seen": seen})
    assert again.status_code == 200
    briefing.refresh_from_db()
    assert briefing.title == "Nieuwe titel"
