from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.demo.delivery import FILES


def test_the_command_writes_the_four_files_and_says_which_period(tmp_path: Path) -> None:
    out = StringIO()
    place = tmp_path / "levering"
    call_command("make_demo_delivery", str(place), seed=7, months=2, scale=0.05, stdout=out)
    assert {path.name for path in place.iterdir()} == set(FILES)
    assert "2025-08 tot en met 2025-09" in out.getvalue()


def test_a_name_that_ends_in_zip_gives_a_zip(tmp_path: Path) -> None:
    place = tmp_path / "levering.zip"
    call_command("make_demo_delivery", str(place), seed=7, months=1, scale=0.05, stdout=StringIO())
    assert place.read_bytes().startswith(b"PK")


def test_an_impossible_period_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="De periode begint in 2018 of later"):
        call_command("make_demo_delivery", str(tmp_path / "x"), seed=7, months=400)
    assert not (tmp_path / "x").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        call_command("make_demo_delivery", str(tmp_path / "bestand"), seed=7, months=1, scale=0.05)
