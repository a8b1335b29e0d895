"""Rows of a file into the store: by DuckDB where the file is regular, else one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.database import execute, literal
from pellucid.data.dialect import Dialect, Reader, make_reader
from pellucid.data.encoding import as_text
from pellucid.data.layout import Layout, unfit
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
    rejected: Rejected = field(default_factory=Rejected)
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
    rejected = Rejected(clean.rejected, tuple(clean.examples), tuple(clean.positions))
    return Loaded(clean.rows, clean.dialect, rejected, clean.padded)


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


@dataclass(slots=True)
class _Clean:
    """What was cut: `whole` rows had just the right number of cells, `longest` is in bytes."""

    path: Path
    dialect: Dialect
    rows: int = 0
    whole: int = 0
    padded: int = 0
    longest: int = 0
    is_suspect: bool = False
    """Whether a cell holds so many lines that a stray quote may have swallowed them."""
    rejected: int = 0
    positions: list[int] = field(default_factory=list)
    examples: list[RejectedLine] = field(default_factory=list)

    def keep(self, row: list[str], width: int, target: BinaryIO) -> None:
        self.rows += 1
        self.whole += len(row) == width
        self.padded += len(row) < width
        self.is_suspect |= any(cell.count("\n") > _NEWLINES_SUSPECT for cell in row)
        self.longest = max(self.longest, target.write(_quoted(row, width)))

    def reject(self, line: int, reason: str, text: str) -> None:
        self.positions.append(self.rows + self.rejected)
        self.rejected += 1
        if len(self.examples) < REJECTED_EXAMPLES:
            self.examples.append(RejectedLine(line, reason, text[:_TEXT_SHOWN]))


def _clean_best(text: Path, layout: Layout, scratch: Path, run: Run) -> _Clean:
    clean = _clean(text, layout, layout.dialect, scratch / "clean.csv", run)
    damaged = clean.is_suspect or clean.whole < clean.rows + clean.rejected
    if not (layout.dialect.quote and damaged):
        return clean
    bare = replace(layout.dialect, quote="", escape="")
    other = _clean(text, layout, bare, scratch / "bare.csv", run)
    return other if other.whole > clean.whole else clean


def _clean(text: Path, layout: Layout, dialect: Dialect, out: Path, run: Run) -> _Clean:
    """Cut `text` into rows and write those that can be kept, quoted throughout, to `out`."""
    clean = _Clean(out, dialect)
    size = text.stat().st_size
    with text.open("rb") as raw, as_text(raw, "utf-8-sig") as source, out.open("wb") as target:
        lines = _Remembered(source)
        reader = make_reader(lines, dialect)
        for index, (line, row) in enumerate(_numbered(reader, layout.header_rows, lines)):
            if index % _CHECK_EVERY == 0:
                run.check()
                run.progress(_STAGE, raw.tell(), size)
            reason = unfit(row, layout.width)
            if reason:
                clean.reject(line, reason, lines.text())
            else:
                clean.keep(row, layout.width, target)
    return clean


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
    reader: Reader, header_rows: int, lines: _Remembered
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
