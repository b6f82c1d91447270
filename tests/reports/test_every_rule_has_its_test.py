"""Each rule of the embargo names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "docs" / "embargo-regels.md"
ROW = re.compile(r"^\| (R\d+) \|.*`(\w+\.py)::(\w+)` \|$", re.MULTILINE)
ALL = {f"R{number}" for number in range(1, 33)} - {"R21", "R24", "R30"} | {"R34", "R36"}


def text_of(file: str) -> str:
    (found,) = HERE.parent.rglob(file)
    return found.read_text()


NAMED = re.compile(r"`(\w+\.py)::(\w+)`")


def test_whatever_is_named_beside_the_rules_exists_too() -> None:
    named = NAMED.findall(RULES.read_text())
    assert len(named) > len(ALL)
    for file, name in named:
        assert f"\ndef {name}(" in text_of(file), name


def test_every_rule_names_a_test_that_exists() -> None:
    rows = ROW.findall(RULES.read_text())
    assert {rule for rule, _file, _name in rows} == ALL
    for rule, file, name in rows:
        assert f"\ndef {name}(" in text_of(file), rule
