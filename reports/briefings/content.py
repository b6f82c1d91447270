"""A document as it is frozen in a version: plain JSON there, the same document back.

Pure. Numbers stay decimal text and days stay ISO text, so freezing and thawing change nothing
(a property test holds that). Files are not in the JSON: a version lists them beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from reports.documents import (
    Attached,
    BriefingDocument,
    Chart,
    Definition,
    FigureState,
    KpiRow,
    KpiTable,
    QuotedFigure,
    Section,
    Unit,
    Verdict,
)

Json = dict[str, Any]


def freeze(document: BriefingDocument) -> Json:
    """The document as JSON, without the bytes of its attachments."""
    frozen: Json = _plain(replace(document, attachments=()))
    del frozen["attachments"]
    return frozen


def fingerprint(content: Json) -> str:
    """SHA-256, in hexadecimal, of frozen content, whatever order its keys come back in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def thaw(content: Mapping[str, Any], attachments: tuple[Attached, ...] = ()) -> BriefingDocument:
    """The document that was frozen. Raises ValueError or KeyError for anything else."""
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
        sections=tuple(Section(**section) for section in content["sections"]),
        kpi_table=_table(table) if table else None,
        charts=tuple(_chart(chart) for chart in content["charts"]),
        attachments=attachments,
        definitions=tuple(Definition(**one) for one in content["definitions"]),
        changes=tuple(content["changes"]),
        previous_version_label=content["previous_version_label"],
        contact=content["contact"],
    )


def _plain(value: Any) -> Any:
    """Dataclasses, enumerations, decimals and days as what JSON knows."""
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | str):
        # A safe string is still text; PostgreSQL keeps no NUL in it.
        return "".join(str(value).split("\0"))
    return value


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
