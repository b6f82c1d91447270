"""What the chart library writes, made safe and short enough to stand inside a page.

Pure. Only the elements and attributes listed here stay, so no script, style, link or event
handler can come through, whatever a label holds.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

SVG: Final = "http://www.w3.org/2000/svg"
ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "tspan"})
ATTRIBUTES: Final = frozenset(
    {
        "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "viewBox",
        "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
        "stroke-opacity", "stroke-miterlimit", "stroke-linecap", "stroke-linejoin", "opacity",
        "font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline",
    }
)  # fmt: skip
HARMLESS: Final = re.compile(r"^[^<>&]*$")
LONG_NUMBER: Final = re.compile(r"\d+\.\d{2,}")


def clean(svg: str, *, key: str, title: str, description: str) -> str:
    """The picture with only what is allowed, and with its words.

    ``key`` begins the ids of title and description; it must be unique on a page and hold
    letters, digits and hyphens only (``ValueError`` otherwise). The picture takes the width
    that it gets: it has a viewBox and no size. Raises ``ParseError`` when it is no XML.
    """
    if not re.fullmatch(r"[A-Za-z][\w-]*", key):
        raise ValueError(f"not usable as an id: {key!r}")
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314  (our own renderer's output, no document type)
    _keep_allowed(root)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("role", "img")
    described = f"{key}-title"
    if description:
        words = ET.Element(f"{{{SVG}}}desc", {"id": f"{key}-desc"})
        words.text = description
        root.insert(0, words)
        described += f" {key}-desc"
    name = ET.Element(f"{{{SVG}}}title", {"id": f"{key}-title"})
    name.text = title
    root.insert(0, name)
    root.set("aria-labelledby", described)
    root.set("focusable", "false")
    return ET.tostring(root, encoding="unicode")


def _keep_allowed(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        if name not in ATTRIBUTES or "url(" in value or not HARMLESS.match(value):
            del element.attrib[name]
        elif name in {"d", "transform"}:
            element.set(name, LONG_NUMBER.sub(lambda m: f"{float(m[0]):.1f}", value))
    for child in list(element):
        if child.tag.removeprefix(f"{{{SVG}}}") in ELEMENTS and child.get("opacity") != "0":
            _keep_allowed(child)
            if _draws_nothing(child):
                element.remove(child)
        else:
            element.remove(child)


def _draws_nothing(element: ET.Element) -> bool:
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    if tag in {"g", "text"}:
        return len(element) == 0 and not (element.text or "").strip()
    return element.get("d") == "M0,0h0v0h0Z"
