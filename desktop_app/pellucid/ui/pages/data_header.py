"""The header above the grid: name and order, kind and missing share, a small chart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHoverEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from pellucid.data.search import Sort
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.data_rows import RowsModel
from pellucid.ui.pages.data_view import KIND_WORDS, HeaderCell
from pellucid.ui.widgets.marks import paint_bars

_EDGE, _NAME, _KIND, _CHART = 8, 20, 20, 24
HEIGHT = _EDGE + _NAME + _KIND + 4 + _CHART + _EDGE


class ColumnHeader(QHeaderView):
    """Emits what was clicked: a name (`sort_wanted`), a kind (`kind_wanted`), or the rest
    (`column_wanted`), each with the column's place."""

    sort_wanted = Signal(int)
    kind_wanted = Signal(int, QPoint)
    column_wanted = Signal(int)

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._palette: Palette = LIGHT
        self._hover = QPoint(-1, -1)
        self.current = -1
        self.sort: Sort | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultSectionSize(132)
        self.setMinimumSectionSize(72)
        self.setMouseTracking(True)
        self.setAccessibleName("Columns")

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), HEIGHT)

    def show_state(self, current: int, sort: Sort | None) -> None:
        """Mark the chosen column and the one that rows are sorted by."""
        self.current, self.sort = current, sort
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        if not rect.isValid() or logicalIndex >= len(self._model.headers):
            return
        cell, palette = self._model.headers[logicalIndex], self._palette
        painter.save()
        painter.setClipRect(rect)
        chosen = logicalIndex == self.current
        ground = theme.tints(palette).chosen if chosen else palette.surface
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(
            QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(palette.border)
        )
        painter.fillRect(
            QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(palette.border)
        )
        inner = QRectF(rect).adjusted(_EDGE, _EDGE, -_EDGE - 1, -_EDGE)
        self._paint_name(painter, inner, cell)
        self._paint_kind(painter, inner, rect, cell)
        chart = QRectF(inner.left(), inner.bottom() - _CHART, inner.width(), _CHART)
        if cell.bars:
            paint_bars(painter, chart, cell.bars, palette, are_levels=cell.are_levels)
        painter.restore()

    def _paint_name(self, painter: QPainter, inner: QRectF, cell: HeaderCell) -> None:
        line = QRectF(inner.left(), inner.top(), inner.width(), _NAME)
        if self.sort is not None and self.sort.column == cell.name:
            drawing = "sort-down" if self.sort.descending else "sort-up"
            arrow = theme.pixmap(drawing, self._palette.accent, 14)
            painter.drawPixmap(int(line.right()) - 14, int(line.top()) + 3, arrow)
            line.setRight(line.right() - 18)
        painter.setFont(theme.strong())
        painter.setPen(theme.color(self._palette.text))
        name = " ".join(cell.name.split()) or "(no name)"
        shown = painter.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_kind(self, painter: QPainter, inner: QRectF, rect: QRect, cell: HeaderCell) -> None:
        if cell.kind is None:
            return
        palette = self._palette
        zone = self._kind_zone(rect)
        if zone.contains(self._hover):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(theme.tints(palette).pressed))
            painter.drawRoundedRect(zone, 4, 4)
        tint = palette.text if zone.contains(self._hover) else palette.muted
        picture = theme.pixmap(theme.KIND_ICONS[cell.kind], tint, 15)
        painter.drawPixmap(zone.left() + 3, zone.top() + 2, picture)
        painter.setFont(theme.font(theme.LABEL))
        aside = cell.misfits or cell.missing
        line = QRectF(
            zone.right() + 4, inner.top() + _NAME, inner.right() - zone.right() - 4, _KIND
        )
        painter.setPen(theme.color(palette.warning if cell.misfits else palette.muted))
        metrics = painter.fontMetrics()
        if aside and metrics.horizontalAdvance(aside) > line.width():
            aside = aside.replace(" do not fit", " misfits").removesuffix(" missing")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, aside)
        room = line.width() - metrics.horizontalAdvance(aside) - 8
        word = KIND_WORDS[cell.kind]
        if metrics.horizontalAdvance(word) <= room:
            painter.setPen(theme.color(palette.muted))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, left, word)

    def _kind_zone(self, rect: QRect) -> QRect:
        return QRect(rect.left() + _EDGE - 3, rect.top() + _EDGE + _NAME, 21, 20)

    def _section_rect(self, place: int) -> QRect:
        left = self.sectionViewportPosition(place)
        return QRect(left, 0, self.sectionSize(place), self.height())

    def kind_point(self, place: int) -> QPoint:
        """Return where the kind's menu opens, in the screen's coordinates."""
        return self.viewport().mapToGlobal(self._kind_zone(self._section_rect(place)).bottomLeft())

    def event(self, e: QEvent) -> bool:
        if isinstance(e, QHoverEvent):
            self._hover = e.position().toPoint()
            self.viewport().update()
        elif e.type() == QEvent.Type.Leave:
            self._hover = QPoint(-1, -1)
            self.viewport().update()
        return super().event(e)

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = self.logicalIndexAt(e.position().toPoint())
        resizes = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(e)
        if place < 0 or resizes or e.button() is not Qt.MouseButton.LeftButton:
            return
        self.column_wanted.emit(place)
        rect = self._section_rect(place)
        if self._kind_zone(rect).contains(e.position().toPoint()):
            self.kind_wanted.emit(place, self.kind_point(place))
        elif e.position().y() < _EDGE + _NAME:
            self.sort_wanted.emit(place)
