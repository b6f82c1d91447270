"""A text refers to figures, tables, charts and pictures in words that an adviser can read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.compliance.rules.scoring import INSTITUTION, MUNICIPALITY, REGION, FigureScope
from reports.briefings.document.rules.references import (
    Own,
    PictureQuote,
    Quote,
    ReferenceFault,
    ReferenceKind,
    Vocabulary,
    Words,
    read,
    written,
)
from reports.documents.markdown import slot, to_html

GRONINGEN, DRENTHE = FigureScope(REGION, "groningen"), FigureScope(REGION, "drenthe")
VOCABULARY = Vocabulary(
    kpis={
        "contact_5wd": "contact_5wd",
        "plan_6w": "plan_6w",
        "plan binnen zes weken": "plan_6w",
    },
    places={
        "groningen": (GRONINGEN,),
        "drenthe": (DRENTHE,),
        "gemeente assen": (FigureScope(MUNICIPALITY, "GM0106"),),
        "instelling": (FigureScope(INSTITUTION, "jbn"),),
        "regio's": (GRONINGEN, DRENTHE),
        "eigen gemeente": (Own.MUNICIPALITY,),
    },
)
SEPTEMBER = date(2025, 9, 1)


def test_a_table_and_a_chart_stand_on_lines_of_their_own_between_the_words() -> None:
    found = read(
        "Vooraf.\n\n[[tabel: contact_5wd, plan_6w | regio's | 2025-09]]\nNa **deze** regel.\n"
        "[[grafiek: contact_5wd | eigen gemeente | 2025-09]]",
        VOCABULARY,
    )
    assert found.pieces == (
        Words("Vooraf."),
        Quote(ReferenceKind.TABLE, ("contact_5wd", "plan_6w"), (GRONINGEN, DRENTHE), SEPTEMBER),
        Words("Na **deze** regel."),
        Quote(ReferenceKind.CHART, ("contact_5wd",), (Own.MUNICIPALITY,), SEPTEMBER),
    )
    assert not found.problems


def test_a_figure_stands_in_a_sentence() -> None:
    found = read("Het was [[cijfer: contact_5wd | groningen | 2025-09]] dit jaar.", VOCABULARY)
    quote = Quote(ReferenceKind.FIGURE, ("contact_5wd",), (GRONINGEN,), SEPTEMBER)
    assert found.pieces == (Words(f"Het was {slot(0)} dit jaar.", (quote,)),)


@pytest.mark.parametrize(
    "typed",
    [
        "[[Cijfer:contact_5wd|Groningen|2025-09]]",
        "[[ figure : contact_5wd | GRONINGEN | september 2025 ]]",
        "[[cijfer: contact_5wd | groningen | September  2025]]",
    ],
)
def test_small_differences_in_writing_do_not_matter(typed: str) -> None:
    assert next(read(typed, VOCABULARY).quotes()).month == SEPTEMBER


def test_names_do_as_well_as_codes_and_curly_apostrophes_as_straight_ones() -> None:
    quote = next(read("[[tabel: Plan binnen zes weken | regio’s | mei 2025]]", VOCABULARY).quotes())
    assert quote == Quote(ReferenceKind.TABLE, ("plan_6w",), (GRONINGEN, DRENTHE), date(2025, 5, 1))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("[[plaatje: contact_5wd | groningen | 2025-09]]", ReferenceFault.KIND),
        ("[[contact_5wd]]", ReferenceFault.KIND),
        ("[[cijfer: contact_5wd | groningen]]", ReferenceFault.PARTS),
        ("[[cijfer: | groningen | 2025-09]]", ReferenceFault.PARTS),
        ("[[cijfer: contact | groningen | 2025-09]]", ReferenceFault.KPI),
        ("[[cijfer: contact_5wd | friesland | 2025-09]]", ReferenceFault.PLACE),
        ("[[cijfer: contact_5wd | groningen | 2025]]", ReferenceFault.MONTH),
        ("[[cijfer: contact_5wd | groningen | 2025-13]]", ReferenceFault.MONTH),
        ("[[cijfer: contact_5wd, plan_6w | groningen | 2025-09]]", ReferenceFault.ONE_KPI),
        ("[[cijfer: contact_5wd | regio's | 2025-09]]", ReferenceFault.ONE_PLACE),
        ("[[grafiek: contact_5wd, plan_6w | groningen | 2025-09]]", ReferenceFault.ONE_KPI),
        ("Zie [[tabel: contact_5wd | groningen | 2025-09]].", ReferenceFault.OWN_LINE),
        ("[[cijfer: contact_5wd | groningen | 2025-09", ReferenceFault.NOT_CLOSED),
        ("![](afbeelding:1)", ReferenceFault.PICTURE_WORDS),
        ("Zie ![kaart](afbeelding:1).", ReferenceFault.PICTURE_LINE),
    ],
)
def test_a_bad_reference_says_what_is_wrong_and_stays_as_it_was_typed(
    typed: str, wrong: ReferenceFault
) -> None:
    found = read(typed, VOCABULARY)
    assert [problem.wrong for problem in found.problems] == [wrong]
    assert found.pieces == (Words(typed),)


def test_a_picture_has_words_and_may_have_a_caption() -> None:
    found = read('![De kaart](afbeelding:2 "Bron: gemeente")\n![b](image:3)', VOCABULARY)
    assert found.pieces == (
        PictureQuote(2, "De kaart", "Bron: gemeente"),
        PictureQuote(3, "b"),
    )


@pytest.mark.parametrize("kind", list(ReferenceKind))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_the_panel_inserts_is_read_as_what_it_offers(
    kind: ReferenceKind, language: str
) -> None:
    typed = written(kind, ("contact_5wd",), ("groningen",), SEPTEMBER, language=language)
    assert list(read(typed, VOCABULARY).quotes()) == [
        Quote(kind, ("contact_5wd",), (GRONINGEN,), SEPTEMBER)
    ]


@given(st.text(alphabet=st.sampled_from("[]|:!()\n cijfertabel_5wd-2025<&\ue000\ue001")))
def test_no_text_breaks_the_reading_or_makes_markup(text: str) -> None:
    found = read(text, VOCABULARY)
    for piece in found.pieces:
        if isinstance(piece, Words):
            assert "<script" not in to_html(piece.markdown, fill=lambda _: "")
            assert piece.markdown.count("\ue000") == len(piece.quotes)
