"""The first rows are there at once, and are those of the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.data.preview import preview
from pellucid.data.reading import Reading


def test_the_first_rows_come_with_names_and_source(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("a\tb\n" + "".join(f"{i}\t x\n" for i in range(500)))
    found = preview(path, rows=3)
    assert found.columns == ("a", "b")
    assert found.rows == (("0", " x"), ("1", " x"), ("2", " x"))
    assert (found.source.format, found.source.delimiter) == ("tsv", "\t")
    assert found.source.bytes == path.stat().st_size


def test_a_row_cut_by_the_end_of_the_sample_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    row = ",".join(["x" * 1000] * 60)
    path.write_text("\n".join([",".join(f"c{i}" for i in range(60)), *[row] * 40]))
    found = preview(path)
    assert 10 < len(found.rows) < 40
    assert all(r == tuple(row.split(",")) for r in found.rows)


def test_ragged_rows_are_shown_as_the_table_will_hold_them(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("a,b,c\n" + "1,2,3\n" * 30 + "4,5\nremark\n")
    assert preview(path).rows[29:] == (("1", "2", "3"), ("4", "5", None))


def test_choices_are_kept_and_errors_are_clear(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("1;2\n3;4\n")
    assert preview(path, Reading(header_rows=1)).columns == ("1", "2")
    with pytest.raises(UserError, match="There is no file"):
        preview(tmp_path / "absent.csv")
