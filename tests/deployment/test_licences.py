"""Whose the files are is said once, and the same everywhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LICENCE = "EUPL-1.2"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with these annotations and one file of our own, which is in order."""
    shutil.copytree(ROOT / "LICENSES", tmp_path / "LICENSES")
    shutil.copy(ROOT / "REUSE.toml", tmp_path)
    (tmp_path / "ours.py").write_text("import this\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)


def lint(folder: Path) -> tuple[int, str]:
    """What the check says of a folder."""
    command = [sys.executable, str(ROOT / "scripts" / "licences.py")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_every_file_of_this_repository_says_whose_it_is() -> None:
    assert lint(ROOT) == (0, "")


def test_the_text_of_the_licence_is_the_same_in_both_places() -> None:
    assert (ROOT / "LICENSES" / f"{LICENCE}.txt").read_text() == (ROOT / "LICENSE").read_text()


def test_every_file_that_names_the_licence_names_the_same() -> None:
    python = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"]
    npm = json.loads((ROOT / "package.json").read_text())["license"]
    [marks] = tomllib.loads((ROOT / "REUSE.toml").read_text())["annotations"]
    assert {python, npm, marks["SPDX-License-Identifier"]} == {LICENCE}


def test_files_of_our_own_pass(project: Path) -> None:
    assert lint(project) == (0, "")


@pytest.mark.parametrize("name", ["font.woff2", "docs/table.csv", "static/img/icon.svg"])
def test_a_file_of_another_kind_fails_until_somebody_says_whose_it_is(
    project: Path, name: str
) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("something")
    git(project, "add", name)
    status, said = lint(project)
    assert status == 1
    assert f"{name}: no license identifier" in said


def test_a_file_without_the_text_of_its_licence_fails(project: Path) -> None:
    (project / "LICENSES" / "EUPL-1.2.txt").unlink()
    status, said = lint(project)
    assert status == 1
    assert "ours.py: missing license 'EUPL-1.2'" in said


def test_what_git_does_not_know_is_not_asked_about(project: Path) -> None:
    (project / "font.woff2").write_text("something")
    assert lint(project) == (0, "")
