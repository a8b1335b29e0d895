"""A table in the store: pages of raw text, typed columns, and rows that match."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.paths import whole_file
from pellucid.core.values import from_json, to_json
from pellucid.data.database import WINDOW_MEMORY_MB, connect
from pellucid.data.parse import fits
from pellucid.data.search import Filter, Sort, order_sql, where_sql
from pellucid.data.types import Alert, Column, Columns, Kind, Rejected, Source
from pellucid.data.views import View, is_numeric, value_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CELLS = "cells.duckdb"
"""The name of the DuckDB file, beside the manifests that view it."""
RowIds = NDArray[np.int64]
_SQL_AT_ONCE = 3_000
"""Characters of the expressions that type columns in one query, unless one alone has more.

Each step of an expression holds cells of its own: many long ones in one query take more memory than
a reader is given.
"""
_FEW_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of a table but its cells."""

    source: Source
    rows: int
    columns: tuple[Column, ...]
    views: tuple[View, ...]
    rejected: Rejected
    notes: tuple[Alert, ...] = ()


def write_manifest(manifest: Manifest, folder: Path) -> Path:
    """Write a manifest beside its cells, under a name made from its content; return the path."""
    text = json.dumps(to_json(manifest), ensure_ascii=False)
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    if not path.exists():
        with whole_file(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return path


class Table:
    """A table that was read, opened read-only.

    `store` is the manifest that `load` takes, in this process or another; it fixes the kinds.
    Rows are numbered from 0. The connection opens at the first use and is safe to share between
    threads.
    """

    def __init__(
        self, manifest: Manifest, store: Path, memory_mb: int = WINDOW_MEMORY_MB, threads: int = 1
    ) -> None:
        self.manifest = manifest
        self.store = store
        self._memory_mb = memory_mb
        self._threads = threads
        self._connection: DuckDBPyConnection | None = None
        self._positions = {column.name: i for i, column in enumerate(manifest.columns)}

    @classmethod
    def load(cls, store: Path, memory_mb: int = WINDOW_MEMORY_MB, threads: int = 1) -> Table:
        """Open the table whose manifest is at `store`. Raises `UserError` if it is gone."""
        try:
            data = json.loads(store.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UserError(
                "What was read of this file is no longer in the cache", "Open the file again."
            ) from None
        return cls(from_json(Manifest, data), store, memory_mb, threads)

    @property
    def source(self) -> Source:
        return self.manifest.source

    @property
    def rows(self) -> int:
        return self.manifest.rows

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.manifest.columns

    @property
    def rejected(self) -> Rejected:
        return self.manifest.rejected

    @property
    def notes(self) -> tuple[Alert, ...]:
        """What a reader should know about how the file was read."""
        return self.manifest.notes

    def column(self, name: str) -> Column:
        """Return a column by name. Raises `UserError` if there is none."""
        return self.columns[self.position(name)]

    def view(self, name: str) -> View:
        """Return how a column's text becomes values."""
        return self.manifest.views[self.position(name)]

    def position(self, name: str) -> int:
        """Return a column's 0-based place; its raw text is the column `c<place>` of `cells`."""
        try:
            return self._positions[name]
        except KeyError:
            raise UserError(
                f"There is no column {name}", f"The columns are {', '.join(self._positions)}."
            ) from None

    def fits(self, name: str, text: str | None) -> bool:
        """Return whether a cell is missing or of its column's kind; False marks a misfit."""
        return fits(text, self.view(name))

    @contextmanager
    def cursor(self) -> Iterator[DuckDBPyConnection]:
        """Yield a cursor on the store, for SQL over `cells`."""
        if self._connection is None:
            self._connection = connect(
                self.store.with_name(CELLS), memory_mb=self._memory_mb, threads=self._threads
            )
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def page(
        self, start: int, count: int, order: RowIds | None = None
    ) -> list[tuple[str | None, ...]]:
        """Return `count` rows of raw text from `start`, of the file or of the row ids in `order`.

        The time depends on `count` alone. None stands for a cell that its row did not have.
        """
        names = ", ".join(f"c{i}" for i in range(len(self.columns)))
        if order is None:
            between = f"rowid >= {int(start)} AND rowid < {int(start + count)}"
            sql = f"SELECT {names} FROM cells WHERE {between} ORDER BY rowid"
            with self.cursor() as cursor:
                return cursor.execute(sql).fetchall()
        ids = order[start : start + count].tolist()
        if not ids:
            return []
        sql = f"SELECT rowid, {names} FROM cells WHERE rowid IN ({', '.join(map(str, ids))})"
        with self.cursor() as cursor:
            found = {row[0]: row[1:] for row in cursor.execute(sql).fetchall()}
        return [found[i] for i in ids]

    def text(self, name: str, rows: NDArray[np.integer] | None = None) -> NDArray[np.object_]:
        """Return a column's raw text as an object array of `str` and None."""
        return _as_text(self._fetch([f"c{self.position(name)}"], rows)[0])

    def values(self, name: str, rows: NDArray[np.integer] | None = None) -> NDArray[np.generic]:
        """Return a column's typed values as `data.types.Columns` describes."""
        return self.select([name], rows)[name]

    def select(self, names: Sequence[str], rows: NDArray[np.integer] | None = None) -> Columns:
        """Return typed columns, of all rows or of the row ids `rows` in that order."""
        unique = list(dict.fromkeys(names))
        if not unique:
            return {}
        views = [self.view(name) for name in unique]
        wanted = [self.value_sql(name) for name in unique]
        fetched: list[Any] = []
        for expressions in _at_once(wanted):
            fetched += self._fetch(expressions, rows)
        return {
            name: _as_floats(array) if is_numeric(view.kind) else _as_text(array)
            for name, view, array in zip(unique, views, fetched, strict=True)
        }

    def value_sql(self, name: str) -> str:
        """Return the SQL expression over `cells` for a column's typed value, NULL where missing."""
        return value_sql(f"c{self.position(name)}", self.view(name))

    def with_kinds(self, kinds: Mapping[str, Kind]) -> Table:
        """Return this table with some columns viewed as other kinds; the text stays as it is.

        The columns are counted again under their new kind. The new table has a store of its own
        name, so that other processes can load it.
        """
        from pellucid.data.kinds import view_as

        changed = {self.position(n): k for n, k in kinds.items() if self.column(n).kind != k}
        if not changed:
            return self
        columns, views = list(self.columns), list(self.manifest.views)
        with self.cursor() as cursor:
            for position, kind in changed.items():
                columns[position], views[position] = view_as(
                    cursor, position, columns[position].name, kind, self.source.decimal, self.rows
                )
        manifest = replace(self.manifest, columns=tuple(columns), views=tuple(views))
        store = write_manifest(manifest, self.store.parent)
        return Table(manifest, store, self._memory_mb, self._threads)

    def matching(self, filters: Sequence[Filter] = (), sort: Sort | None = None) -> RowIds:
        """Return the ids of the rows that pass every filter, in the file's order or sorted."""
        where = " AND ".join(where_sql(self, item) for item in filters) or "true"
        sql = f"SELECT rowid FROM cells WHERE {where} ORDER BY {order_sql(self, sort)}"
        with self.cursor() as cursor:
            ids = cursor.execute(sql).fetchnumpy()["rowid"]
        return np.asarray(ids, dtype=np.int64)

    def _fetch(self, expressions: list[str], rows: NDArray[np.integer] | None) -> list[Any]:
        select = ", ".join(f"{sql} AS v{i}" for i, sql in enumerate(expressions))
        few = rows is not None and len(rows) <= _FEW_ROWS
        if few and rows is not None:
            ids = ", ".join(map(str, sorted(set(rows.tolist())))) or "NULL"
            sql = f"SELECT rowid, {select} FROM cells WHERE rowid IN ({ids}) ORDER BY rowid"
        else:
            sql = f"SELECT {select} FROM cells ORDER BY rowid"
        with self.cursor() as cursor:
            fetched = cursor.execute(sql).fetchnumpy()
        arrays = [fetched[f"v{i}"] for i in range(len(expressions))]
        if rows is None:
            return arrays
        places = np.searchsorted(fetched["rowid"], rows) if few else rows
        return [array[places] for array in arrays]

    def close(self) -> None:
        """Close the connection; it opens again if the table is used again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _at_once(expressions: Sequence[str]) -> Iterator[list[str]]:
    """Yield the expressions in their order, as many together as one query takes."""
    together: list[str] = []
    for sql in expressions:
        if together and sum(map(len, together)) + len(sql) > _SQL_AT_ONCE:
            yield together
            together = []
        together.append(sql)
    if together:
        yield together


def _as_text(array: Any) -> NDArray[np.object_]:
    if not isinstance(array, np.ma.MaskedArray):
        return np.asarray(array, dtype=object)
    text = np.asarray(array.data, dtype=object).copy()
    text[np.ma.getmaskarray(array)] = None
    return text


def _as_floats(array: Any) -> NDArray[np.float64]:
    if isinstance(array, np.ma.MaskedArray):
        return np.asarray(np.ma.filled(array.astype(np.float64), np.nan), dtype=np.float64)
    return np.asarray(array, dtype=np.float64)
