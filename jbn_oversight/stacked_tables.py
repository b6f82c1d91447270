"""Tables whose rows a phone shows as blocks: each cell gets the name of its column. Pure."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

_HEAD: Final = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")
_PART: Final = re.compile(r"<(thead|tbody|tr|th|td)\b([^>]*)>")


def stacked_rows(content: str) -> str:
    """The thead and tbody of a table with roles, and each cell with ``data-label``.

    For a table of one heading row, without cells over several columns and without a table
    within; anything else comes back with the names of its columns in the wrong place.
    """
    head, _, _body = content.partition("</thead>")
    names = [_TAG.sub("", cell).strip() for cell in _HEAD.findall(head)]
    in_head = False
    column = 0

    def named(found: re.Match[str]) -> str:
        nonlocal in_head, column
        part, rest = found.groups()
        match part:
            case "thead" | "tbody":
                in_head = part == "thead"
                return f'<{part}{rest} role="rowgroup">'
            case "tr":
                column = 0
                return f'<tr{rest} role="row">'
        column += 1
        if in_head:
            return f'<th{rest} role="columnheader">'
        if part == "th":
            return f'<th{rest} role="rowheader">'
        name = names[column - 1] if column <= len(names) else ""
        return f'<td{rest} role="cell" data-label="{escape(unescape(name))}">'

    return _PART.sub(named, content)
