"""What the formatter of the templates leaves: long lines, and lines with two blocks.

A formatter breaks a line only where the page stays the same. What it leaves is a sentence with a
condition in it, or markup that a component should hold.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LONGEST = 120
OPENS = re.compile(
    r"{% (?:if|for|with|block|language|blocktranslate|alert|card|chart|data_table|details) "
)
BETWEEN = re.compile(r"{% if not forloop\.(?:last|first) %}")
"""What stands between the items of a list belongs to its loop."""


def faults(name: str, text: str) -> Iterator[str]:
    """Each line of a template that is too long or opens two blocks."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LONGEST:
            yield f"{name}:{number}: {len(line)} characters, at most {LONGEST}"
        if len(OPENS.findall(BETWEEN.sub("", line))) > 1:
            yield f"{name}:{number}: more than one block on a line"


def main() -> None:
    """Name every such line; the exit status is 1 if there are any."""
    found = [
        fault
        for path in sorted(TEMPLATES.rglob("*.html"))
        for fault in faults(str(path.relative_to(TEMPLATES.parent)), path.read_text())
    ]
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
