"""Rows of a file into the store: by DuckDB where the file is regular, else one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.database import execute, literal
from pellucid.data.dialect import Dialect, make_reader
from pellucid.data.layout import Layout
from pellucid.data.preview import fit_width
from pellucid.data.types import Rejected, RejectedLine

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINE_BYTES = 2_097_152
"""Longer lines go one by one, since DuckDB allots its buffers by the longest line allowed."""
REJECTED_EXAMPLES = 20
_TEXT_SHOWN = 500
_NEWLINES_SUSPECT = 20
_CHECK_EVERY = 20_000
_STAGE = "Reading rows"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file's rows; `padded` were short and filled up with absent cells."""

    rows: int
    dialect: Dialect
    rejected: Rejected = Rejected()
    padded: int = 0


def load_rows(
    connection: DuckDBPyConnection, text: Path, layout: Layout, scratch: Path, run: Run
) -> Loaded:
    """Make the table `cells` (c0, c1, ... of text) from a UTF-8 file.

    DuckDB's parallel reader goes first. Where it refuses the file, or its first rows differ from
    those of `layout`, the rows are cut one by one and the quote is turned off if more rows
    come out whole without it.
    """
    import duckdb

    if layout.dialect.delimiter and layout.width > 1:
        try:
            _load_with_duckdb(connection, text, layout, run)
        except duckdb.Error:
            connection.execute("DROP TABLE IF EXISTS cells")
        else:
            if _agrees(connection, layout):
                count = connection.execute("SELECT count(*) FROM cells").fetchall()[0][0]
                return Loaded(count, layout.dialect)
            connection.execute("DROP TABLE cells")
    clean = _clean_best(text, layout, scratch, run)
    _load_clean(connection, clean, layout.width, run)
    return Loaded(clean.rows, clean.dialect, clean.rejected, clean.padded)


def _load_with_duckdb(connection: DuckDBPyConnection, text: Path, layout: Layout, run: Run) -> None:
    dialect = layout.dialect
    names = ", ".join(f"'c{i}'" for i in range(layout.width))
    options = {
        "delim": literal(dialect.delimiter),
        "quote": literal(dialect.quote),
        "escape": literal(dialect.escape or dialect.quote),
        "skip": str(layout.header_rows),
        "force_not_null": f"[{names}]",
        "max_line_size": str(LINE_BYTES),
    }
    _create(connection, text, layout.width, options, run)


def _create(
    connection: DuckDBPyConnection, text: Path, width: int, options: dict[str, str], run: Run
) -> None:
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
    given = ", ".join(f"{name}={value}" for name, value in options.items())
    sql = (
        f"CREATE TABLE cells AS SELECT * FROM read_csv({literal(str(text))},"
        f" columns={{{columns}}}, auto_detect=false, header=false, strict_mode=true, {given})"
    )
    execute(connection, sql, run, _STAGE, text.stat().st_size)


def _agrees(connection: DuckDBPyConnection, layout: Layout) -> bool:
    """Return whether the store starts with exactly the rows that the layout saw."""
    wanted = [fit_width(row, layout.width) for row in layout.rows]
    sql = f"SELECT * FROM cells WHERE rowid < {len(wanted)} ORDER BY rowid"
    return connection.execute(sql).fetchall() == wanted


@dataclass(frozen=True, slots=True)
class _Clean:
    path: Path
    rows: int
    whole: int
    padded: int
    rejected: Rejected
    longest: int
    suspect: bool
    dialect: Dialect


def _clean_best(text: Path, layout: Layout, scratch: Path, run: Run) -> _Clean:
    clean = _clean(text, layout, layout.dialect, scratch / "clean.csv", run)
    if layout.dialect.quote and (clean.suspect or clean.whole < clean.rows + clean.rejected.rows):
        bare = replace(layout.dialect, quote="", escape="")
        other = _clean(text, layout, bare, scratch / "bare.csv", run)
        if other.whole > clean.whole:
            return other
    return clean


def _clean(text: Path, layout: Layout, dialect: Dialect, out: Path, run: Run) -> _Clean:
    """Cut `text` into rows and write those that can be kept, quoted throughout, to `out`."""
    whole = padded = rejected = longest = 0
    suspect = False
    examples: list[RejectedLine] = []
    size = text.stat().st_size
    with text.open(encoding="utf-8-sig", newline="") as source, out.open("wb") as target:
        lines = _Remembered(source)
        reader = make_reader(lines, dialect)
        for index, (first_line, row) in enumerate(_numbered(reader, layout.header_rows, lines)):
            if index % _CHECK_EVERY == 0:
                run.check()
                run.progress(_STAGE, min(source.buffer.tell(), size), size)
            reason = _unfit(row, layout.width)
            if reason:
                rejected += 1
                if len(examples) < REJECTED_EXAMPLES:
                    examples.append(RejectedLine(first_line, reason, lines.text()[:_TEXT_SHOWN]))
                continue
            whole += len(row) == layout.width
            padded += len(row) < layout.width
            suspect = suspect or any(cell.count("\n") > _NEWLINES_SUSPECT for cell in row)
            longest = max(longest, target.write(_quoted(row, layout.width)))
    kept = Rejected(rejected, tuple(examples))
    rows = index + 1 - rejected if (whole or padded or rejected) else 0
    return _Clean(out, rows, whole, padded, kept, longest, suspect, dialect)


class _Remembered:
    """Passes lines on and remembers those since the last call of `forget`."""

    def __init__(self, lines: IO[str]) -> None:
        self._lines = lines
        self._kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._kept.append(line)
            yield line

    def text(self) -> str:
        return "".join(self._kept).rstrip("\r\n")

    def forget(self) -> None:
        self._kept.clear()


def _numbered(
    reader: csv._reader, header_rows: int, lines: _Remembered
) -> Iterator[tuple[int, list[str]]]:
    """Yield data rows with the number of their first line, from 1; blank lines are no rows."""
    first_line, skipped = 1, 0
    for row in reader:
        if row and skipped < header_rows:
            skipped += 1
        elif row:
            yield first_line, row
        first_line = reader.line_num + 1
        lines.forget()


def _unfit(row: list[str], width: int) -> str:
    """Return why a row cannot be kept, or nothing: short rows are padded, empty ends cut."""
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        return f"{len(row)} cells instead of {width}"
    if len(row) == 1 and width > 2:
        return f"1 cell instead of {width}"
    return ""


def _quoted(row: list[str], width: int) -> bytes:
    cells = ['"' + cell.replace('"', '""') + '"' for cell in row[:width]]
    return (",".join(cells) + "," * (width - len(cells)) + "\n").encode(errors="replace")


def _load_clean(connection: DuckDBPyConnection, clean: _Clean, width: int, run: Run) -> None:
    options = {
        "delim": "','",
        "quote": "'\"'",
        "escape": "'\"'",
        "allow_quoted_nulls": "false",
        "parallel": "false",
        "max_line_size": str(max(LINE_BYTES, clean.longest + 16)),
    }
    _create(connection, clean.path, width, options, run)
    found = connection.execute("SELECT count(*) FROM cells").fetchall()[0][0]
    if found != clean.rows:
        raise UserError(
            f"Only {found:,} of {clean.rows:,} rows could be stored",
            "Save the file as plain UTF-8 CSV and open that.",
        )
