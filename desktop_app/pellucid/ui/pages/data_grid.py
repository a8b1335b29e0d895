"""The grid of rows: a table view in the visual system, over pages that are fetched."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.pages.data_cells import CellDelegate
from pellucid.ui.pages.data_header import ColumnHeader
from pellucid.ui.pages.data_rows import WAITING, RowsModel

_NUMBERS_WIDTH = 66
"""Room for row numbers up to 999,999, so that the grid stays put while a file is read."""
_NARROWEST, _WIDEST, _ROWS_MEASURED, _LONGEST = 126, 240, 30, 200


class RowsGrid(QTableView):
    """Shows a `RowsModel` under its column headers, with row numbers beside it."""

    def __init__(self, rows: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._is_early = False
        """Whether columns were measured before their first cells were there."""
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
        rows.page_arrived.connect(self._size_again)

    def set_colors(self, palette: Palette) -> None:
        """Hand the palette to what is no widget."""
        self._cells.set_colors(palette)
        self.viewport().update()

    def size_columns(self) -> None:
        """Give each column the width of its name and first cells, within limits.

        Width that is left goes to columns whose cells are cut, texts above all.
        """
        self._is_early = False
        wanted = [self._wanted(place) for place in range(len(self._rows.headers))]
        widths = [min(wide, _WIDEST) for wide in wanted]
        left = self.viewport().width() - sum(widths)
        cut = sum(wide - given for wide, given in zip(wanted, widths, strict=True))
        share = min(1.0, max(0, left) / cut) if cut else 0.0
        for place, (wide, given) in enumerate(zip(wanted, widths, strict=True)):
            self.header.resizeSection(place, given + int((wide - given) * share))

    def _wanted(self, place: int) -> int:
        """Return the width in px that shows a column's name and its first cells whole."""
        metrics, first = self.fontMetrics(), min(_ROWS_MEASURED, self._rows.rowCount())
        cells = [self._rows.cell(row, place) for row in range(first)]
        self._is_early = self._is_early or WAITING in cells
        widest = max((metrics.horizontalAdvance(cell.text[:_LONGEST]) for cell in cells), default=0)
        name = metrics.horizontalAdvance(self._rows.headers[place].name)
        return max(widest + 20, name + 44, _NARROWEST)

    def _size_again(self) -> None:
        if self._is_early:
            self.size_columns()
