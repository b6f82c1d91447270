"""What a page for newcomers names is there, so that nobody looks for what was moved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [*sorted((ROOT / "docs" / "how-to").glob("*.md")), ROOT / "docs" / "architecture.md"]
LATER = {"jbn_oversight/api", "FILE"}
"""Named as where something will go."""


def named(page: Path) -> list[str]:
    """Paths in the repository that a page names."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"`([\w.-]+(?:/[\w.-]+)+)/?`", text)
    return [one for one in found if one not in LATER and not one.startswith("account/")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_it_names_is_there(page: Path) -> None:
    missing = [one for one in named(page) if not (ROOT / one).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_its_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
