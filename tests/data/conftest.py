"""Tables made from a few lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_tables import OpenText

from pellucid.data.reading import Reading, open_table
from pellucid.data.table import Table


@pytest.fixture
def open_text(tmp_path: Path) -> Iterator[OpenText]:
    """Write text or bytes to a file and open it; every table is closed at the end."""
    tables: list[Table] = []

    def open_it(content: str | bytes, name: str = "table.csv", **reading: object) -> Table:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        tables.append(open_table(path, Reading(**reading)))  # type: ignore[arg-type]
        return tables[-1]

    yield open_it
    for table in tables:
        table.close()
