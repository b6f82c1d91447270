"""A letter with an accent is one glyph in the PDF, whatever the version of the text engine."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports.pdf.characters import face, font_files


@pytest.mark.parametrize("path", font_files(), ids=lambda path: path.stem)
def test_a_face_without_a_letter_cannot_put_it_together_from_loose_accents(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        cmap = font.getBestCmap()
    loose = [code for code in cmap if unicodedata.category(chr(code)) == "Mn"]
    if face(path)["part"] == "latin":
        assert loose == []
