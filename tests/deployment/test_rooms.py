"""The plan of a room (docs/architecture.md): who knows one room knows all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("jbn_oversight", "cases", "certification", "audits", "reports")
DJANGO = {"__init__", "__main__", "apps", "management", "migrations", "templatetags"}
PLAN = {
    "act_kinds",
    "actions",
    "alerts",
    "exports",
    "forms",
    "imports",
    "models",
    "notice_kinds",
    "permissions",
    "policies",
    "reference",
    "rights",
    "rules",
    "selectors",
    "sentences",
    "tasks",
    "urls",
    "views",
}
TOOLS = {
    "jbn_oversight": "the ground: settings, clocks, what every floor stands on",
    "jbn_oversight/files/scan": "a process of its own that looks into files",
    "jbn_oversight/health": "a command and a middleware of a few lines",
    "cases/disclosure": "disclosure control, cut by its method",
    "reports/charts": "drawing, cut by kinds of charts",
    "reports/demo": "the demonstration, cut by what it shows",
    "reports/demo/delivery": "the made-up delivery, cut by its files",
    "reports/pdf": "printing, cut by its steps",
}
"""Packages that are no feature."""
OWN_NAMES = {
    "audits": {"tabs": "the row of tabs above each page of this floor"},
    "certification": {"imprecise_days": "a pure type that two floors stand on"},
    "certification/indicators": {"checks": "Django's own word"},
    "certification/deliveries": {"spool": "where an upload waits"},
    "jbn_oversight/accounts": {"actor": "a person on a day, asked by every page"},
    "jbn_oversight/accounts/sign_in": {"backends": "Django's own word"},
    "jbn_oversight/clock_check": {"kernel": "one call of the operating system"},
    "jbn_oversight/files": {"storage": "Django's own word"},
    "reports": {
        "checks": "Django's own word",
        "remembering": "a cache that two rooms use",
    },
    "reports/briefings/gate": {
        "converters": "Django's own word",
        "locking": "the order of all locks",
        "menu": "the pages of a maker, in groups",
    },
    "reports/briefings/guessing": {"middleware": "Django's own word"},
    "reports/briefings/releasing": {
        "middleware": "Django's own word",
        "scheduler": "Celery's own word",
    },
    "reports/documents": {"markdown": "the little language in which sections are written"},
}
"""Files of another name, each with the reason."""


def packages() -> Iterator[tuple[str, set[str]]]:
    """Each package that the plan cuts, with the names in it that are no packages themselves."""
    for floor in FLOORS:
        for init in sorted((ROOT / floor).rglob("__init__.py")):
            parts = init.parent.relative_to(ROOT).parts
            if set(parts[1:]) & (PLAN | DJANGO):
                continue
            name = "/".join(parts)
            if name not in TOOLS:
                yield name, {path.stem for path in init.parent.glob("*.py")} - DJANGO


@pytest.mark.parametrize(
    ("room", "names"), list(packages()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_room_has_the_same_file_names_as_every_other(room: str, names: set[str]) -> None:
    assert names - PLAN == set(OWN_NAMES.get(room, {}))


def test_every_tool_and_every_exception_is_still_there() -> None:
    assert all((ROOT / name / "__init__.py").exists() for name in TOOLS)
    assert set(OWN_NAMES) <= {name for name, _ in packages()}


def rooms_of_briefings() -> list[str]:
    """As docs/architecture.md lists them, from the ground upwards."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    found = re.search(r"In `reports/briefings`, from the ground:(.*?)\n\n", text, re.DOTALL)
    assert found
    return re.findall(r"`(\w+)`", found[1])


def imported_rooms(path: Path) -> set[str]:
    """The rooms of reports/briefings that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found = (re.match(r"reports\.briefings\.(\w+)\.", f"{name}.") for name in names)
    return {match[1] for match in found if match}


def test_the_page_names_every_room_of_briefings() -> None:
    there = {path.parent.name for path in (ROOT / "reports/briefings").glob("*/__init__.py")}
    assert set(rooms_of_briefings()) == there


@pytest.mark.parametrize("room", rooms_of_briefings())
def test_a_room_of_briefings_knows_only_rooms_below_it(room: str) -> None:
    order = rooms_of_briefings()
    above = set(order[order.index(room) + 1 :])
    for path in (ROOT / "reports/briefings" / room).rglob("*.py"):
        assert not imported_rooms(path) & above, path
