"""From a file to a table in the store."""

from __future__ import annotations

import codecs
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.core.numbers import plural
from pellucid.core.run import Run
from pellucid.data.cache import UNFINISHED, tables_dir, use_table
from pellucid.data.database import ENGINE_MEMORY_MB, connect, interruptible
from pellucid.data.encoding import MIXED, UTF8, detect_encoding, write_utf8
from pellucid.data.kinds import infer_columns
from pellucid.data.layout import Layout, Reading, examine
from pellucid.data.rows import Loaded, load_rows
from pellucid.data.table import CELLS, Manifest, Table, write_manifest
from pellucid.data.types import Alert

__all__ = ["Reading", "open_table"]

_STORE_VERSION = 2
_MANIFEST = "table.json"
_CHUNK_BYTES = 4_194_304
_AS_IT_IS = (UTF8, "utf-8-sig", "ascii")


def open_table(path: Path, reading: Reading | None = None, run: Run | None = None) -> Table:
    """Read a file into the store and open it read-only; what was read before is used again.

    Raises `UserError` for what is not a table with rows, leaving nothing behind, and
    `StoppedError` when the user stops it.
    """
    reading, run = reading or Reading(), run or Run()
    path = Path(path).absolute()
    layout = examine(path, reading)
    content, encoding = _survey(path, layout.encoding, run)
    layout = replace(layout, encoding=encoding)
    fingerprint = _fingerprint(content, layout)
    folder = tables_dir() / fingerprint
    if not (folder / _MANIFEST).exists():
        _read(path, layout, fingerprint, folder, run)
    use_table(folder)
    table = Table.load(folder / _MANIFEST, ENGINE_MEMORY_MB, run.workers)
    if table.source.path != path:
        manifest = replace(table.manifest, source=replace(table.source, path=path))
        table = Table(manifest, write_manifest(manifest, folder), ENGINE_MEMORY_MB, run.workers)
    return table.with_kinds(reading.kinds)


def _survey(path: Path, encoding: str, run: Run) -> tuple[str, str]:
    """Return the SHA-256 of a file and its encoding, checked against every byte of it."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(UTF8)()
    is_checked, is_plain = encoding in _AS_IT_IS, True
    size, done = path.stat().st_size, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            run.check()
            digest.update(chunk)
            if is_checked:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    is_checked = False
                    is_plain = is_plain and chunk[: error.start].isascii()
                    encoding = _second_thought(chunk[error.start :]) if is_plain else MIXED
                is_plain = is_plain and chunk.isascii()
            done += len(chunk)
            run.progress("Checking the file", done, size)
    return digest.hexdigest(), encoding


def _second_thought(rest: bytes) -> str:
    """Return the encoding of a file that was plain ASCII up to `rest`, which is not UTF-8."""
    found = detect_encoding(rest, complete=False)
    return MIXED if found in _AS_IT_IS else found


def _fingerprint(content: str, layout: Layout) -> str:
    choices = (layout.encoding, layout.dialect, layout.header_rows, layout.decimal, layout.width)
    return hashlib.sha256(f"{_STORE_VERSION} {content} {choices}".encode()).hexdigest()


def _read(path: Path, layout: Layout, fingerprint: str, folder: Path, run: Run) -> None:
    with _folder_when_whole(folder) as scratch:
        text, notes = path, list(layout.notes)
        if layout.encoding not in _AS_IT_IS:
            text = scratch / "utf8.csv"
            unreadable = write_utf8(path, layout.encoding, text, run)
            notes += _encoding_notes(unreadable, layout)
        connection = connect(
            scratch / CELLS, memory_mb=ENGINE_MEMORY_MB, threads=run.workers, read_only=False
        )
        try:
            loaded = load_rows(connection, text, layout, scratch, run)
            if not loaded.rows:
                raise UserError(
                    f"No row of {path.name} could be read", "Give its delimiter or its encoding."
                )
            with interruptible(connection, run):
                columns, views = infer_columns(
                    connection, layout.names, layout.decimal, loaded.rows, run
                )
        finally:
            connection.close()
        source = replace(layout, dialect=loaded.dialect).source(
            path, path.stat().st_size, fingerprint
        )
        notes += _row_notes(loaded, layout.width)
        manifest = Manifest(source, loaded.rows, columns, views, loaded.rejected, tuple(notes))
        for left in scratch.iterdir():
            if left.name != CELLS:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        write_manifest(manifest, scratch).rename(scratch / _MANIFEST)


@contextmanager
def _folder_when_whole(folder: Path) -> Iterator[Path]:
    """Yield a folder that becomes `folder` when the block succeeds, and else is removed."""
    scratch = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder.parent))
    try:
        yield scratch
        if folder.exists():
            shutil.rmtree(folder)
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _encoding_notes(unreadable: int, layout: Layout) -> list[Alert]:
    if not unreadable:
        return []
    text = f"{plural(unreadable, 'character')} could not be read as {layout.encoding}"
    return [Alert("encoding", (), f"{text} and stand as \ufffd")]


def _row_notes(loaded: Loaded, width: int) -> list[Alert]:
    notes = []
    if loaded.padded:
        verb = "has" if loaded.padded == 1 else "have"
        notes.append(
            Alert(
                "short rows",
                (),
                f"{plural(loaded.padded, 'row')} {verb} fewer than {width} cells;"
                " what is absent counts as missing",
            )
        )
    if loaded.rejected.rows:
        notes.append(
            Alert(
                "rejected lines",
                (),
                f"{plural(loaded.rejected.rows, 'line')} could not become a row and are kept apart",
            )
        )
    return notes
