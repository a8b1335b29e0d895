"""Rows for the grid, a page at a time: from the preview in memory, then from the store."""

from __future__ import annotations

import html
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pellucid.core.errors import UserError, told
from pellucid.data.parse import fits, present
from pellucid.data.table import RowIds, Table
from pellucid.ui.background import Background
from pellucid.ui.pages.data_view import HeaderCell, cell_text, preview_headers

Index = QModelIndex | QPersistentModelIndex
State = Literal["value", "missing", "misfit", "waiting"]
PAGE_ROWS: Final = 128
_PAGES_KEPT: Final = 40
_PAGES_WAITING: Final = 3
_SHORT, _MOST_TOLD = 15, 1_000
"""Cells up to this long are never cut; of longer ones so much is told on hover."""
_SAID: Final = {"missing": "missing", "misfit": "does not fit the column’s kind"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What the grid paints: one line of text and how it stands to its column's kind."""

    text: str
    state: State = "value"


WAITING: Final = Cell("", "waiting")
Page = tuple[tuple[Cell, ...], ...]


def read_page(table: Table, page: int, order: RowIds | None) -> Page:
    """Read a page and judge its cells; called off the GUI thread."""
    views = [table.view(column.name) for column in table.columns]

    def judge(text: str | None, place: int) -> Cell:
        view = views[place]
        if present(text, view) is None:
            return Cell(cell_text(text), "missing")
        return Cell(cell_text(text), "value" if fits(text, view) else "misfit")

    rows = table.page(page * PAGE_ROWS, PAGE_ROWS, order)
    return tuple(tuple(judge(text, i) for i, text in enumerate(row)) for row in rows)


UNREADABLE: Final = UserError(
    "Some rows could not be read from what was kept of this file", "Open the file again."
)


class RowsModel(QAbstractTableModel):
    """A table that is never in memory: pages are fetched when the grid asks for their cells.

    Rows are numbered from 1 in the file's order, sorted or not. `failed` says why a page could not
    be read, and the way out.
    """

    page_arrived = Signal()
    failed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headers: tuple[HeaderCell, ...] = ()
        self._rows = 0
        self._order: RowIds | None = None
        self._table: Table | None = None
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._fetching: int | None = None
        self._edition = 0
        self._background = Background("rows", self)

    def show_preview(self, names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        """Show rows that are in memory."""
        page = tuple(
            tuple(Cell(cell_text(t), "value" if t else "missing") for t in row) for row in rows
        )
        self.beginResetModel()
        self._reset(None, len(rows), None)
        self.headers = preview_headers(names, rows)
        for start in range(0, len(page), PAGE_ROWS):
            self._pages[start // PAGE_ROWS] = page[start : start + PAGE_ROWS]
        self.endResetModel()

    def show_table(self, table: Table, headers: tuple[HeaderCell, ...]) -> None:
        """Show a table in its store; what is in view stays until its pages are here."""
        kept = dict(self._pages) if self._table is None else {}
        self.beginResetModel()
        self._reset(table, table.rows, None)
        self.headers = headers
        self._pages.update({k: page for k, page in kept.items() if len(page) == PAGE_ROWS})
        self.endResetModel()

    def show_headers(self, headers: tuple[HeaderCell, ...]) -> None:
        """Change what stands above the columns."""
        self.headers = headers
        if headers:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headers) - 1)

    def show_order(self, order: RowIds | None) -> None:
        """Show the rows with these 0-based ids, in this order; None for all, as in the file."""
        if self._table is not None:
            self.beginResetModel()
            self._reset(self._table, self._table.rows if order is None else len(order), order)
            self.endResetModel()

    def show_nothing(self) -> None:
        self.beginResetModel()
        self._reset(None, 0, None)
        self.headers = ()
        self.endResetModel()

    def _reset(self, table: Table | None, rows: int, order: RowIds | None) -> None:
        if self._table is not None and self._table is not table:
            self._background.run(self._table.close, lambda _: None, self._say)
        self._table, self._rows, self._order = table, rows, order
        self._pages.clear()
        self._wanted.clear()
        self._fetching = None
        self._edition += 1

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, or `WAITING` while its page is fetched."""
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return WAITING
        cells = page[place] if place < len(page) else ()
        return cells[column] if column < len(cells) else WAITING

    def row_id(self, row: int) -> int:
        """Return the 0-based place of a shown row in the file."""
        return row if self._order is None else int(self._order[row])

    def _want(self, page: int) -> None:
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        while len(self._wanted) > _PAGES_WAITING:
            self._wanted.popitem(last=False)
        self._fetch()

    def _fetch(self) -> None:
        if self._fetching is None and self._wanted and self._table is not None:
            page, _ = self._wanted.popitem(last=True)
            self._fetching = page
            work = partial(read_page, self._table, page, self._order)
            arrived = partial(self._arrived, page, self._edition)
            self._background.run(work, arrived, self._say)

    def _arrived(self, number: int, edition: int, page: Page) -> None:
        if edition != self._edition:
            return
        self._fetching = None
        self._pages[number] = page
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        first, last = number * PAGE_ROWS, number * PAGE_ROWS + len(page) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self.page_arrived.emit()
        self._fetch()

    def _say(self, error: Exception) -> None:
        self._fetching = None
        said = told(error, UNREADABLE)
        self.failed.emit(said.message, said.hint)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        return 0 if parent.isValid() else len(self.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_right = self.headers[index.column()].is_right
            side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
                        Qt.ItemDataRole.ToolTipRole):  # fmt: skip
            return None
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        said = _SAID.get(cell.state, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (
                f"{cell.text[:_MOST_TOLD]}: {said}"
                if cell.state == "misfit"
                else (cell.text[:_MOST_TOLD] if len(cell.text) > _SHORT else "")
            )
            return f"<p>{html.escape(told)}</p>" if told else None  # so that long ones are wrapped
        return f"{cell.text} {said}".strip()

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return f"{self.row_id(section) + 1:,}"
            return None
        header = self.headers[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return header.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return header.sentence
        return None

    def shut_down(self) -> None:
        """End the thread that reads the table, then close it."""
        self._background.close()
        if self._table is not None:
            self._table.close()
