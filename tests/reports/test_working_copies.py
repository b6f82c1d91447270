"""A working copy holds what somebody typed and did not save, and never anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import LeftPage, SectionDraft
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions import sections
from reports.briefings.writing.actions.sections import TypedElsewhereError, TypedText
from tests.factories.briefings import now
from tests.factories.people import Cast
from tests.reports.test_drafting_pages import address, begun, first, signed_in
from tests.reports.test_drafting_together import save, two

__all__ = ["two"]
pytestmark = pytest.mark.django_db
KEEP = "briefing_section_keep"


def keep(client: Client, section: Section, text: str, base: int = 1, **more: Any) -> Any:
    typed = {"heading": section.heading, "text": text, "base": base, **more}
    return json.loads(client.post(address(section, KEEP), typed).content)


def kept(section: Section) -> list[str]:
    return list(SectionDraft.objects.filter(section=section).values_list("text", flat=True))


def test_an_autosave_that_comes_after_the_save_makes_no_copy(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Van mij.", 1, page="a", sequence=2)
    assert keep(one, section, "Van mij.", page="a", sequence=1)["kept"]
    assert keep(one, section, "Van m", page="a", sequence=1)["kept"]
    assert kept(section) == []
    save(other, section, "Van een collega.", 2)
    html = one.get(address(section)).content.decode()
    assert "Van een collega." in html
    assert "Iemand anders heeft dit onderdeel opgeslagen" not in html


def test_the_same_holds_for_a_page_that_names_itself_not(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Van mij.", 1)
    keep(one, section, "Van mij.")
    save(other, section, "Van een collega.", 2)
    keep(one, section, "Van mij.")
    assert kept(section) == []


def test_text_on_which_nothing_was_typed_is_no_copy(two: tuple[Briefing, Client, Client]) -> None:
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Oud.", 1)
    save(other, section, "Nieuw.", 2)
    keep(one, section, "Oud.", base=2, page="a", sequence=1)
    assert kept(section) == []


def test_a_copy_that_was_a_saved_text_all_along_is_no_conflict(
    two: tuple[Briefing, Client, Client], cast: Cast
) -> None:
    """Such rows were made before; they show nothing any more."""
    briefing, one, other = two
    section = first(briefing)
    save(one, section, "Van mij.", 1)
    save(other, section, "Van een collega.", 2)
    SectionDraft.objects.create(
        section=section,
        user=cast.adviser,
        base_revision=1,
        heading=section.heading,
        text="Van mij.",
        saved_at=now(),
    )
    html = one.get(address(section)).content.decode()
    assert "Iemand anders heeft dit onderdeel opgeslagen" not in html
    assert one.get(address(section)).context["form"]["text"].value() == "Van een collega."


def test_messages_out_of_order_leave_the_newest(two: tuple[Briefing, Client, Client]) -> None:
    briefing, one, _other = two
    section = first(briefing)
    keep(one, section, "Nieuwste.", page="a", sequence=3)
    assert keep(one, section, "Oudere.", page="a", sequence=2)["kept"]
    assert kept(section) == ["Nieuwste."]


def test_another_tab_does_not_write_over_what_stands_in_the_first(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, _other = two
    section = first(briefing)
    keep(one, section, "Eerste tabblad.", page="a", sequence=1)
    said = keep(one, section, "Tweede tabblad.", page="b", sequence=1)
    assert not said["kept"]
    assert "op een andere pagina" in said["words"]
    assert kept(section) == ["Eerste tabblad."]


def test_a_page_that_began_with_a_copy_goes_on_with_it(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, _other = two
    section = first(briefing)
    keep(one, section, "Begin.", page="a", sequence=4)
    form = one.get(address(section)).context["form"]
    began = {"began_with": form["began_with"].value()}
    assert keep(one, section, "Begin en meer.", page="b", sequence=1, **began)["kept"]
    assert kept(section) == ["Begin en meer."]
    assert not keep(one, section, "Eerste ging ook door.", page="a", sequence=5)["kept"]


def test_saving_from_one_tab_leaves_the_copy_of_the_other(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, _other = two
    section = first(briefing)
    keep(one, section, "Eerste tabblad.", page="a", sequence=1)
    assert save(one, section, "Tweede tabblad.", 1, page="b", sequence=1) == 302
    section.refresh_from_db()
    assert section.text == "Tweede tabblad."
    assert kept(section) == ["Eerste tabblad."]


def test_a_text_that_can_neither_be_saved_nor_kept_comes_back_on_the_page(
    two: tuple[Briefing, Client, Client],
) -> None:
    briefing, one, other = two
    section = first(briefing)
    keep(one, section, "Eerste tabblad.", page="a", sequence=1)
    save(other, section, "Van een collega.", 1)
    typed = {"heading": "Kop", "text": "Tweede tabblad.", "base": 1, "do": "save", "page": "b"}
    page = one.post(address(section), typed)
    html = page.content.decode()
    assert page.context["form"]["text"].value() == "Tweede tabblad."
    assert "Van een collega." in html
    assert page.context["form"]["seen"].value() == 2
    assert kept(section) == ["Eerste tabblad."]


def test_what_was_thrown_away_does_not_come_back(two: tuple[Briefing, Client, Client]) -> None:
    briefing, one, _other = two
    section = first(briefing)
    keep(one, section, "Toch niet.", page="a", sequence=1)
    do = reverse("reports:briefing_section_do", args=[briefing.public_id, section.public_id])
    one.post(do, {"do": "give-up", "page": "a"})
    keep(one, section, "Toch niet.", page="a", sequence=2)
    assert kept(section) == []


def test_pages_that_were_left_are_forgotten_after_a_day(cast: Cast) -> None:
    section = first(begun(cast))
    at = now()
    LeftPage.objects.create(section=section, page="old", left_at=at - 2 * sections.LATE)
    typed = TypedText(section.heading, "Nieuw", section.revision, page="new")
    sections.save_section(section=section, typed=typed, at=at, by=cast.adviser)
    assert list(LeftPage.objects.values_list("page", flat=True)) == ["new"]


@pytest.mark.parametrize("page", ["<b>", "x" * 33, "ë"])
def test_a_page_of_another_name_is_refused_and_keeps_the_text(cast: Cast, page: str) -> None:
    section = first(begun(cast))
    said = keep(signed_in(cast.adviser), section, "Tekst", page=page)
    assert not said["kept"]


def test_the_action_refuses_the_second_page(cast: Cast) -> None:
    section = first(begun(cast))
    at = now()
    sections.keep_copy(
        section=section,
        typed=TypedText("A", "Een", 1, page="a", sequence=1),
        at=at,
        by=cast.adviser,
    )
    with pytest.raises(TypedElsewhereError):
        sections.keep_copy(
            section=section, typed=TypedText("A", "Twee", 1, page="b"), at=at, by=cast.adviser
        )
