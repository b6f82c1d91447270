"""A document as it is frozen in a version: plain JSON there, the same document back.

Pure. Numbers stay decimal text and days stay ISO text, so freezing and thawing change nothing
(a property test holds that). Files are not in the JSON: a version lists them beside it, and
of a picture only the hash of its bytes is there, for who thaws it to find them again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.shapes import Unit
from reports.documents.rules import (
    Attached,
    BriefingDocument,
    Chart,
    Definition,
    DocumentSection,
    KpiRow,
    KpiTable,
    Part,
    Picture,
    Text,
)
from reports.figures.rules.figures import FigureState, QuotedFigure

Json = dict[str, Any]
Bytes = Callable[[str], bytes]
"""The bytes that have a SHA-256, given in hexadecimal."""

KINDS: Final[Mapping[type[Part], str]] = {
    Text: "text",
    KpiTable: "table",
    Chart: "chart",
    Picture: "picture",
}


def freeze(document: BriefingDocument) -> Json:
    """The document as JSON, without the bytes of its attachments and what may run beside it."""
    frozen: Json = _plain(replace(document, attachments=(), sections=()))
    del frozen["attachments"], frozen["secrecy_line"]
    frozen["sections"] = [
        {"heading": _plain(section.heading), "parts": [_part(part) for part in section.parts]}
        for section in document.sections
    ]
    return frozen


def _part(part: Part) -> Json:
    if isinstance(part, Picture):
        named = {"name": part.name, "mime": part.mime, "alt": part.alt, "caption": part.caption}
        return {"kind": "picture", **_plain(named), "sha256": part.sha256}
    return {"kind": KINDS[type(part)], **_plain(part)}


def fingerprint(content: Json) -> str:
    """SHA-256, in hexadecimal, of frozen content, whatever order its keys come back in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _no_bytes(sha256: str) -> bytes:
    raise KeyError(f"nobody gave the bytes of the picture {sha256}")


def thaw(
    content: Mapping[str, Any],
    attachments: tuple[Attached, ...] = (),
    picture_bytes: Bytes = _no_bytes,
) -> BriefingDocument:
    """The document that was frozen. Raises ValueError or KeyError for anything else.

    ``picture_bytes`` gives the bytes of a picture by their hash. What was frozen before
    sections had parts comes back too: their text was one string.
    """
    table = content["kpi_table"]
    return BriefingDocument(
        title=content["title"],
        kind=content["kind"],
        language=content["language"],
        addressees=tuple(content["addressees"]),
        sender=content["sender"],
        on=date.fromisoformat(content["on"]) if content["on"] else None,
        subject=content["subject"],
        status_line=content["status_line"],
        embargo_line=content["embargo_line"],
        version_label=content["version_label"],
        as_of=date.fromisoformat(content["as_of"]),
        fictional=content["fictional"],
        frozen_at=datetime.fromisoformat(content["frozen_at"]),
        sections=tuple(_section(section, picture_bytes) for section in content["sections"]),
        kpi_table=_table(table) if table else None,
        charts=tuple(_chart(chart) for chart in content["charts"]),
        attachments=attachments,
        definitions=tuple(Definition(**one) for one in content["definitions"]),
        changes=tuple(content["changes"]),
        previous_version_label=content["previous_version_label"],
        contact=content["contact"],
        as_known_at=_instant(content.get("as_known_at")),
        source=content.get("source", ""),
        place=content.get("place", ""),
    )


def picture_hashes(content: Mapping[str, Any]) -> frozenset[str]:
    """The hashes of the pictures in frozen content."""
    parts = (part for one in content["sections"] for part in one.get("parts", ()))
    return frozenset(part["sha256"] for part in parts if part["kind"] == "picture")


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _section(section: Mapping[str, Any], picture_bytes: Bytes) -> DocumentSection:
    if "parts" not in section:
        return DocumentSection.written(section["heading"], section["markdown"])
    parts = tuple(_thawed(part, picture_bytes) for part in section["parts"])
    return DocumentSection(section["heading"], parts)


def _thawed(part: Mapping[str, Any], picture_bytes: Bytes) -> Part:
    if part["kind"] == "text":
        return Text(part["markdown"], tuple(_figure(figure) for figure in part["figures"]))
    if part["kind"] == "table":
        return _table(part)
    if part["kind"] == "chart":
        return _chart(part)
    if part["kind"] != "picture":
        raise ValueError(f"not a part of a section: {part['kind']}")
    data = picture_bytes(part["sha256"])
    if hashlib.sha256(data).hexdigest() != part["sha256"]:
        raise ValueError("the bytes of a picture have changed")
    return Picture(part["name"], data, part["mime"], part["alt"], part["caption"])


def _plain(value: Any) -> Any:
    """Dataclasses, enumerations, decimals and days as what JSON knows."""
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | str):
        # A safe string is still text; PostgreSQL keeps no NUL in it.
        return "".join(str(value).split("\0"))
    return value.isoformat() if isinstance(value, datetime | date) else value


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _figure(figure: Mapping[str, Any]) -> QuotedFigure:
    return QuotedFigure(
        kpi=figure["kpi"],
        label=figure["label"],
        unit=Unit(figure["unit"]),
        scope=figure["scope"],
        scope_code=figure["scope_code"],
        scope_name=figure["scope_name"],
        month=date.fromisoformat(figure["month"]),
        state=FigureState(figure["state"]),
        verdict=Verdict(figure["verdict"]),
        value=_number(figure["value"]),
        numerator=_number(figure["numerator"]),
        denominator=_number(figure["denominator"]),
        norm=_number(figure["norm"]),
        approximate=figure["approximate"],
        aside=figure["aside"],
    )


def _table(table: Mapping[str, Any]) -> KpiTable:
    return KpiTable(
        caption=table["caption"],
        month=date.fromisoformat(table["month"]),
        scope_names=tuple(table["scope_names"]),
        rows=tuple(
            KpiRow(row["label"], tuple(_figure(figure) for figure in row["figures"]))
            for row in table["rows"]
        ),
    )


def _chart(chart: Mapping[str, Any]) -> Chart:
    return Chart(
        title=chart["title"],
        svg=chart["svg"],
        alt=chart["alt"],
        figures=tuple(_figure(figure) for figure in chart["figures"]),
        reading=chart["reading"],
    )
