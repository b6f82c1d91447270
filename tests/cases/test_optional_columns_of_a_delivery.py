"""Optional columns: left out they say the same as empty; filled they are kept and part of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cases.counting.rules.columns import UNKNOWN
from cases.deliveries.imports import messages
from cases.deliveries.imports.layout import FILES
from cases.returns.rules import wrong_figures
from tests.factories.deliveries import DeliveryFiles, problems_of, read, valid_delivery

M, S = "measures.csv", "staffing.csv"
OPTIONAL = [
    (file, column.name) for file, columns in FILES.items() for column in columns if column.optional
]
AS_BEFORE = "12a0e9f0df50df6e8ffe8f1bae96d5feff5d45fea1d7a6caa948bd7a7818fb4e"
"""The identity that the valid delivery had before the format knew any of these columns."""
VALUES = {"order_ends_on": "2026-01-06", "workers_so_far": "2", "internal_leavers": "1"}


def without(*columns: str) -> DeliveryFiles:
    delivery = valid_delivery()
    for header in delivery.headers.values():
        header[:] = [name for name in header if name not in columns]
    return delivery


def test_these_are_the_optional_columns() -> None:
    assert OPTIONAL == [(M, "order_ends_on"), (M, "workers_so_far"), (S, "internal_leavers")]


def test_left_out_and_empty_are_the_same_and_as_before_the_format_knew_them(
    tmp_path: Path,
) -> None:
    names = [name for _file, name in OPTIONAL]
    for number, columns in enumerate([names, names[:1], names[1:], []]):
        delivery = without(*columns)
        assert read(delivery.folder(tmp_path / str(number))).sha256 == AS_BEFORE
        assert read(delivery.workbook(tmp_path / f"{number}.xlsx")).sha256 == AS_BEFORE


@pytest.mark.parametrize(("file", "column"), OPTIONAL)
def test_what_stands_in_one_is_part_of_the_identity(tmp_path: Path, file: str, column: str) -> None:
    delivery = valid_delivery().cell(file, 0, column, VALUES[column])
    filled = read(delivery.folder(tmp_path / "d")).sha256
    assert filled != AS_BEFORE
    assert read(delivery.workbook(tmp_path / "d.xlsx")).sha256 == filled
    elsewhere = valid_delivery().cell(file, 1, column, VALUES[column])
    assert read(elsewhere.folder(tmp_path / "e")).sha256 not in {filled, AS_BEFORE}


def test_they_are_read_as_columns(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(M, 0, "order_ends_on", "6-1-2026")
    delivery.cell(M, 1, "workers_so_far", "3").cell(M, 2, "workers_so_far", "0")
    delivery.cell(S, 0, "internal_leavers", "2")
    parsed = read(delivery.folder(tmp_path / "d"))
    measures = parsed.facts.measures
    assert measures.order_ends_on[0] == np.datetime64("2026-01-06")
    assert np.isnat(measures.order_ends_on[1:]).all()
    assert measures.workers_so_far.tolist() == [UNKNOWN, 3, 0]
    assert [row.quantities["internal_leavers"] for row in parsed.staffing] == [None, 2, None]


def test_left_out_they_are_not_known(tmp_path: Path) -> None:
    parsed = read(without(*VALUES).folder(tmp_path / "d"))
    assert np.isnat(parsed.facts.measures.order_ends_on).all()
    assert parsed.facts.measures.workers_so_far.tolist() == [UNKNOWN] * 3


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        (M, "order_ends_on", "2025-01-06"),
        (M, "order_ends_on", "2043-01-06"),
        (M, "workers_so_far", "0"),
        (S, "internal_leavers", "2"),
        (S, "internal_leavers", "0"),
    ],
)
def test_what_lies_on_the_edge_is_accepted(
    tmp_path: Path, file: str, column: str, value: str
) -> None:
    delivery = valid_delivery().cell(file, 0, column, value)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_internal_leavers_are_compared_with_leavers_that_are_known_alone(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(S, 1, "internal_leavers", "5")
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_no_other_column_may_be_left_out(tmp_path: Path) -> None:
    for file, columns in FILES.items():
        for column in columns:
            if column.optional:
                continue
            found = problems_of(without(column.name).folder(tmp_path / f"{file}-{column.name}"))
            assert (file, 1, column.name) in {(one.file, one.row, one.column) for one in found}


def test_a_typed_return_is_held_to_the_same() -> None:
    row = {"leavers": "1", "internal_leavers": "2"}
    (wrong,) = wrong_figures({"other": row})
    assert (wrong.role, wrong.quantity) == ("other", "internal_leavers")
    assert wrong_figures({"other": {**row, "internal_leavers": "1"}}) == []
    assert [one.message for one in wrong_figures({"other": {"leavers": "n.v.t."}})] == [
        messages.LEAVE_EMPTY
    ]
