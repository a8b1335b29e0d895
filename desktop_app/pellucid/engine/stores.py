"""Tables that were read before, and what is kept beside them so that it is made only once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pellucid.core.paths import whole_file
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.data.types import Profile

if TYPE_CHECKING:
    from pellucid.data.table import Table

T = TypeVar("T")
_PROFILE_FORMAT = 1


def load_store(store: str) -> Table:
    """Open a table that was read before, with the engine's share of memory."""
    from pellucid.data.database import ENGINE_MEMORY_MB
    from pellucid.data.table import Table

    return Table.load(Path(store), ENGINE_MEMORY_MB, Run().workers)


def opened(table: Table) -> dict[str, object]:
    """Return what the window keeps of an open table."""
    return {
        "store": str(table.store),
        "source": table.source,
        "rows": table.rows,
        "columns": table.columns,
        "rejected": table.rejected,
    }


def profile_of(table: Table, run: Run) -> Profile:
    """Return the table's profile, from beside its store if it is there already."""
    from pellucid.data.profile import profile

    cached = table.store.with_suffix(f".profile-{_PROFILE_FORMAT}")
    known = read_beside(Profile, cached)
    if known is None:
        known = profile(table, run)
        write_beside(known, cached)
    return known


def read_beside(kind: type[T], path: Path) -> T | None:
    """Read a value that was kept beside a store; None where there is none that can be read."""
    try:
        return from_json(kind, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_beside(value: object, path: Path) -> None:
    """Keep a value beside a store, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_text(json.dumps(to_json(value)), encoding="utf-8")
