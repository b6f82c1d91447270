"""A letter with an accent is one glyph in the PDF, whatever the version of the text engine."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports.pdf.characters import face, font_files

PLAIN = [path for path in font_files() if face(path)["part"] == "latin"]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_the_face_with_plain_letters_has_no_loose_accents(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        assert not [c for c in font.getBestCmap() if unicodedata.category(chr(c)) == "Mn"]
