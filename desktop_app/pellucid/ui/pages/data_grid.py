"""The grid of rows: a table view in the visual system, over pages that are fetched."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.pages.data_cells import CellDelegate
from pellucid.ui.pages.data_header import ColumnHeader
from pellucid.ui.pages.data_rows import RowsModel

_NUMBERS_WIDTH = 66
"""Room for row numbers up to 999,999, so that the grid stays put while a file is read."""
_NARROWEST, _WIDEST, _ROWS_MEASURED = 126, 240, 30


class RowsGrid(QTableView):
    """Shows a `RowsModel` under its column headers, with row numbers beside it."""

    def __init__(self, rows: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.header = ColumnHeader(rows, self)
        self._cells = CellDelegate(rows, self)
        self.setHorizontalHeader(self.header)
        self.setModel(rows)
        self.setItemDelegate(self._cells)
        self.setAccessibleName("Rows")
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        beside = self.verticalHeader()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(theme.ROW_HEIGHT)
        beside.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        beside.setFont(theme.font(theme.LABEL))
        beside.setHighlightSections(False)
        beside.setMinimumWidth(_NUMBERS_WIDTH)

    def set_colors(self, palette: Palette) -> None:
        """Hand the palette to what is no widget."""
        self._cells.set_colors(palette)
        self.viewport().update()

    def size_columns(self) -> None:
        """Give each column the width of its name and first cells, within limits."""
        metrics, first = self.fontMetrics(), min(_ROWS_MEASURED, self._rows.rowCount())
        for place, header in enumerate(self._rows.headers):
            texts = [self._rows.cell(row, place).text for row in range(first)]
            widest = max((metrics.horizontalAdvance(text[:60]) for text in texts), default=0)
            wide = max(widest + 20, metrics.horizontalAdvance(header.name) + 44, _NARROWEST)
            self.header.resizeSection(place, min(wide, _WIDEST))
