"""Compile catalogues given as paths to .po files; the .mo files stay out of git."""

from __future__ import annotations

import sys
from pathlib import Path

import polib


def main() -> None:
    """Write each catalogue's .mo beside it; whoever reads one meanwhile finds a whole one."""
    for name in sys.argv[1:]:
        path = Path(name)
        new = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(new))
        new.replace(path.with_suffix(".mo"))


if __name__ == "__main__":
    main()
