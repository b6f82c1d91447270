"""Printed briefings, each printed once per test run."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
from PIL import Image, ImageDraw

from reports.charts import Series, trend_svg
from reports.documents.rules import (
    Attached,
    BriefingDocument,
    Chart,
    DocumentSection,
    Picture,
    Text,
)
from reports.pdf.render import RenderedPdf, render
from tests.factories.documents import (
    FROZEN_AT,
    PARAGRAPH,
    chart,
    document_of_parts,
    kpi_table,
    odd_document,
    ordinary_document,
    short_document,
)


def raster(kind: str, mode: str = "RGB", size: tuple[int, int] = (900, 500)) -> bytes:
    """A picture with a ramp of grey and a circle on it; a JPEG tells who took it, and turned."""
    ramp = Image.linear_gradient("L").resize(size)
    image = ramp.convert(mode)
    draw = ImageDraw.Draw(image)
    ink: dict[str, int | tuple[int, ...]]
    ink = {"L": 40, "RGB": (20, 80, 100), "RGBA": (20, 80, 100, 120), "CMYK": (90, 10, 10, 0)}
    box = (size[0] // 4, size[1] // 4, size[0] // 2, size[1] * 3 // 4)
    draw.ellipse(box, fill=ink.get(mode))
    out = io.BytesIO()
    if kind == "JPEG":
        about = Image.Exif()
        about[0x0112] = 6  # lies on its side
        about[0x013B] = "een fotograaf"
        image.save(out, kind, exif=about, comment=b"geheim")
    else:
        image.save(out, kind)
    return out.getvalue()


def photograph(mode: str = "RGB") -> Picture:
    """A photograph as a camera writes it."""
    alt = "Foto: het gebouw van de instelling"
    return Picture("foto.jpg", raster("JPEG", mode), "image/jpeg", alt, "Het gebouw.")


def drawing(mode: str = "RGBA") -> Picture:
    """A drawing that one can look through."""
    alt = "Kaart: de twee regio's met hun gemeenten"
    return Picture("kaart.png", raster("PNG", mode), "image/png", alt)


def drawn_by_the_portal(kpi: int = 0, months: int = 13) -> Chart:
    """A chart as the portal draws it, with markers, a norm and an axis of months."""
    by_hand = chart(kpi, months)
    names = dict.fromkeys(figure.scope_name for figure in by_hand.figures)
    lines = [
        Series(
            name,
            tuple(
                (figure.month, float(figure.value or 0))
                for figure in by_hand.figures
                if figure.scope_name == name
            ),
        )
        for name in names
    ]
    svg = trend_svg(lines, language="nl", print=True, key=f"k{kpi}", norm=95.0, norm_label="Norm")
    return replace(by_hand, svg=str(svg))


def oplegger_with_charts() -> BriefingDocument:
    """Four pages with a table and three charts in the text."""
    whole = ordinary_document()
    return replace(
        whole,
        sections=(
            *whole.sections[:2],
            DocumentSection("Cijfers in de regio", (Text(PARAGRAPH), kpi_table(3))),
            DocumentSection(
                "Ontwikkeling",
                tuple(drawn_by_the_portal(kpi, months=7) for kpi in (0, 1, 2)),
            ),
        ),
        kpi_table=None,
        charts=(),
    )


def answer_to_questions() -> BriefingDocument:
    """Answers to a council's questions: a letter with questions and answers, no figures."""
    answers = "\n\n".join(
        f"### Vraag {number}\n\n> Hoe staat het er voor?\n\n{PARAGRAPH}" for number in (1, 2, 3)
    )
    return replace(
        short_document(),
        kind="beantwoording raadsvragen",
        title="Vragen over de wachtlijst bij de jeugdbescherming",
        addressees=("De gemeenteraad van Assen",),
        subject="Antwoord op vragen van een raadslid",
        embargo_line="Onder embargo tot 27 maart 2026, 10.00 uur.",
        sections=(
            DocumentSection.written("Inleiding", PARAGRAPH),
            DocumentSection.written("Vragen", answers),
        ),
        attachments=(
            Attached("Brief.pdf", b"%PDF-1.7 verzonnen", "application/pdf", "De brief", FROZEN_AT),
            Attached("Tabel.csv", b"a,b\r\n1,2\r\n", "text/csv", "Een tabel", FROZEN_AT, "Data"),
        ),
        place="Assen",
    )


def letter_with_pictures() -> BriefingDocument:
    """A letter to councils with photographs, a drawing, a table over pages and a quoted figure."""
    parts = document_of_parts()
    return replace(
        parts,
        kind="raadsinformatiebrief",
        sections=(
            *parts.sections,
            DocumentSection(
                "Foto's", (photograph(), Text(PARAGRAPH), drawing(), photograph("CMYK"))
            ),
            DocumentSection("Alle cijfers", (kpi_table(40), Text(PARAGRAPH))),
        ),
    )


DOCUMENTS: dict[str, Callable[[], BriefingDocument]] = {
    "short": short_document,
    "short, English": lambda: short_document("en"),
    "ordinary": ordinary_document,
    "ordinary, English": lambda: ordinary_document("en"),
    "long": lambda: ordinary_document(rows=60),
    "odd": odd_document,
    "parts": document_of_parts,
    "parts, English": lambda: document_of_parts("en"),
    "oplegger with charts": oplegger_with_charts,
    "answer to questions": answer_to_questions,
    "letter with pictures": letter_with_pictures,
    "small": lambda: replace(ordinary_document(rows=2), charts=(chart(0, months=3),)),
}


@cache
def printed(name: str) -> RenderedPdf:
    """The PDF of a document of that name."""
    return render(DOCUMENTS[name]())


def opened(name: str) -> pikepdf.Pdf:
    """The same, open for looking inside or for breaking."""
    return pikepdf.open(io.BytesIO(printed(name).data))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of an opened PDF after something was changed in it."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
