"""What the engine can be asked to do: each job takes plain JSON and gives back values.

A store is the path that `open` gave. Rows are 0-based positions.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.run import Run
from pellucid.core.values import from_json

if TYPE_CHECKING:
    from pellucid.data.preview import Preview
    from pellucid.data.table import Table
    from pellucid.data.types import Profile

Job = Callable[..., object]


def warm_up() -> None:
    """Import what fits need, so that the first one does not wait for it."""
    for module in ("pandas", "scipy.stats", "sklearn.ensemble", "interpret.glassbox"):
        importlib.import_module(module)


def open_file(run: Run, path: str, reading: Mapping[str, Any] | None = None) -> dict[str, object]:
    """Read a file into a store: {store, source, rows, columns, rejected}."""
    from pellucid.data.reading import Reading, open_table

    with open_table(Path(path), from_json(Reading, reading or {}), run) as table:
        return _opened(table)


def _opened(table: Table) -> dict[str, object]:
    return {
        "store": str(table.store),
        "source": table.source,
        "rows": table.rows,
        "columns": table.columns,
        "rejected": table.rejected,
    }


def preview_file(run: Run, path: str, reading: Mapping[str, Any] | None = None) -> Preview:
    """Read the first rows of a file, without a store."""
    from pellucid.data.preview import preview
    from pellucid.data.reading import Reading

    del run
    return preview(Path(path), from_json(Reading, reading or {}))


def profile_store(run: Run, store: str) -> Profile:
    """Profile the table of a store."""
    from pellucid.data.profile import profile
    from pellucid.data.table import Table

    with Table.load(Path(store)) as table:
        return profile(table, run)


JOBS: Mapping[str, Job] = {
    "open": open_file,
    "preview": preview_file,
    "profile": profile_store,
}
