"""Compile the catalogues, all of them or those given as paths; the .mo files stay out of git."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

ALL = sorted(Path(__file__).resolve().parent.parent.glob("*/locale/*/LC_MESSAGES/*.po"))


def main() -> None:
    """Write each catalogue's .mo beside it; anyone who reads one meanwhile finds a whole one."""
    for path in map(Path, sys.argv[1:] or ALL):
        new = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(new))
        new.replace(path.with_suffix(".mo"))


if __name__ == "__main__":
    main()
