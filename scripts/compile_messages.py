"""Compile catalogues given as paths to .po files; the .mo files stay out of git."""

from __future__ import annotations

import sys
from pathlib import Path

import polib


def main() -> None:
    """Write each catalogue's .mo beside it."""
    for name in sys.argv[1:]:
        path = Path(name)
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    main()
