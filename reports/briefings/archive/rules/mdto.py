"""Archive metadata of a published version by MDTO (XML schema 1.0.1 and later). Pure.

MDTO: Metagegevens voor Duurzaam Toegankelijke Overheidsinformatie, of the Nationaal Archief.
A document holds one ``informatieobject`` or one ``bestand``; the order of the elements is that
of the schema. Terms come from MDTO's own lists; what its lists leave open names its own list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from jbn_oversight.clock import AMSTERDAM
from reports.briefings.archive.rules.xml import Child, document

NAMESPACE: Final = "https://www.nationaalarchief.nl/mdto"
SOURCE: Final = "JBN Oversight"
"""Where the identifications come from."""

_FORMATS: Final = {
    "application/pdf": "PDF",
    "text/csv": "CSV",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """Something that happened to the record; ``at`` is an aware instant."""

    kind: str
    """A term of MDTO's EventTypeLijst, such as Creatie, Accordering, Publicatie."""
    at: datetime
    actor: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction of use: a term of BeperkingGebruikTypeLijst, and what it is."""

    kind: str
    description: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the record."""

    identification: str
    name: str
    content_type: str
    length: int
    sha256: str
    hashed_at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One version of a briefing as an information object. Days are Amsterdam days."""

    identification: str
    title: str
    description: str
    kind: str
    """The kind of document, in Dutch."""
    language: str
    covers: tuple[date, date]
    """The first and last day about which it speaks."""
    places: tuple[str, ...]
    events: tuple[RecordEvent, ...]
    retention: str
    """The code of MDTO's Waarderingen: B, V or N."""
    keep_from: date | None
    category: str
    """The category of the selection list, or empty while nobody chose one."""
    dossier: str
    """Identification of the dossier that it belongs to, or empty."""
    replaces: str
    """Identification of the version before it, or empty."""
    maker: str
    """The organisation that made it."""
    maker_code: str
    restrictions: tuple[Restriction, ...]
    parts: tuple[Part, ...]


_APPRAISALS: Final = {
    "B": "Blijvend te bewaren",
    "V": "Tijdelijk te bewaren",
    "N": "Nader te bepalen",
}


def information_object(record: Record) -> bytes:
    """The metadata of the record itself."""
    first, last = record.covers
    children: list[Child] = [
        _identification("identificatie", record.identification),
        ("naam", record.title),
        ("aggregatieniveau", _term("Archiefstuk", "Aggregatieniveaus")),
        ("classificatie", _term(record.kind, "Documentsoorten JBN Oversight")),
        *([("omschrijving", record.description)] if record.description else []),
        (
            "dekkingInTijd",
            [
                ("dekkingInTijdType", _term("Inhoud", "Dekking in tijd JBN Oversight")),
                ("dekkingInTijdBegindatum", first.isoformat()),
                ("dekkingInTijdEinddatum", last.isoformat()),
            ],
        ),
        *(("dekkingInRuimte", _reference(place)) for place in record.places),
        ("taal", record.language),
        *(("event", _event(event)) for event in record.events),
        (
            "waardering",
            _term(_APPRAISALS[record.retention], "Waarderingen", code=record.retention),
        ),
    ]
    if record.keep_from is not None:
        children.append(
            (
                "bewaartermijn",
                [
                    ("termijnTriggerStartLooptijd", _term("Publicatie", "EventTypeLijst")),
                    ("termijnStartdatumLooptijd", record.keep_from.isoformat()),
                ],
            )
        )
    if record.category:
        listed = "Selectielijst gemeenten en intergemeentelijke organen 2020"
        children.append(("informatiecategorie", _term(record.category, listed)))
    if record.dossier:
        children.append(("isOnderdeelVan", _reference("Dossier", record.dossier)))
    children += [
        ("heeftRepresentatie", _reference(part.name, part.identification)) for part in record.parts
    ]
    if record.replaces:
        children.append(
            (
                "gerelateerdInformatieobject",
                [
                    (
                        "gerelateerdInformatieobjectVerwijzing",
                        _reference("Vorige versie", record.replaces),
                    ),
                    (
                        "gerelateerdInformatieobjectTypeRelatie",
                        _term("Vervangt", "Relatietypen (informatieobject)"),
                    ),
                ],
            )
        )
    children += [
        ("archiefvormer", _reference(record.maker, record.maker_code)),
        ("activiteit", _reference("Toezicht op een gecertificeerde instelling")),
        *(("beperkingGebruik", _restriction(one)) for one in record.restrictions),
    ]
    return document("MDTO", NAMESPACE, [("informatieobject", children)])


def file_of(part: Part, record: Record) -> bytes:
    """The metadata of one file of the record."""
    ending = _FORMATS.get(part.content_type, part.content_type)
    children: list[Child] = [
        _identification("identificatie", part.identification),
        ("naam", part.name),
        ("omvang", str(part.length)),
        ("bestandsformaat", _term(ending, "IANA Media types", code=part.content_type)),
        (
            "checksum",
            [
                ("checksumAlgoritme", _term("SHA-256", "ChecksumAlgoritme")),
                ("checksumWaarde", part.sha256),
                ("checksumDatum", _moment(part.hashed_at)),
            ],
        ),
        ("isRepresentatieVan", _reference(record.title, record.identification)),
    ]
    return document("MDTO", NAMESPACE, [("bestand", children)])


def _moment(at: datetime) -> str:
    return at.astimezone(AMSTERDAM).isoformat(timespec="seconds")


def _identification(name: str, mark: str) -> Child:
    return (name, [("identificatieKenmerk", mark), ("identificatieBron", SOURCE)])


def _reference(name: str, mark: str = "") -> list[Child]:
    found: list[Child] = [("verwijzingNaam", name)]
    if mark:
        found.append(_identification("verwijzingIdentificatie", mark))
    return found


def _term(label: str, listed: str, *, code: str = "") -> list[Child]:
    coded: Iterable[Child] = [("begripCode", code)] if code else []
    return [("begripLabel", label), *coded, ("begripBegrippenlijst", _reference(listed))]


def _event(event: RecordEvent) -> list[Child]:
    found: list[Child] = [
        ("eventType", _term(event.kind, "EventTypeLijst")),
        ("eventTijd", _moment(event.at)),
        ("eventVerantwoordelijkeActor", _reference(event.actor)),
    ]
    if event.result:
        found.append(("eventResultaat", event.result))
    return found


def _restriction(one: Restriction) -> list[Child]:
    found: list[Child] = [("beperkingGebruikType", _term(one.kind, "BeperkingGebruikTypeLijst"))]
    if one.description:
        found.append(("beperkingGebruikNadereBeschrijving", one.description))
    term: list[Child] = []
    if one.from_on is not None:
        term.append(("termijnStartdatumLooptijd", one.from_on.isoformat()))
    if one.until_on is not None:
        term.append(("termijnEinddatum", one.until_on.isoformat()))
    if term:
        found.append(("beperkingGebruikTermijn", term))
    return found
