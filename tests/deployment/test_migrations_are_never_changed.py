"""A migration that landed is run somewhere: it is never changed, a next one fixes it.

After a new one: ``sha256sum FILE >> deploy/migrations.sha256``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LANDED = ROOT / "deploy" / "migrations.sha256"


def there() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for floor in ("jbn_oversight", "cases", "certification", "audits", "reports")
        for path in (ROOT / floor).rglob("migrations/[0-9]*.py")
    }


def landed() -> dict[str, str]:
    rows = (line.split() for line in LANDED.read_text().splitlines())
    return {name: digest for digest, name in rows}


def test_each_migration_is_the_one_that_landed() -> None:
    assert there() == landed()


def test_each_stands_in_the_list_once() -> None:
    assert len(LANDED.read_text().splitlines()) == len(landed())
