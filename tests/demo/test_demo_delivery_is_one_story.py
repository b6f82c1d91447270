from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from reports.demo.delivery import FILES, demo_delivery, write_folder, write_zip


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        delivery = demo_delivery(3, months=3, scale=0.1)
        write_folder(delivery, tmp_path / name)
        write_zip(delivery, tmp_path / f"{name}.zip")
    for file in FILES:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_another_seed_gives_another_delivery() -> None:
    assert demo_delivery(1, scale=0.1).rows != demo_delivery(2, scale=0.1).rows


def test_the_zip_holds_the_same_files_as_the_folder(tmp_path: Path) -> None:
    delivery = demo_delivery(3, months=3, scale=0.1)
    write_folder(delivery, tmp_path / "folder")
    write_zip(delivery, tmp_path / "delivery.zip")
    with zipfile.ZipFile(tmp_path / "delivery.zip") as archive:
        assert archive.namelist() == list(FILES)
        for name in FILES:
            assert archive.read(name) == (tmp_path / "folder" / name).read_bytes()


def test_a_later_delivery_knows_more_and_takes_nothing_back() -> None:
    august = demo_delivery(5, until=date(2025, 8, 1), months=12)
    september = demo_delivery(5, until=date(2025, 9, 1), months=12)
    later = {row[0]: row for row in september.rows["measures.csv"]}
    columns = FILES["measures.csv"]
    changing = {
        columns.index(name) for name in ("plan_reviewed_on", "order_ends_on", "workers_so_far")
    }
    for row in august.rows["measures.csv"]:
        for column, cell in enumerate(row):
            if cell and column not in changing and row[0] in later:
                assert later[row[0]][column] == cell


def test_the_period_is_counted_back_from_its_last_month() -> None:
    delivery = demo_delivery(1, until=date(2025, 2, 1), months=3, scale=0.05)
    assert (delivery.period_from, delivery.period_until) == (
        date(2024, 12, 1),
        date(2025, 2, 1),
    )
    assert {row[0] for row in delivery.rows["staffing.csv"]} == {
        "2024-12",
        "2025-01",
        "2025-02",
    }


def test_a_larger_scale_gives_a_larger_institution() -> None:
    small, large = demo_delivery(1, scale=0.2), demo_delivery(1, scale=0.6)
    ratio = len(large.rows["measures.csv"]) / len(small.rows["measures.csv"])
    assert 2.5 < ratio < 3.5


@pytest.mark.parametrize(("months", "scale"), [(0, 1.0), (200, 1.0), (1, 0.0)])
def test_an_impossible_wish_is_refused(months: int, scale: float) -> None:
    with pytest.raises(ValueError, match="period must start"):
        demo_delivery(1, months=months, scale=scale)
