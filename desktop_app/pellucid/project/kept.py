"""What is kept on this machine to save time, how much it takes, and how it is thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pellucid.data.cache import UNFINISHED, tables_dir
from pellucid.encoders.cache import clear_embeddings, embeddings_bytes

Kind = Literal["tables", "embeddings"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_WHAT = {
    "tables": "tables that were read, with their profiles",
    "embeddings": "embeddings of texts",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of what is kept: `what` it is in words, and its bytes on disk."""

    kind: Kind
    what: str
    bytes: int


def kept() -> tuple[Kept, ...]:
    """Return what is kept. All of it can be made again, from the files that were opened."""
    tables = sum(
        path.stat().st_size for path in tables_dir().rglob("*") if path.is_file()
    )  # fmt: skip
    sizes: dict[Kind, int] = {"tables": tables, "embeddings": embeddings_bytes()}
    return tuple(Kept(kind, _WHAT[kind], sizes[kind]) for kind in KINDS)


def throw_away(kind: Kind, in_use: Path | None = None) -> int:
    """Delete what is kept of a kind, and return the bytes that this gave back.

    The table whose store is `in_use` stays, as does what is being read at the moment. A window
    that has another table open asks for its file to be opened again.
    """
    before = _bytes_of(kind)
    if kind == "embeddings":
        clear_embeddings()
    else:
        for folder in _finished(in_use):
            shutil.rmtree(folder, ignore_errors=True)
    return before - _bytes_of(kind)


def _bytes_of(kind: Kind) -> int:
    return next(one.bytes for one in kept() if one.kind == kind)


def _finished(in_use: Path | None) -> Iterator[Path]:
    for folder in tables_dir().iterdir():
        if not folder.name.startswith(UNFINISHED) and (in_use is None or folder != in_use.parent):
            yield folder
