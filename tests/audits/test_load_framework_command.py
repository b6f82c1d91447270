from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audits.models.findings import FindingCategory
from certification.models.frameworks import NormFramework, Requirement
from tests.audits.test_frameworks_as_data import TOML

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_framework", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_what_ships_is_loaded_once() -> None:
    assert run("--shipped")[0] == 0
    first = NormFramework.objects.count(), FindingCategory.objects.count()
    assert first == (2, 3)
    assert run("--shipped")[0] == 0
    assert (NormFramework.objects.count(), FindingCategory.objects.count()) == first


def test_a_file_is_loaded_whole(tmp_path: Path) -> None:
    path = tmp_path / "kader.toml"
    path.write_text(TOML)
    assert run(path)[0] == 0
    assert Requirement.objects.count() == 3


def test_a_wrong_file_names_row_and_column_and_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kader.csv"
    path.write_text(
        "kader;versie;titel;instantie;uitgever;bron;thema_code;thema\nx;1;t;kmi;u;b;;\n"
    )
    status, _out, err = run(path)
    assert status == 1
    assert err.startswith("2:thema_code: ")
    assert not NormFramework.objects.exists()


def test_a_file_that_is_not_there_or_an_unknown_authority_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "nergens.csv")
    path = tmp_path / "kader.toml"
    path.write_text(TOML.replace('"kmi"', '"elders"'))
    with pytest.raises(CommandError, match="kmi"):
        run(path)


def test_without_a_file_or_a_mark_nothing_is_done() -> None:
    with pytest.raises(CommandError):
        run()
