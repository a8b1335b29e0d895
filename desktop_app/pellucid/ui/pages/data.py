"""The Data page: the grid, filters above it, the column's profile beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pellucid.data.search import Filter
from pellucid.data.table import RowIds, Table
from pellucid.data.types import Column, ColumnProfile
from pellucid.ui import theme
from pellucid.ui.pages.data_bar import RowsBar
from pellucid.ui.pages.data_grid import RowsGrid
from pellucid.ui.pages.data_inspector import ColumnInspector
from pellucid.ui.pages.data_menus import filter_menu, kind_menu, sort_menu
from pellucid.ui.pages.data_rows import RowsModel
from pellucid.ui.pages.data_view import (
    Choice,
    count_text,
    filter_text,
    header_cells,
    next_sort,
)
from pellucid.ui.session import Session
from pellucid.ui.widgets.empty import EmptyState, no_file

_PAUSE_MS = 250


class DataPage(QWidget):
    """Shows the rows of the open file, from the first ones on."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "page")
        self.rows = RowsModel(self)
        self.choice = Choice()
        self._matching: int | None = None
        self._store: Path | None = None
        self._column = 0
        self._inspector = ColumnInspector()
        self._lay_out()
        self._connect()
        self._show_file()
        self._show_headers()

    def inspector(self) -> QWidget:
        """Return what stands in the inspector."""
        return self._inspector

    def _lay_out(self) -> None:
        self.bar = RowsBar(self._clear)
        self.count, self.chips, self.clear = self.bar.count, self.bar.chips, self.bar.clear
        self.filter, self.search = self.bar.filter, self.bar.search
        self.grid = RowsGrid(self.rows)
        self.header = self.grid.header
        self.none = EmptyState(
            "filter", "No rows match", "Take a filter off, or look for something else.",
            "Show all rows", self._clear,
        )  # fmt: skip
        self.loading = EmptyState("data", "Reading the first rows", "They come first, at any size.")
        self.closed = no_file("data", self._session)
        self.stack = QStackedWidget()
        for part in (self.grid, self.none, self.loading, self.closed):
            self.stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        session = self._session
        session.opened_changed.connect(self._show_file)
        session.profile_changed.connect(self._show_headers)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._find_now)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self._find_now)
        self.filter.clicked.connect(self._show_filter_menu)
        self.header.sort_wanted.connect(self._sort)
        self.header.column_wanted.connect(self._choose_column)
        self.header.kind_wanted.connect(self._show_kind_menu)
        self.rows.page_arrived.connect(self.grid.viewport().update)
        self.rows.failed.connect(session.report_problem)
        self.grid.customContextMenuRequested.connect(self._show_cell_menu)
        self.grid.selectionModel().currentColumnChanged.connect(
            lambda now, _: self._choose_column(now.column())
        )
        self._inspector.filters_wanted.connect(self.apply_filters)
        self._inspector.kind_wanted.connect(self._ask_kind)
        found = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        found.activated.connect(self.search.setFocus)

    # What is open

    def _show_file(self) -> None:
        opened, preview = self._session.opened, self._session.preview
        if opened is not None:
            if opened.store != self._store:
                self._store = opened.store
                were = len(self.rows.headers)
                cells = header_cells(opened.columns, self._profiles(), opened.rows)
                self.rows.show_table(Table.load(opened.store), cells)
                if were != len(cells):
                    self.grid.size_columns()
                self.choose(self._kept_choice())
        elif preview is not None:
            self._store = None
            self.choice, self._matching = Choice(), None
            self.rows.show_preview(preview.columns, preview.rows)
            self.grid.size_columns()
        else:
            self._store = None
            self.rows.show_nothing()
        self._say()

    def _kept_choice(self) -> Choice:
        """Return the filters that still make sense: those on columns that are still there."""
        names = {column.name for column in self._columns()} | {""}
        sort = self.choice.sort
        return Choice(
            tuple(wanted for wanted in self.choice.filters if wanted.column in names),
            sort if sort and sort.column in names else None,
            self.choice.find,
        )

    def _show_headers(self) -> None:
        opened = self._session.opened
        if opened is not None:
            cells = header_cells(opened.columns, self._profiles(), opened.rows)
            self.rows.show_headers(cells)
        self._inspect()

    def _columns(self) -> tuple[Column, ...]:
        return self._session.opened.columns if self._session.opened else ()

    def _profiles(self) -> dict[str, ColumnProfile]:
        profile = self._session.profile
        return {one.name: one for one in profile.columns} if profile else {}

    def _say(self) -> None:
        opened = self._session.opened
        is_preview = opened is None
        total = self.rows.rowCount() if opened is None else opened.rows
        self.count.setText(count_text(total, self._matching, is_preview=is_preview))
        self.search.setEnabled(not is_preview)
        self.filter.setEnabled(not is_preview)
        if is_preview and self._session.preview is None:
            is_opening = self._session.opening is not None
            self.stack.setCurrentWidget(self.loading if is_opening else self.closed)
            self.count.setText("")
        elif self._matching == 0:
            self.stack.setCurrentWidget(self.none)
        else:
            self.stack.setCurrentWidget(self.grid)

    # Which rows, in which order

    def apply_filters(self, filters: tuple[Filter, ...]) -> None:
        """Show the rows that pass these filters, in place of those on the same columns."""
        columns = {wanted.column for wanted in filters}
        rest = tuple(one for one in self.choice.filters if one.column not in columns)
        self.choose(replace(self.choice, filters=(*rest, *filters)))

    def choose(self, choice: Choice) -> None:
        """Show other rows; they arrive when the engine has found them."""
        if self._session.opened is None:
            return
        self.choice = choice
        chips = [(filter_text(one), partial(self._take_off, one)) for one in choice.filters]
        self.chips.show_chips(chips, self._session.palette)
        self.header.show_state(self._column, choice.sort)
        if choice.is_all:
            self._session.forget_rows()
            self._show_order(None)
        else:
            session = self._session
            session.request_rows(choice.filters, choice.sort, choice.find, self._show_order)

    def _show_order(self, order: RowIds | None) -> None:
        self.rows.show_order(order)
        self._matching = None if order is None else len(order)
        self.grid.scrollToTop()
        self._say()

    def _take_off(self, wanted: Filter) -> None:
        rest = tuple(one for one in self.choice.filters if one != wanted)
        self.choose(replace(self.choice, filters=rest))

    def _clear(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.choose(replace(self.choice, filters=(), find=""))

    def _find_now(self) -> None:
        self._pause.stop()
        if self.search.text() != self.choice.find:
            self.choose(replace(self.choice, find=self.search.text()))

    def _sort(self, place: int) -> None:
        columns = self._columns()
        if place < len(columns):
            sort = next_sort(self.choice.sort, columns[place].name)
            self.choose(replace(self.choice, sort=sort))

    # The chosen column

    def show_column(self, name: str) -> None:
        """Choose a column by name and bring it into view."""
        places = [i for i, column in enumerate(self._columns()) if column.name == name]
        if places:
            row = max(0, self.grid.rowAt(0))
            self.grid.setCurrentIndex(self.rows.index(row, places[0]))
            self._choose_column(places[0])

    def _choose_column(self, place: int) -> None:
        if place >= 0 and place != self._column:
            self._column = place
            self._inspect()
        self.header.show_state(self._column, self.choice.sort)

    def _inspect(self) -> None:
        columns = self._columns()
        column = columns[self._column] if self._column < len(columns) else None
        profile = self._profiles().get(column.name) if column else None
        self._inspector.show_column(column, profile)

    def _ask_kind(self) -> None:
        beside = self._inspector.mapToGlobal(QPoint(theme.S4, 72))
        self._show_kind_menu(self._column, beside)

    def _show_kind_menu(self, place: int, where: QPoint) -> None:
        if place < len(self._columns()):
            self._pop_up(self.kind_menu(place), where)

    def kind_menu(self, place: int) -> QMenu:
        """Return the menu of kinds for a column."""
        return kind_menu(self._columns()[place], self._session)

    def filter_menu(self) -> QMenu:
        """Return the filters that the chosen column offers."""
        columns = self._columns()
        if self._column >= len(columns):
            return QMenu("Filter")
        column = columns[self._column]
        profile = self._profiles().get(column.name)
        return filter_menu(column, profile, lambda one: self.apply_filters((one,)))

    def cell_menu(self) -> QMenu:
        """Return what can be done with the chosen column, for mouse and menu key."""
        name = self._columns()[self._column].name
        menu = sort_menu(name, lambda sort: self.choose(replace(self.choice, sort=sort)))
        menu.addSeparator()
        for inner in (self.filter_menu(), self.kind_menu(self._column)):
            inner.setParent(menu, inner.windowFlags())
            menu.addMenu(inner)
        return menu

    def _show_filter_menu(self) -> None:
        self._pop_up(self.filter_menu(), self.filter.mapToGlobal(QPoint(0, self.filter.height())))

    def _show_cell_menu(self, where: QPoint) -> None:
        index = self.grid.indexAt(where)
        columns = self._columns()
        if index.isValid() and index.column() < len(columns):
            self._choose_column(index.column())
            self._pop_up(self.cell_menu(), self.grid.viewport().mapToGlobal(where))

    def _pop_up(self, menu: QMenu, where: QPoint) -> None:
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def shut_down(self) -> None:
        """Close the table and end the thread that reads it."""
        self.rows.shut_down()
