"""A table in figures: every column, what to beware of, and what goes together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pellucid.core.run import Run
from pellucid.data.alerts import column_alerts, table_alerts
from pellucid.data.associations import associate
from pellucid.data.database import interruptible
from pellucid.data.summaries import Summary, summarize_column
from pellucid.data.table import Table
from pellucid.data.types import Profile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def profile(table: Table, run: Run | None = None) -> Profile:
    """Return the table in figures; the same table and seed give the same figures.

    All but the associations, which take a sample of 10,000 rows, covers every row and is computed
    in DuckDB. Raises `StoppedError` when asked to stop.
    """
    run = run or Run()
    summaries: list[Summary] = []
    with table.cursor() as cursor, interruptible(cursor, run):
        for index, column in enumerate(table.columns):
            run.check()
            run.progress("Profiling columns", index, len(table.columns))
            summary = summarize_column(cursor, table, column)
            alerts = column_alerts(summary)
            summaries.append(replace(summary, profile=replace(summary.profile, alerts=alerts)))
        run.check()
        run.progress("Looking for repeated rows")
        duplicates = _count_duplicates(cursor, table)
    associations, sampled = associate(table, run)
    return Profile(
        rows=table.rows,
        columns=tuple(summary.profile for summary in summaries),
        alerts=table_alerts(table, summaries, duplicates, associations),
        associations=associations,
        duplicate_rows=duplicates,
        sampled=sampled,
    )


def _count_duplicates(cursor: DuckDBPyConnection, table: Table) -> int:
    """Count rows whose text equals an earlier row's, by a 64-bit hash of all cells."""
    cells = ", ".join(f"c{i}" for i in range(len(table.columns)))
    sql = f"SELECT count(DISTINCT hash({cells})) FROM cells"
    return table.rows - int(cursor.execute(sql).fetchall()[0][0])
