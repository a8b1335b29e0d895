"""What is kept to save time can be seen and thrown away."""

from __future__ import annotations

import numpy as np

from pellucid.data.cache import UNFINISHED, tables_dir
from pellucid.encoders.store import VectorStore, hash_of
from pellucid.project.kept import kept, throw_away


def sizes() -> dict[str, int]:
    return {one.kind: one.bytes for one in kept()}


def keep_table(name: str) -> None:
    folder = tables_dir() / name
    folder.mkdir()
    (folder / "cells.duckdb").write_bytes(bytes(1000))
    (folder / "table.json").write_bytes(bytes(24))


def keep_vectors() -> None:
    store = VectorStore("tiny", 8)
    store.write([hash_of("a")], np.ones((1, 8), np.float16))
    store.close()


def test_nothing_takes_no_room_at_first() -> None:
    assert sizes() == {"tables": 0, "embeddings": 0}
    assert throw_away("tables") == throw_away("embeddings") == 0


def test_each_kind_is_thrown_away_alone() -> None:
    keep_table("one")
    keep_vectors()
    before = sizes()
    assert before["tables"] == 1024
    assert before["embeddings"] > 0
    assert throw_away("embeddings") == before["embeddings"]
    assert sizes() == {"tables": 1024, "embeddings": 0}
    assert throw_away("tables") == 1024
    assert sizes() == {"tables": 0, "embeddings": 0}


def test_the_open_table_and_a_reading_that_goes_on_stay() -> None:
    for name in ("one", "open", f"{UNFINISHED}x"):
        keep_table(name)
    assert throw_away("tables", tables_dir() / "open" / "table.json") == 1024
    assert sorted(path.name for path in tables_dir().iterdir()) == [f"{UNFINISHED}x", "open"]
