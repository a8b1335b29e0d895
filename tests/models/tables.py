"""Columns to a table, through a CSV file as a user would have it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from pellucid.data.reading import open_table
from pellucid.data.table import Table


def open_columns(folder: Path, columns: Mapping[str, Sequence[object]]) -> Table:
    """Write columns to a CSV file in `folder` and open it; None is an empty cell."""
    path = folder / f"table{len(list(folder.glob('*.csv')))}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow(["" if value is None else value for value in row])
    return open_table(path)
