"""Groups of rows by any column, texts of any kind of column, and the rows that a fit knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.data.types import Split
from pellucid.engine.columns import MOST_GROUPS, groups_of, part_of, sampled, texts_of
from pellucid.models.black_box.box import BlackBox, BlackBoxFit, nothing_known
from pellucid.models.types import Task

ROWS = 60


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    path = tmp_path / "visits.csv"
    lines = [
        f"2024-{1 + i % 12:02d}-11,{i if i % 10 else ''},{7 + i % 2},{'ab'[i % 2]},town {i % 15}"
        for i in range(ROWS)
    ]
    path.write_text("day,size,fee,make,town\n" + "\n".join(lines) + "\n")
    with open_table(path) as opened:
        yield opened


def test_numbers_and_dates_are_cut_at_their_median(table: Table) -> None:
    size, day = groups_of(table, "size"), groups_of(table, "day")

    assert size[0] is None
    assert {str(group) for group in size if group} == {"up to 30", "over 30"}
    assert {str(group)[:8] for group in day} == {"up to 20", "over 202"}


def test_a_number_is_cut_below_its_median_where_nothing_lies_above(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    path.write_text("stars\n" + "".join(f"{5 if i % 3 else 1 + i % 4}\n" for i in range(60)))
    with open_table(path) as opened:
        groups = groups_of(opened.with_kinds({"stars": "number"}), "stars").tolist()
    assert {str(group) for group in groups} == {"under 5", "5"}
    assert groups.count("5") == 40


def test_two_values_are_their_own_groups(table: Table) -> None:
    viewed = table.with_kinds({"fee": "number"})
    try:
        assert set(groups_of(viewed, "fee")) == {"7", "8"}
    finally:
        if viewed is not table:
            viewed.close()
    assert set(groups_of(table, "make")) == {"a", "b"}


def test_of_many_groups_the_commonest_are_kept(table: Table) -> None:
    groups = [group for group in groups_of(table, "town") if group is not None]

    assert len(set(groups)) == MOST_GROUPS


def test_any_column_can_be_read_as_text(table: Table) -> None:
    assert texts_of(table, "make")[:2] == ["a", "b"]
    assert texts_of(table, "fee")[0] == "7"
    with pytest.raises(UserError, match="no column"):
        texts_of(table, "nonsense")


def test_rows_of_a_part_are_those_of_the_fits_own_table(table: Table) -> None:
    task = Task("make", "binary", ("a", "b"), "b", (("town", "text"),))
    split = Split(np.repeat(np.array([0, 1, 2], dtype=np.int8), ROWS // 3), 0)
    fit = BlackBoxFit(BlackBox(task, "town", Path("nowhere")), nothing_known(task), split)
    other = replace(fit, summary=replace(fit.summary, source_fingerprint="another"))

    assert part_of(fit, table, "test").rows.tolist() == list(range(40, 60))
    assert part_of(fit, table, "train").part == "train"
    assert part_of(other, table, "test").part == "all"
    assert len(part_of(replace(fit, split=None), table, "test").rows) == ROWS


def test_a_sample_is_drawn_by_its_seed() -> None:
    rows = list(range(100))

    assert sampled(rows, 200, 0, 1) == rows
    assert sampled(rows, 10, 0, 1) == sampled(rows, 10, 0, 1) != sampled(rows, 10, 1, 1)
    assert sampled(rows, 10, 0, 1) == sorted(sampled(rows, 10, 0, 1))
