"""Briefings as documents, made up: short, ordinary, long, and with odd characters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.shapes import Unit
from reports.documents.markdown import slot
from reports.documents.rules import (
    Attached,
    BriefingDocument,
    Chart,
    Definition,
    DocumentSection,
    KpiRow,
    KpiTable,
    Language,
    Picture,
    Text,
)
from reports.figures.rules.figures import FigureState, QuotedFigure

FROZEN_AT = datetime(2025, 10, 14, 8, 30, tzinfo=UTC)
MONTH = date(2025, 9, 1)
PLACES = (
    ("region", "groningen", "Groningen"),
    ("region", "drenthe", "Drenthe"),
    ("institution", "jbn", "Jeugdbescherming Noord"),
)
KPIS = (
    ("contact_5wd", "Eerste contact binnen vijf werkdagen"),
    ("plan_6w", "Plan binnen zes weken"),
    ("plan_current", "Plan is actueel"),
    ("vt_triage_5wd", "Veilig Thuis: triage binnen vijf werkdagen"),
)

PARAGRAPH = (
    "De gemeenten in de regio volgen de instelling elke maand. Deze tekst is verzonnen en "
    "staat hier om te zien hoe een alinea van gewone lengte over de regels loopt, met lange "
    "woorden als jeugdreclasseringsmaatregel en ondertoezichtstelling erin."
)


def ratio(
    part: int, total: int, *, month: date = MONTH, kpi: int = 0, place: int = 0
) -> QuotedFigure:
    """A percentage of so many cases, beside a norm of 100."""
    code, label = KPIS[kpi]
    scope, scope_code, name = PLACES[place]
    return QuotedFigure(
        kpi=code,
        label=label,
        unit=Unit.PERCENT,
        scope=scope,
        scope_code=scope_code,
        scope_name=name,
        month=month,
        state=FigureState.KNOWN,
        verdict=Verdict.MET if part == total else Verdict.NOT_MET,
        value=Decimal(part) * 100 / Decimal(total),
        numerator=Decimal(part),
        denominator=Decimal(total),
        norm=Decimal(100),
    )


def silent(state: FigureState, verdict: Verdict, *, kpi: int = 0, place: int = 0) -> QuotedFigure:
    """A figure without a number to show."""
    whole = ratio(1, 2, kpi=kpi, place=place)
    return replace(
        whole, state=state, verdict=verdict, value=None, numerator=None, denominator=None
    )


def kpi_table(rows: int = 4) -> KpiTable:
    """Figures of four kinds in turn: below the norm, on it, hidden, and few or not there."""
    few = silent(FigureState.FEW_CASES, Verdict.FEW_CASES, kpi=3, place=1)
    absent = silent(FigureState.NOT_DELIVERED, Verdict.NOT_DELIVERED, kpi=3, place=2)
    hidden = silent(FigureState.HIDDEN, Verdict.NOT_MET, kpi=2, place=1)
    patterns = (
        (ratio(70, 120), ratio(35, 60, place=1), ratio(105, 180, place=2)),
        (ratio(80, 80, kpi=1), ratio(12, 40, kpi=1, place=1), ratio(92, 120, kpi=1, place=2)),
        (ratio(310, 640, kpi=2), hidden, replace(ratio(500, 1_005, kpi=2, place=2), aside=15)),
        (ratio(90, 95, kpi=3), few, absent),
    )
    return KpiTable(
        caption="KPI's in september 2025",
        month=MONTH,
        scope_names=tuple(name for _, _, name in PLACES),
        rows=tuple(
            KpiRow(label=patterns[i % 4][0].label, figures=patterns[i % 4]) for i in range(rows)
        ),
    )


def chart(kpi: int = 0, months: int = 24) -> Chart:
    """A line per region over the months up to September 2025, drawn by hand."""
    figures = []
    lines = []
    for place, dash in ((0, "none"), (1, "6 4")):
        points = []
        for i in range(months):
            at = 2025 * 12 + 8 - (months - 1 - i)
            part = 40 + (i * 7 + place * 11 + kpi * 5) % 50
            month = date(at // 12, at % 12 + 1, 1)
            figures.append(ratio(part, 100, month=month, kpi=kpi, place=place))
            points.append(f"{60 + i * 540 / max(months - 1, 1):.1f},{220 - part * 2}")
        lines.append(
            f'<polyline fill="none" stroke="#0d4a5b" stroke-width="2" '
            f'stroke-dasharray="{dash}" points="{" ".join(points)}"/>'
            f'<text x="610" y="{points[-1].split(",")[1]}" font-size="12" '
            f'font-family="Noto Sans, sans-serif">{PLACES[place][2]}</text>'
        )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 250" width="700" height="250">'
        '<rect x="60" y="20" width="540" height="200" fill="none" stroke="#999"/>'
        '<text x="10" y="25" font-size="12" font-family="Noto Sans">100%</text>'
        '<text x="10" y="222" font-size="12" font-family="Noto Sans">0%</text>'
        f"{''.join(lines)}</svg>"
    )
    return Chart(
        title=KPIS[kpi][1],
        svg=svg,
        alt=f"Lijngrafiek: {KPIS[kpi][1]}, Groningen en Drenthe, tot september 2025.",
        reading="Groningen en Drenthe schommelen.",
        figures=tuple(figures),
    )


def short_document(language: Language = "nl") -> BriefingDocument:
    """One section, no figures, no embargo, nothing attached."""
    return BriefingDocument(
        title="Stand van zaken jeugdbescherming",
        kind="Oplegger",
        language=language,
        addressees=("Wethouders jeugd",),
        sender="Regio Drenthe",
        on=date(2025, 10, 14),
        subject="Jeugdbescherming Noord",
        status_line="Ter kennisneming",
        embargo_line=None,
        version_label="Versie 1",
        as_of=date(2025, 9, 30),
        fictional=False,
        frozen_at=FROZEN_AT,
        sections=(DocumentSection.written("Inleiding", PARAGRAPH),),
    )


def ordinary_document(language: Language = "nl", rows: int = 4) -> BriefingDocument:
    """What a region sends: text, a table of KPIs, two charts, a report, an embargo."""
    return replace(
        short_document(language),
        addressees=("Wethouders jeugd in Drenthe", "Beleidsadviseurs jeugd"),
        embargo_line="Onder embargo tot 27 maart 2026, 10.00 uur. Alleen voor genoemde lezers.",
        status_line="Vertrouwelijk tot het embargo afloopt",
        version_label="Versie 2",
        previous_version_label="versie 1",
        fictional=True,
        sections=(
            DocumentSection.written("Inleiding", PARAGRAPH),
            DocumentSection.written(
                "Wat er speelt", f"{PARAGRAPH}\n\n- Een *eerste* punt.\n- Een **tweede**.\n"
            ),
            DocumentSection.written(
                "Risico's", f"# Geld\n\n{PARAGRAPH}\n\n### Mensen\n\n{PARAGRAPH}"
            ),
            DocumentSection.written("Vervolg", "Zie <https://www.rijksoverheid.nl>."),
        ),
        kpi_table=kpi_table(rows),
        charts=(chart(0), chart(1, months=36)),
        attachments=(
            Attached("Rapport.txt", b"verzonnen", "text/plain", "Het rapport", FROZEN_AT),
        ),
        definitions=(
            Definition("Eerste contact", "Contact binnen vijf werkdagen na de melding."),
            Definition("Plan", "Een vastgesteld plan binnen zes weken."),
        ),
        changes=("De cijfers van Drenthe zijn bijgewerkt.",),
        contact="Afdeling Jeugd, jeugd@voorbeeld.example",
    )


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)
"""A picture of one pixel."""


def picture(alt: str = "Kaart van de regio") -> Picture:
    """A small picture with a caption."""
    return Picture("kaart.png", PNG, "image/png", alt, "De regio op de kaart.")


def document_of_parts(language: Language = "nl") -> BriefingDocument:
    """Sections with a quoted figure in running text, a table, a chart and a picture."""
    quoted = Text(
        f"In september was het {slot(0)}; in Drenthe {slot(1)}.",
        (ratio(70, 120), silent(FigureState.FEW_CASES, Verdict.FEW_CASES, place=1)),
    )
    return replace(
        short_document(language),
        sections=(
            DocumentSection("Inleiding", (quoted, kpi_table(2), Text("Daarna **tekst**."))),
            DocumentSection("Beelden", (chart(0), picture(), Text("Slot."))),
        ),
        as_known_at=FROZEN_AT,
        source="leveringen van Jeugdbescherming Noord",
        place="Assen",
    )


def odd_document() -> BriefingDocument:
    """Characters from far and near, markup typed as text, and marks that hide text."""
    odd = (
        "Ñandú, Żółć, ﬁjn, €½²·… «» \U0001f600 漢字 ≥ → <b>&amp; "
        "\u202egnirts\u202c x\u0000y {{ z }}"
    )
    return replace(
        ordinary_document(),
        title=odd,
        subject=odd,
        sections=(
            DocumentSection.written(
                odd, f"{odd}\n\n<script>alert(1)</script> ![x](http://x.example/a.png)"
            ),
        ),
    )
