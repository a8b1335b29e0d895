"""The first rows of a file, fast whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pellucid.data.layout import Reading, examine, unfit
from pellucid.data.types import Alert, Source


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as text; a cell that its row does not have is None."""

    source: Source
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    notes: tuple[Alert, ...] = ()


def preview(path: Path, reading: Reading | None = None, rows: int = 200) -> Preview:
    """Read at most `rows` rows from the first megabyte of a file.

    The source's fingerprint is empty: it needs the whole file. Raises `UserError` like
    `examine`.
    """
    layout = examine(path, reading or Reading())
    size = path.stat().st_size
    kept = (row for row in layout.rows if not unfit(row, layout.width))
    first = tuple(fit_width(row, layout.width) for row in islice(kept, rows))
    return Preview(layout.source(path, size), layout.names, first, layout.notes)


def fit_width(row: tuple[str, ...], width: int) -> tuple[str | None, ...]:
    """Return the row with exactly `width` cells: cut, or filled up with None."""
    return (*row[:width], *(None for _ in range(width - len(row))))
