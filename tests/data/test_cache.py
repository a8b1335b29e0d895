"""Tables that were read are kept within bounds, the longest unused going first."""

from __future__ import annotations

import os
from pathlib import Path

from made_tables import OpenText

from pellucid.data.cache import tables_dir, use_table


def make(name: str, size: int, mtime: float) -> Path:
    folder = tables_dir() / name
    folder.mkdir()
    (folder / "cells.duckdb").write_bytes(bytes(size))
    os.utime(folder, (mtime, mtime))
    return folder


def test_the_longest_unused_go_first_and_the_one_in_use_stays() -> None:
    old, newer, used = make("old", 400, 100), make("newer", 400, 200), make("used", 400, 50)
    use_table(used, most_bytes=900)
    assert (used.exists(), newer.exists(), old.exists()) == (True, True, False)
    use_table(used, most_bytes=1)
    assert [path.name for path in tables_dir().iterdir()] == ["used"]


def test_readings_cut_off_long_ago_are_cleared_and_new_ones_left(open_text: OpenText) -> None:
    abandoned = make(".reading-old", 10, 100)
    running = make(".reading-new", 10, 4e9)
    open_text("a,b\n1,2\n3,4\n")
    assert not abandoned.exists()
    assert running.exists()


def test_the_folder_is_private() -> None:
    assert tables_dir().stat().st_mode & 0o777 == 0o700
