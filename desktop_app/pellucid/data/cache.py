"""The folder of tables that were read: bounded, the least recently used going first."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from pellucid.core.paths import cache_dir

MOST_BYTES = 5_000_000_000
_ABANDONED_S = 86_400.0
UNFINISHED = ".reading-"
"""Starts the names of folders that a reading has not finished."""


def tables_dir() -> Path:
    """Return the folder with one folder a table, named by fingerprint; it holds user data."""
    folder = cache_dir() / "tables"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def use_table(folder: Path, most_bytes: int = MOST_BYTES) -> None:
    """Mark a table as used now, then remove the longest unused ones over `most_bytes`.

    The table itself stays whatever its size. Readings that were cut off a day ago go too.
    """
    os.utime(folder)
    tables = sorted(folder.parent.iterdir(), key=lambda path: -path.stat().st_mtime)
    total = _bytes_of(folder)
    for path in tables:
        if path == folder:
            continue
        if path.name.startswith(UNFINISHED):
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                shutil.rmtree(path, ignore_errors=True)
            continue
        total += _bytes_of(path)
        if total > most_bytes:
            shutil.rmtree(path, ignore_errors=True)


def _bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
