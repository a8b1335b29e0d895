"""Vectors on disk: one SQLite file an encoder, in float16, keyed by a hash of the text."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.paths import cache_dir

MOST_BYTES = 5_000_000_000
KEPT_SHARE = 0.8
PATIENCE_S = 30.0
_READ = 900
_SECONDS_A_DAY = 86_400

Halves = NDArray[np.float16]


def store_dir() -> Path:
    """Return the folder of the stores, made with mode 0700: it tells of the user's texts."""
    place = cache_dir() / "embeddings"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def hash_of(text: str) -> bytes:
    """Return the 16 bytes that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VectorStore:
    """The vectors of one encoder; may be used by several processes at once.

    A damaged file is thrown away and begun anew. Where nothing can be written (a full disk, say)
    the store is empty and forgets what it is given, so that the work itself goes on.
    """

    def __init__(self, key: str, dimensions: int) -> None:
        self.path = store_dir() / f"{key}.sqlite"
        self._bytes = 2 * dimensions
        self._dimensions = dimensions
        self._connection = self._open()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def read(self, hashes: Sequence[bytes]) -> Iterator[tuple[list[int], Halves]]:
        """Yield what is known, in parts: places in `hashes`, vectors (places, dimensions)."""
        for start in range(0, len(hashes), _READ):
            part = hashes[start : start + _READ]
            rows = self._select(part)
            if rows:
                place = {key: start + i for i, key in enumerate(part)}
                blobs = b"".join(blob for _, blob in rows)
                vectors = np.frombuffer(blobs, dtype="<f2").reshape(len(rows), self._dimensions)
                yield [place[key] for key, _ in rows], vectors

    def write(self, hashes: Sequence[bytes], vectors: Halves) -> None:
        """Keep vectors, float16 of shape (hashes, dimensions); those already kept stay."""
        today = int(time.time()) // _SECONDS_A_DAY
        whole = np.ascontiguousarray(vectors, dtype="<f2")
        rows = [(key, today, row.tobytes()) for key, row in zip(hashes, whole, strict=True)]
        self._change("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)

    def drop_oldest(self, kept: int) -> None:
        """Keep the `kept` vectors that were used last, and give the room of the others back."""
        query = "DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM vectors ORDER BY used"
        self._change(f"{query} DESC LIMIT ?)", [(kept,)])
        self._tidy("VACUUM")
        self.settle()

    def settle(self) -> None:
        """Bring what was written into the one file, so that its size is what is kept."""
        self._tidy("PRAGMA wal_checkpoint(TRUNCATE)")

    def count(self) -> int:
        """Return how many vectors are kept."""
        if self._connection is None:
            return 0
        return int(self._connection.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def _tidy(self, statement: str) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute(statement).fetchall()

    def _select(self, hashes: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        if self._connection is None:
            return []
        marks = ",".join("?" * len(hashes))
        query = f"SELECT hash, vector, used FROM vectors WHERE hash IN ({marks})"
        today = int(time.time()) // _SECONDS_A_DAY
        try:
            found = self._connection.execute(query, hashes).fetchall()
        except sqlite3.Error as error:
            self._recover(error)
            return []
        if any(len(blob) != self._bytes for _, blob, _ in found):
            self._recover(sqlite3.DatabaseError("vectors of another length"))
            return []
        old = [(today, key) for key, _, used in found if used != today]
        self._change("UPDATE vectors SET used = ? WHERE hash = ?", old)
        return [(key, blob) for key, blob, _ in found]

    def _change(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._connection is None or not rows:
            return
        try:
            with self._connection:
                self._connection.executemany(query, rows)
        except sqlite3.Error as error:
            self._recover(error)

    def _recover(self, error: sqlite3.Error) -> None:
        """Begin anew where the file is damaged; do without where it cannot be used."""
        self.close()
        if not isinstance(error, sqlite3.OperationalError):
            remove(self.path)
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection | None:
        """Open the file, a second time if the first shows that it is damaged; None if in vain."""
        for _ in range(2):
            try:
                return _connected(self.path)
            except (OSError, sqlite3.OperationalError):
                return None
            except sqlite3.DatabaseError:
                remove(self.path)
        return None


def files() -> list[tuple[Path, int]]:
    """Return the stores, least recently used first, each with its bytes on disk."""
    found = [(path.stat().st_mtime, path) for path in store_dir().glob("*.sqlite")]
    return [(path, bytes_of(path)) for _, path in sorted(found)]


def bytes_of(path: Path) -> int:
    """Return the bytes of a store with the files SQLite keeps beside it."""
    return sum(p.stat().st_size for p in _parts(path) if p.is_file())


def remove(path: Path) -> None:
    """Delete a store; one that another process holds open may have to stay."""
    for part in _parts(path):
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def prune(store: VectorStore) -> None:
    """Keep all stores within `MOST_BYTES`: whole stores go first, then the oldest rows of this."""
    store.settle()
    known = files()
    total = sum(size for _, size in known)
    for path, size in known:
        if total > MOST_BYTES and path != store.path:
            remove(path)
            total -= size
    if total > MOST_BYTES:
        share = KEPT_SHARE * MOST_BYTES / total
        store.drop_oldest(int(share * store.count()))


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE_S)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (hash BLOB PRIMARY KEY, used INTEGER, vector BLOB)"
        )
        connection.execute("SELECT hash, used, vector FROM vectors LIMIT 1").fetchall()
        path.touch()
    except (sqlite3.Error, OSError):
        connection.close()
        raise
    return connection


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
