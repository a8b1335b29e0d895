"""The list of terms: rank, name, importance, a tiny curve, and whether the term matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pellucid.report.charts import Chart
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.sparkline import Spark, paint_spark
from pellucid.ui.pages.explain_view import TermRow, matching
from pellucid.ui.widgets.basic import label, paint_row
from pellucid.ui.widgets.search_line import SearchLine
from pellucid.ui.widgets.turns import Turns

Index = QModelIndex | QPersistentModelIndex
WIDTH = 280
_ROW = Qt.ItemDataRole.UserRole
_HEIGHT = 52
_SEARCH_FROM = 8


class TermModel(QAbstractListModel):
    """Holds the rows of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[TermRow, ...] = ()
        self._turns = Turns(self)
        self._draw: Callable[[str], Chart] | None = None
        self._drawn: dict[str, Chart | None] = {}

    def draw_with(self, draw: Callable[[str], Chart]) -> None:
        """Take the function that makes a term's chart; it is called for rows that are seen."""
        self._draw, self._drawn = draw, {}
        self._turns.start(())

    def chart(self, name: str) -> Chart | None:
        """Return a term's chart, None until it is made, which then draws the row again."""
        if name not in self._drawn:
            self._drawn[name] = None
            self._turns.add(partial(self._make, name))
        return self._drawn[name]

    def _make(self, name: str) -> None:
        if self._draw is None or not any(row.name == name for row in self.rows):
            self._drawn.pop(name, None)
            return
        self._drawn[name] = self._draw(name)
        at = next(i for i, row in enumerate(self.rows) if row.name == name)
        self.dataChanged.emit(self.index(at), self.index(at))

    def set_rows(self, rows: Sequence[TermRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


def name_and_curve(box: QRectF, name: str) -> tuple[QRectF, QRectF]:
    """Return where a row has its term's name and its curve: a long name stands above the curve."""
    left, top = box.left() + 36, box.top()
    room = box.right() - 12 - left
    beside = room - 76
    if drawing.measure(name, theme.medium()) <= beside:
        return QRectF(left, top + 6, beside, 20), QRectF(left + room - 64, top + 10, 64, 30)
    return QRectF(left, top + 6, room, 20), QRectF(left + room - 64, top + 28, 64, 18)


class TermDelegate(QStyledItemDelegate):
    """Paints a row of the list."""

    def __init__(self, terms: TermModel) -> None:
        super().__init__(terms)
        self._terms = terms
        self.colors: Palette = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        del option, index
        return QSize(WIDTH - 16, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TermRow = index.data(_ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        paint_row(painter, box, option.state, self.colors)
        palette, faded = self.colors, row.matters is False
        rank = QRectF(box.left() + 4, box.top() + 7, 22, 18)
        drawing.text(painter, rank, str(row.rank), palette.muted, align=drawing.RIGHT)
        name, curve = name_and_curve(box, row.name)
        if (chart := self._terms.chart(row.name)) is not None:
            paint_spark(painter, curve, Spark(chart), palette, faded=faded)
        left, room = name.left(), curve.left() - name.left() - 12
        tint = palette.muted if faded else palette.text
        shown = drawing.elided_name(row.name, name.width(), theme.medium())
        drawing.text(painter, name, shown, tint, font=theme.medium())
        self._paint_bar(painter, QRectF(left, box.top() + 34, 40, 4), row.share, faded)
        verdict = QRectF(left + 48, box.top() + 27, room - 40, 18)
        drawing.text(painter, verdict, row.verdict, palette.muted)
        painter.restore()

    def _paint_bar(self, painter: QPainter, box: QRectF, share: float, faded: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self.colors.border))
        painter.drawRoundedRect(box, 2, 2)
        painter.setBrush(theme.color(self.colors.muted if faded else self.colors.accent))
        filled = QRectF(box.left(), box.top(), max(3.0, box.width() * share), box.height())
        painter.drawRoundedRect(filled, 2, 2)


class TermList(QWidget):
    """The list with its heading and, for many terms, a field to find one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._all: tuple[TermRow, ...] = ()
        self._model = TermModel(self)
        self._delegate = TermDelegate(self._model)
        self.search = SearchLine("Find a term")
        self.list = QListView()
        self.list.setAccessibleName("Terms by importance")
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S5, theme.S3, theme.S2, theme.S2)
        column.setSpacing(theme.S2)
        head = label("Terms, most important first", "label")
        head.setToolTip("A term is what the model knows about one column, or about two together")
        column.addWidget(head)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(lambda _: self._show())
        self.list.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def rows(self) -> tuple[TermRow, ...]:
        return self._model.rows

    def show_rows(
        self, rows: Sequence[TermRow], chosen: str | None, draw: Callable[[str], Chart]
    ) -> None:
        """Show the terms, with one of them chosen; `draw` makes a term's chart."""
        self._model.draw_with(draw)
        self._all = tuple(rows)
        self.search.setVisible(len(self._all) > _SEARCH_FROM)
        self._show()
        self.choose(chosen)

    def choose(self, name: str | None) -> None:
        """Choose a term by name without announcing it."""
        at = next((i for i, row in enumerate(self._model.rows) if row.name == name), None)
        selection = self.list.selectionModel()
        before = selection.blockSignals(True)
        if at is not None:
            self.list.setCurrentIndex(self._model.index(at))
        selection.blockSignals(before)
        self.list.viewport().update()

    def _show(self) -> None:
        self._model.set_rows(matching(self._all, self.search.text()))

    def _current_changed(self, current: Index, previous: Index) -> None:
        del previous
        if current.isValid():
            self.chosen.emit(self._model.rows[current.row()].name)

    def set_colors(self, palette: Palette) -> None:
        self._delegate.colors = palette
        self.list.viewport().update()
