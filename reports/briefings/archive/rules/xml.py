"""Small help for writing XML of a record: elements in order, the same bytes each time. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

Child = tuple[str, "str | list[Child]"]
"""A name with its text, or with its own children in order; an attribute is not needed here."""


def document(root: str, namespace: str, children: list[Child]) -> bytes:
    """A document in one default namespace."""
    top = ET.Element(root, {"xmlns": namespace})
    _fill(top, children)
    ET.indent(top, space="  ")
    written: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _fill(parent: ET.Element, children: list[Child]) -> None:
    for name, inside in children:
        element = ET.SubElement(parent, name)
        if isinstance(inside, str):
            element.text = plain(inside)
        else:
            _fill(element, inside)


def plain(text: str) -> str:
    """Text without the characters that XML does not know."""
    return "".join(_known(text))


def _known(text: str) -> Iterator[str]:
    for sign in text:
        code = ord(sign)
        if sign in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF:
            yield sign
