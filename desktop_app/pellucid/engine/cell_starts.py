"""How the cells of a column begin, so that texts without any of them are passed over at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pellucid.data.table import Table

_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class CellStarts:
    """The hashes of how cells begin, sorted, and how long those beginnings are.

    A hash takes a few bytes whatever the cell, so that this fits where the cells would not.
    """

    hashes: NDArray[np.int64]
    lengths: tuple[int, ...]

    def may_stand_in(self, text: str) -> bool:
        """Say whether a cell may begin somewhere in `text`; what is not found is surely absent."""
        for length in self.lengths:
            places = range(len(text) - length + 1)
            if not places:
                break
            own = np.fromiter((hash(text[i : i + length]) for i in places), np.int64, len(places))
            at = np.minimum(np.searchsorted(self.hashes, own), self.hashes.size - 1)
            if np.any(self.hashes[at] == own):
                return True
        return False


def start_sql(table: Table, name: str, longest: int) -> str:
    """Return SQL for how a cell begins: in small letters and one line; NULL for an empty one."""
    cell = f"c{table.position(name)}"
    tidy = f"trim(regexp_replace(lower({cell}), '\\s+', ' ', 'g'))"
    return f"nullif(left(replace(replace({tidy}, '“', '‘'), '”', '’'), {longest}), '')"


def cell_starts(table: Table, name: str, longest: int) -> CellStarts:
    """Return how the cells of a column begin, read once."""
    parts: list[NDArray[np.int64]] = []
    lengths: set[int] = set()
    with table.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {start_sql(table, name, longest)} FROM cells")
        while rows := cursor.fetchmany(_BATCH):
            starts = [start for (start,) in rows if start]
            lengths.update(map(len, starts))
            parts.append(np.fromiter(map(hash, starts), np.int64, len(starts)))
    hashes = np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)
    return CellStarts(hashes, tuple(sorted(lengths)))
