"""How a text is cut into rows and cells: delimiter, quote and escape, from its beginning."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

_USUAL = ",;\t|"
_RARE = ":@^~ "
_ROWS = 1000
_USUAL_LEAST_SHARE = 0.6
"""A usual delimiter must give this share of rows the same width; ragged files come close to it."""
_RARE_LEAST_SHARE = 0.98
_NO_DELIMITER = "\x1f"


class Reader(Protocol):
    """What `csv.reader` returns: rows, and the number of lines that they took so far."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """`delimiter` is empty where every line is one cell; `quote` and `escape` may be empty.

    Without an escape a quote inside quotes is doubled. `pad` says that blanks stand between a
    delimiter and an opening quote, which are not part of the cell.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    pad: bool = False


def read_rows(
    lines: Iterable[str], dialect: Dialect, *, strict: bool = False
) -> Iterator[list[str]]:
    """Cut lines into rows of cells, skipping blank lines.

    Raises `csv.Error` on quotes out of place if `strict`.
    """
    return (row for row in make_reader(lines, dialect, strict=strict) if row)


def make_reader(lines: Iterable[str], dialect: Dialect, *, strict: bool = False) -> Reader:
    """Return the standard library's reader set to `dialect`, with no limit on a cell's size."""
    csv.field_size_limit(sys.maxsize)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter or _NO_DELIMITER,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        doublequote=not dialect.escape,
        skipinitialspace=dialect.pad,
        strict=strict,
    )


def detect_dialect(sample: str, delimiter: str | None = None, quote: str | None = None) -> Dialect:
    """Return the dialect under which `sample`, cut at a line end, is most regular.

    Usual delimiters are tried first, then clevercsv for odd quotes and escapes, then rare
    delimiters, which must fit nearly every row. What is given is kept.
    """
    if delimiter is not None:
        return _with_quote(sample, delimiter, quote)[0]
    usual = [_with_quote(sample, mark, quote) for mark in _USUAL if mark in sample]
    best = max(usual, key=lambda found: _fit(sample, found), default=None)
    if best is not None and _is_regular(sample, *best):
        return best[0]
    for dialect, width, share in (_clever(sample), *_rare(sample, quote)):
        if width >= 2 and share >= _RARE_LEAST_SHARE:
            return dialect
    return _one_column(sample, quote)


def _is_regular(sample: str, dialect: Dialect, width: int, share: float) -> bool:
    """Return whether enough rows have this width; half will do where the headings have it too."""
    if width < 2 or share < _USUAL_LEAST_SHARE - 0.1:
        return False
    return share >= _USUAL_LEAST_SHARE or _first_width(sample, dialect) == width


def _fit(sample: str, found: tuple[Dialect, int, float]) -> float:
    """Score a delimiter, at half where the first row has another width than most."""
    same = _first_width(sample, found[0]) == found[1]
    return _score(found) * (1 if same else 0.5)


def _first_width(sample: str, dialect: Dialect) -> int:
    return len(next(read_rows(io.StringIO(sample, newline=""), dialect), []))


def _score(found: tuple[Dialect, int, float]) -> float:
    _, width, share = found
    return share**2 * (1 - 1 / width)


def _rare(sample: str, quote: str | None) -> list[tuple[Dialect, int, float]]:
    return [_with_quote(sample, mark, quote) for mark in _RARE if mark in sample]


def _one_column(sample: str, quote: str | None) -> Dialect:
    dialect, width, share = _with_quote(sample, ",", quote)
    return dialect if width == 1 and share == 1 else Dialect("", quote or "")


def _with_quote(sample: str, delimiter: str, quote: str | None) -> tuple[Dialect, int, float]:
    """Return the best dialect with this delimiter, its usual width and how many rows share it."""
    pad = delimiter != " " and f'{delimiter} "' in sample
    single = f"{delimiter}'" in sample or f"'{delimiter}" in sample
    quotes = [quote] if quote is not None else ['"', "'"] if single else ['"']
    tries = [Dialect(delimiter, mark, pad=pad) for mark in quotes]
    if quote is None and '\\"' in sample:
        tries.append(Dialect(delimiter, '"', "\\", pad))
    strict = [(d, *found) for d in tries if (found := _regularity(sample, d, strict=True))]
    if strict:
        return max(strict, key=lambda found: _fit(sample, found))
    lenient = [Dialect(delimiter, quotes[0], pad=pad)]
    if quote is None:
        lenient.append(Dialect(delimiter, ""))
    measured = [(dialect, *(_regularity(sample, dialect) or (1, 0.0))) for dialect in lenient]
    return max(measured, key=_score)


def _regularity(sample: str, dialect: Dialect, *, strict: bool = False) -> tuple[int, float] | None:
    widths: Counter[int] = Counter()
    try:
        for row in read_rows(io.StringIO(sample, newline=""), dialect, strict=strict):
            widths[len(row)] += 1
            if widths.total() >= _ROWS:
                break
    except csv.Error:
        return None
    if not widths:
        return 1, 1.0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return width, rows / widths.total()


def _clever(sample: str) -> tuple[Dialect, int, float]:
    import clevercsv

    few = "".join(sample.splitlines(keepends=True)[:50])[:10_000]
    try:
        found = clevercsv.Sniffer().sniff(few)
    except clevercsv.Error:
        return Dialect(""), 1, 0.0
    if (
        found is None
        or not found.delimiter
        or found.delimiter.isalnum()
        or found.delimiter in _RARE
    ):
        return Dialect(""), 1, 0.0
    dialect = Dialect(found.delimiter, found.quotechar or "", found.escapechar or "")
    return dialect, *(_regularity(sample, dialect) or (1, 0.0))
