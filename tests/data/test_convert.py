"""A clean copy has every cell, or typed values."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_tables import OpenText

from pellucid.core.errors import UserError
from pellucid.data.convert import convert

MESSY = 'n;"a ""b""";when\n1,5; x ;01/02/2020\n;"p;""q""\nr";15/02/2020\nmany;NA;\n'


def test_csv_has_every_cell_exactly_as_read(open_text: OpenText, tmp_path: Path) -> None:
    table = open_text(MESSY.encode("utf-16"))
    out = tmp_path / "clean.csv"
    convert(table, out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    assert rows == [("n", 'a "b"', "when"), *table.page(0, 9)]


def test_parquet_has_typed_columns(open_text: OpenText, tmp_path: Path) -> None:
    table = open_text(MESSY, kinds={"n": "number"})
    out = tmp_path / "clean.parquet"
    convert(table, out)
    columns = pq.read_table(out).to_pydict()
    assert columns["n"] == [1.5, None, None]
    assert columns['a "b"'] == ["x", 'p;"q"\nr', None]
    assert columns["when"] == [datetime(2020, 2, 1), datetime(2020, 2, 15), None]


def test_other_formats_are_refused_and_nothing_is_written(
    open_text: OpenText, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"Cannot write \.xlsx"):
        convert(open_text("a,b\n1,2\n"), tmp_path / "out.xlsx")
    with pytest.raises(UserError, match="does not exist"):
        convert(open_text("a,b\n1,2\n"), tmp_path / "absent" / "out.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["table.csv"]
