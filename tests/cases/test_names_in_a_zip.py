"""Names in a zip: in any case, in one folder, beside what a computer adds; nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cases.deliveries.imports import messages
from cases.deliveries.imports.archives import told_name
from tests.factories.deliveries import places, problems_of, read, valid_delivery, warnings_of

FILES = ("measures.csv", "waiting.csv", "staffing.csv", "veilig_thuis.csv")


def renamed(path: Path, name_of: Callable[[str], str], *others: str) -> Path:
    """A valid delivery under other names, with other entries before it."""
    delivery = valid_delivery()
    with zipfile.ZipFile(path, "w") as archive:
        for other in others:
            archive.writestr(other, b"")
        for file in FILES:
            archive.writestr(name_of(file), delivery.text(file))
    return path


def identity(tmp_path: Path) -> str:
    return read(valid_delivery().zip(tmp_path / "valid.zip")).sha256


@pytest.mark.parametrize("name_of", [str.upper, str.title, str.capitalize])
def test_names_may_be_in_any_case(tmp_path: Path, name_of: Callable[[str], str]) -> None:
    path = renamed(tmp_path / "d.zip", name_of)
    assert read(path).sha256 == identity(tmp_path)
    assert warnings_of(path) == []


def test_a_folder_on_the_server_and_sheets_may_be_in_any_case_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(renamed(tmp_path / "d.zip", str.upper)) as archive:
        archive.extractall(tmp_path / "d")
    assert read(tmp_path / "d").sha256 == identity(tmp_path)
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(path)
    book["veilig_thuis"].title = "renamed"  # as long as it has its name, no other may have it
    book["renamed"].title = "Veilig_Thuis"
    book.save(path)
    assert read(path).sha256 == identity(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        "__MACOSX/._measures.csv",
        "__MACOSX/",
        ".DS_Store",
        "Thumbs.db",
        "thumbs.db",
        "desktop.ini",
        "Desktop.ini",
    ],
)
def test_what_a_computer_adds_is_left_aside_with_a_remark(tmp_path: Path, other: str) -> None:
    path = renamed(tmp_path / "d.zip", str, other)
    assert read(path).sha256 == identity(tmp_path)
    ((file, row, column, sentence),) = warnings_of(path)
    assert (file, row, column) == ("zip", None, "")
    assert sentence == "Files in the zip that a computer adds by itself, left aside: 1."


@pytest.mark.parametrize("folder", ["levering", "Mijn levering 2025", "..."])
def test_one_folder_around_all_files_is_left_aside_with_a_remark(
    tmp_path: Path, folder: str
) -> None:
    path = renamed(tmp_path / "d.zip", lambda file: f"{folder}/{file}", f"{folder}/")
    assert read(path).sha256 == identity(tmp_path)
    assert [sentence for *_place, sentence in warnings_of(path)] == [
        str(messages.FOLDER_LEFT_ASIDE)
    ]


def test_a_zip_of_a_folder_made_on_a_mac_is_read(tmp_path: Path) -> None:
    own = [".DS_Store", "d/.DS_Store", "__MACOSX/._d", "__MACOSX/d/._measures.csv", "d/"]
    path = renamed(tmp_path / "d.zip", lambda file: f"d/{file}", *own)
    assert read(path).sha256 == identity(tmp_path)
    assert len(warnings_of(path)) == 2


@pytest.mark.parametrize(
    "other",
    [
        "levering/measures.csv",
        "levering/",
        "../Thumbs.db",
        "/.DS_Store",
        "a/b/Thumbs.db",
        "__MACOSX",
        "__MACOSX/../measures.csv",
        "._measures.csv",
        "measures.csv.bak",
        "levering\\staffing.csv",
        "measures.xlsx",
    ],
)
def test_any_other_name_is_refused_and_told(tmp_path: Path, other: str) -> None:
    (problem,) = problems_of(renamed(tmp_path / "d.zip", str, other))
    assert (problem.file, problem.row, problem.column) == ("zip", None, "")
    assert f"“{other}”" in str(problem.message)


@pytest.mark.parametrize("folder", ["a/b", ".", "..", ""])
def test_no_other_path_around_the_files_is_taken_and_none_is_said_to_be_missing(
    tmp_path: Path, folder: str
) -> None:
    found = problems_of(renamed(tmp_path / "d.zip", lambda file: f"{folder}/{file}"))
    assert [str(one.message).split("“")[1].split("”")[0] for one in found] == [
        f"{folder}/{file}" for file in FILES
    ]


def test_files_in_two_folders_are_refused(tmp_path: Path) -> None:
    path = renamed(tmp_path / "d.zip", lambda file: f"{'a' if file < 's' else 'b'}/{file}")
    assert places(path) == [("zip", None, "")] * 4


def test_one_file_under_two_names_is_told_by_its_name(tmp_path: Path) -> None:
    assert places(renamed(tmp_path / "d.zip", str, "Waiting.CSV")) == [("waiting.csv", None, "")]


def test_every_wrong_name_is_told_together_with_what_is_wrong_in_the_files(
    tmp_path: Path,
) -> None:
    delivery = valid_delivery().cell("measures.csv", 0, "entry", "x")
    path = delivery.zip(tmp_path / "d.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("one.txt", "x")
        archive.writestr("two.txt", "x")
    assert places(path) == [("zip", None, ""), ("zip", None, ""), ("measures.csv", 2, "entry")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("readme.txt", "readme.txt"),
        ("a\nb\u202e.csv", "a?b?.csv"),
        ("x" * 100, "x" * 80 + "…"),
        ("dossier 111222333.pdf", "dossier ?.pdf"),
        ("1112.22.333.csv", "?.csv"),
        ("20250102.csv", "20250102.csv"),
    ],
)
def test_a_name_is_told_in_short_on_one_line_and_without_a_citizen_number(
    name: str, told: str
) -> None:
    assert told_name(name) == told
