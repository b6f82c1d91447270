"""Files and headers that are refused, and what is said about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.deliveries.imports import messages
from cases.deliveries.imports.layout import columns_of
from tests.factories.deliveries import places, problems_of, read, valid_delivery

M, W, S, V = "measures.csv", "waiting.csv", "staffing.csv", "veilig_thuis.csv"


@pytest.mark.parametrize("file", [M, W, S])
def test_three_files_must_be_there(tmp_path: Path, file: str) -> None:
    delivery = valid_delivery()
    del delivery.rows[file]
    if file == M:
        delivery.rows[W] = []
    for path in (delivery.folder(tmp_path / "d"), delivery.zip(tmp_path / "d.zip")):
        assert places(path) == [(file, None, "")]


@pytest.mark.parametrize("file", [M, W, S, V])
def test_a_file_without_a_header_is_refused(tmp_path: Path, file: str) -> None:
    for name, text in (("empty", b""), ("blank", b"\n \n"), ("bom", b"\xef\xbb\xbf")):
        folder = valid_delivery().folder(tmp_path / name)
        (folder / file).write_bytes(text)
        assert [place for place in places(folder) if place[0] == file] == [(file, 1, "")]


def test_a_first_row_of_data_is_no_header_and_is_not_repeated(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / V
    path.write_text(path.read_text().split("\n", 1)[1])
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.column) == (V, 1, "")
    assert "Call" not in str(problem.message)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.headers[M].remove("ended_on")
    assert places(delivery.folder(tmp_path / "d")) == [(M, 1, "ended_on")]


def test_each_missing_column_is_named_also_where_most_are_missing(tmp_path: Path) -> None:
    delivery = valid_delivery()
    missing = [name for name in delivery.headers[M][6:] if not columns_of(M)[name].optional]
    del delivery.headers[M][6:]
    expected = [(M, 1, name) for name in missing]
    assert places(delivery.folder(tmp_path / "d")) == expected
    assert places(delivery.workbook(tmp_path / "d.xlsx")) == expected


def test_a_header_in_capitals_is_a_header_with_other_names(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    header, _newline, rest = (folder / V).read_text().partition("\n")
    (folder / V).write_text(f"{header.upper()}\n{rest}")
    names = header.strip().split(",")
    found = places(folder)
    assert {(V, 1, name) for name in names} | {(V, 1, name.upper()) for name in names} == set(found)


@pytest.mark.parametrize(
    "name", ["birth_date", "BSN", "Case_Key", "naam cliënt", "opmerking 2", "e-mail", "x"]
)
def test_an_unknown_column_is_told(tmp_path: Path, name: str) -> None:
    delivery = valid_delivery()
    delivery.headers[M].append(name)
    assert places(delivery.folder(tmp_path / "d")) == [(M, 1, name)]


@pytest.mark.parametrize("name", ["111222333", "1112.22.333", "12-03-2011", "m12ab34cd", "a\nb"])
def test_a_header_that_can_be_data_is_not_repeated(tmp_path: Path, name: str) -> None:
    delivery = valid_delivery()
    delivery.headers[M].insert(3, name)
    (problem,) = problems_of(delivery.folder(tmp_path / "d"))
    assert (problem.file, problem.row, problem.column) == (M, 1, "")
    assert name not in str(problem.message)


def test_a_doubled_column_is_named(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.headers[W].append(" list ")
    assert places(delivery.folder(tmp_path / "d")) == [(W, 1, "list")]


def test_wrong_columns_and_wrong_cells_are_told_together(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(M, 0, "ordered_on", "x").cell(W, 1, "exit_reason", "helped")
    delivery.headers[M].remove("ended_on")
    delivery.headers[W].remove("left_on")
    assert places(delivery.folder(tmp_path / "d")) == [
        (M, 1, "ended_on"),
        (M, 2, "ordered_on"),
        (W, 1, "left_on"),
    ]


@pytest.mark.parametrize("change", [",x", ""])
def test_a_row_with_another_number_of_cells_is_refused(tmp_path: Path, change: str) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / V
    lines = path.read_text().splitlines()
    lines[2] = lines[2] + change if change else lines[2].rsplit(",", 1)[0]
    path.write_text("\n".join(lines))
    assert places(folder) == [(V, 3, "")]


def test_a_row_refused_for_its_width_does_not_make_its_case_unknown(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / M
    lines = path.read_text().splitlines()
    waiting_key = (folder / W).read_text().splitlines()[1].split(",")[0]
    row = next(number for number, line in enumerate(lines) if line.startswith(waiting_key))
    lines[row] = lines[row].rsplit(",", 1)[0]
    path.write_text("\n".join(lines))
    assert places(folder) == [(M, row + 1, "")]


def test_a_point_comma_in_the_header_means_point_comma(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.headers[V].append("a;b")
    folder = delivery.folder(tmp_path / "d")
    assert [place for place in places(folder) if place[0] == V] == [(V, 1, "")]


def test_a_quotation_mark_that_is_not_closed_is_refused(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / V
    path.write_text(path.read_text().replace("Call-2", '"Call-2'))
    assert places(folder) == [(V, 3, "")]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    delivery = valid_delivery().cell(V, 1, "notification_key", "Oproep-é")
    folder = delivery.folder(tmp_path / "d")
    (folder / V).write_bytes(delivery.text(V).encode(encoding))
    (problem,) = problems_of(folder)
    assert problem.file == V
    assert problem.row in {None, 1, 3}


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_spreadsheet_named_csv_is_refused_as_such(tmp_path: Path, begin: bytes) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / V).write_bytes(begin + b"\x00" * 40)
    (problem,) = problems_of(folder)
    assert problem.file == V
    assert "spreadsheet" in str(problem.message)


def test_nul_bytes_are_refused_in_their_row(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(V, 1, "notification_key", "a\x00b")
    assert places(delivery.folder(tmp_path / "d")) == [(V, 3, "")]


def test_a_cell_of_ten_megabytes_is_refused_without_its_text(tmp_path: Path) -> None:
    for index, quote in enumerate(("", '"')):
        folder = valid_delivery().folder(tmp_path / f"d{index}")
        path = folder / V
        path.write_text(path.read_text().replace("Call-2", f"{quote}{'Q' * 10_000_000}{quote}"))
        (problem,) = problems_of(folder)
        assert (problem.file, problem.row) == (V, 3)
        assert "Q" not in str(problem.message)


def test_what_was_expected_and_is_no_delivery_is_refused(tmp_path: Path) -> None:
    (tmp_path / "measures.csv").write_text(valid_delivery().text(M))
    (problem,) = problems_of(tmp_path / "measures.csv")
    assert (problem.file, problem.message) == ("zip", messages.SINGLE_FILE)
    assert places(tmp_path / "nothing") == [("", None, "")]


@pytest.mark.parametrize("name", ["veilig-thuis.csv", " measures.csv", "Veilig Thuis.csv"])
def test_a_name_that_is_almost_right_is_refused(tmp_path: Path, name: str) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / name).write_text("x")
    assert places(folder) == [("folder", None, "")]


def test_one_file_under_two_names_is_refused(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / "VEILIG_THUIS.CSV").write_text("x")
    assert places(folder) == [("veilig_thuis.csv", None, "")]


def test_other_names_in_a_folder_are_left_aside_with_a_warning(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / "notes.txt").write_text("x")
    (warning,) = read(folder).warnings
    assert "notes" not in str(warning.message)


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / V).rename(tmp_path / "elsewhere")
    (folder / V).symlink_to(tmp_path / "elsewhere")
    assert (V, None, "") in places(folder)
