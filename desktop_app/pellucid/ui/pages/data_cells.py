"""Paints the cells of the grid."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.data_rows import RowsModel

_EDGE = 8


class CellDelegate(QStyledItemDelegate):
    """Numbers at the right, text at the left; missing cells are faint, misfits marked and tinted.

    Asks the model once a cell, for speed.
    """

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._font = theme.font()
        self._metrics = QFontMetrics(self._font)
        self.set_colors(LIGHT)

    def set_colors(self, palette: Palette) -> None:
        more = theme.tints(palette)
        self._text, self._muted = QColor(palette.text), QColor(palette.muted)
        self._grid, self._missing = QColor(palette.border), QColor(palette.surface)
        self._misfit, self._warning = QColor(more.misfit), QColor(palette.warning)
        self._chosen, self._accent = QColor(more.chosen), QColor(palette.accent)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        column = index.column()
        cell = self._model.cell(index.row(), column)
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._chosen)
        elif cell.state == "misfit":
            painter.fillRect(box, self._misfit)
        elif cell.state == "missing":
            painter.fillRect(box, self._missing)
        if cell.state == "misfit":
            self._mark_misfit(painter, box)
        if cell.text:
            right = self._model.headers[column].is_right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            inner = box.adjusted(_EDGE, 0, -_EDGE, 0)
            painter.setFont(self._font)
            painter.setPen(self._muted if cell.state == "missing" else self._text)
            painter.drawText(
                inner, side | Qt.AlignmentFlag.AlignVCenter, self._cut(cell.text, inner)
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _cut(self, text: str, inner: QRectF) -> str:
        if self._metrics.averageCharWidth() * len(text) < inner.width() * 0.6:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))

    def _mark_misfit(self, painter: QPainter, box: QRectF) -> None:
        """Cut the corner, so that a misfit is not told by its tint alone."""
        corner = box.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._warning)
        x, y = corner.x(), corner.y()
        triangle = QPolygonF([corner, QPointF(x - 7, y), QPointF(x, y + 7)])
        painter.drawPolygon(triangle)
