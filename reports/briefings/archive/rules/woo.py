"""Metadata of a published version for Woo indexes: DiWoo, with TOOI's own terms. Pure.

The terms and their addresses are those of the value list of information categories (Woo 3.3)
and of document acts. A version that was published of our own motion (Woo 3.1) belongs to none
of the seventeen categories, so nothing is claimed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from xml.etree import ElementTree as ET

from jbn_oversight.clock import AMSTERDAM
from reports.briefings.archive.rules.xml import plain

NAMESPACE: Final = "https://standaarden.overheid.nl/diwoo/metadata/"
_TERMS: Final = "https://identifier.overheid.nl/tooi/def/thes/kern/"

CATEGORIES: Final[Mapping[str, tuple[str, str]]] = {
    "council_papers": ("c_db4862c3", "Vergaderstukken decentrale overheden"),
    "studies": ("c_fdaee95e", "Onderzoeksrapporten"),
}
"""By the value of ``WooCategory``: TOOI's code and term."""

_SIGNED: Final = ("c_641ecd76", "vaststelling")
_LANGUAGES: Final = {
    "nl": ("http://publications.europa.eu/resource/authority/language/NLD", "Nederlands"),
    "en": ("http://publications.europa.eu/resource/authority/language/ENG", "Engels"),
}


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """What an index wants to know of a version. Instants are aware, days Amsterdam days."""

    identification: str
    title: str
    publisher: str
    publisher_uri: str
    """TOOI's address of the organisation; empty where it has none."""
    category: str
    """A value of ``WooCategory``, or empty."""
    language: str
    created_on: date
    signed_at: datetime


def diwoo(published: PublishedRecord) -> bytes | None:
    """The document of metadata, or None where the standard has no category for it.

    DiWoo demands one of the seventeen categories; we do not make one up.
    """
    if published.category not in CATEGORIES:
        return None
    code, term = CATEGORIES[published.category]
    ET.register_namespace("diwoo", NAMESPACE)
    top = ET.Element(_name("Document"))
    inside = ET.SubElement(top, _name("DiWoo"))
    _add(_below(inside, "identifiers"), "identifier", published.identification)
    _add(inside, "publisher", published.publisher, published.publisher_uri)
    _add(_below(inside, "titelcollectie"), "officieleTitel", published.title)
    categories = _below(_below(inside, "classificatiecollectie"), "informatiecategorieen")
    _add(categories, "informatiecategorie", term, _TERMS + code)
    _add(inside, "creatiedatum", published.created_on.isoformat())
    uri, language = _LANGUAGES[published.language]
    _add(inside, "language", language, uri)
    file_type = "http://publications.europa.eu/resource/authority/file-type/PDF"
    _add(inside, "format", "pdf", file_type)
    act = _below(_below(inside, "documenthandelingen"), "documenthandeling")
    _add(act, "soortHandeling", _SIGNED[1], _TERMS + _SIGNED[0])
    local = published.signed_at.astimezone(AMSTERDAM)
    _add(act, "atTime", local.isoformat(timespec="seconds"))
    ET.indent(top, space="  ")
    written: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _below(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, _name(name))


def _add(parent: ET.Element, name: str, text: str, resource: str = "") -> None:
    element = _below(parent, name)
    element.text = plain(text)
    if resource:
        element.set("resource", resource)
