"""How a file is laid out, decided from its first bytes: encoding, dialect, headings, names."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.data.dialect import Dialect, detect_dialect, read_rows
from pellucid.data.encoding import MIXED, decode, detect_encoding
from pellucid.data.header import column_names, count_header_rows
from pellucid.data.numerals import file_decimal
from pellucid.data.types import Alert, Kind, Source

HEAD_BYTES = 1_048_576
_HEAD_BYTES_AT_MOST = 64 * HEAD_BYTES
SAMPLE_ROWS = 1000
_WIDER_SHARE = 0.05
"""If more rows than this have more cells than the headings, the table is as wide as they are."""

_BINARY = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
)
_CONTROL_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read; None means "find out".

    `header_rows` counts the rows that are not data, 0 for a file without headings. An empty
    `quote` turns quoting off. `kinds` sets the kind of columns by name.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_rows: int | None = None
    decimal: str | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the beginning of a file shows. `rows` are its first data rows, not padded."""

    encoding: str
    dialect: Dialect
    header_rows: int
    names: tuple[str, ...]
    decimal: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[Alert, ...] = ()

    @property
    def width(self) -> int:
        return len(self.names)

    def source(self, path: Path, size: int, fingerprint: str = "") -> Source:
        """Return the public description of a file laid out like this."""
        return Source(
            path=path,
            format="tsv" if self.dialect.delimiter == "\t" else "csv",
            encoding=self.encoding,
            delimiter=self.dialect.delimiter,
            quote=self.dialect.quote,
            header_rows=self.header_rows,
            decimal=self.decimal,
            thousands="",
            bytes=size,
            fingerprint=fingerprint,
        )


def examine(path: Path, reading: Reading) -> Layout:
    """Return how the file at `path` is laid out.

    Raises `UserError` where there is no file, nothing in it, or no text.
    """
    head, complete = _read_head(path)
    _refuse_binary(path, head)
    encoding = _encoding(head, complete, reading)
    text = decode(head, encoding)
    if not complete:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    if not text.strip():
        raise UserError(f"{path.name} has no text in it", "Choose a file with rows of data.")
    dialect = detect_dialect(text, reading.delimiter, reading.quote)
    rows = _first_rows(text, dialect, complete)
    header_rows = reading.header_rows
    if header_rows is None:
        header_rows = count_header_rows(rows)
    data = rows[header_rows:]
    if not data:
        raise UserError(
            f"{path.name} has headings and no rows",
            "Choose a file with data under its headings; if the first line is data, say that"
            " the file has no heading.",
        )
    names, notes = column_names(rows[:header_rows], _width(rows[:header_rows], data))
    decimal = reading.decimal or file_decimal(data)
    if encoding == MIXED:
        notes.append(
            Alert("encoding", (), "Some bytes are not UTF-8 and were read as Windows-1252")
        )
    return Layout(
        encoding, dialect, header_rows, names, decimal, tuple(map(tuple, data)), tuple(notes)
    )


def _read_head(path: Path) -> tuple[bytes, bool]:
    if path.is_dir():
        raise UserError(f"{path} is a folder", "Choose a file in it.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            while head.count(b"\n") < 3 and len(head) < _HEAD_BYTES_AT_MOST:
                more = file.read(len(head) * 3)
                if not more:
                    break
                head += more
            complete = not file.read(1)
    except FileNotFoundError:
        raise UserError(f"There is no file {path}", "Check the name and the folder.") from None
    except OSError as error:
        raise UserError(
            f"Cannot read {path}: {error.strerror}", "Check that you may read this file."
        ) from error
    if not head:
        raise UserError(f"{path.name} is empty", "Choose a file with rows of data.")
    return head, complete


def _refuse_binary(path: Path, head: bytes) -> None:
    for mark, what in _BINARY:
        if head.startswith(mark):
            raise UserError(
                f"{path.name} is {what}, not a text table",
                "Unpack it, or save the table as CSV, and open that.",
            )
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    start = head[:8192]
    if detect_encoding(start, complete=False).startswith("utf-16"):
        return
    controls = sum(start.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\v\x1b\x1a")
    if controls > 3 and controls > _CONTROL_SHARE * len(start):
        raise UserError(f"{path.name} is not a text file", "Save the table as CSV and open that.")


def _encoding(head: bytes, complete: bool, reading: Reading) -> str:
    if reading.encoding is None or reading.encoding == MIXED:
        return reading.encoding or detect_encoding(head, complete=complete)
    try:
        return codecs.lookup(reading.encoding).name
    except LookupError:
        raise UserError(
            f"There is no encoding named {reading.encoding}",
            "Use a name such as utf-8, cp1252, gbk or shift_jis.",
        ) from None


def _first_rows(text: str, dialect: Dialect, complete: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in read_rows(io.StringIO(text, newline=""), dialect):
            rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error as error:
        raise UserError(f"The rows cannot be told apart: {error}", "Give the delimiter.") from error
    cut = not complete and len(rows) <= SAMPLE_ROWS and len(rows) > 1
    return rows[:-1] if cut else rows


def unfit(row: Sequence[str], width: int) -> str:
    """Return why a row of cells cannot be kept, or nothing.

    Short rows can: they are filled up. So can rows that are too long by empty cells. A lone cell in
    a table of three columns or more is a remark or a broken line.
    """
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        return f"{len(row)} cells instead of {width}"
    if len(row) == 1 and width > 2:
        return f"1 cell instead of {width}"
    return ""


def _width(headings: list[list[str]], data: list[list[str]]) -> int:
    named = max((len(row) for row in headings[-1:]), default=0)
    widths = Counter(len(row) for row in data)
    if not named:
        return max(widths, key=lambda width: (widths[width], width))
    wider = sum(count for width, count in widths.items() if width > named)
    if wider > _WIDER_SHARE * len(data):
        return max(width for width, count in widths.items() if width > named)
    return named
