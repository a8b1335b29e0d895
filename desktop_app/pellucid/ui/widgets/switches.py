"""A list whose rows are switched on and off: features of a model, blocks of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class SwitchItem:
    """A row: what it is called, its icon, whether it is on, and why it cannot be, where it cannot.

    `level` 0 is set stronger and to the left, as a heading is; `note` stands under the title.
    """

    key: str
    title: str
    icon: str = ""
    is_on: bool = True
    locked: str = ""
    level: int = 1
    note: str = ""

    @property
    def below(self) -> str:
        """What stands in the second line; empty where there is none."""
        return self.locked or self.note


class SwitchModel(QAbstractListModel):
    """Holds the rows; switching one is only announced, and whoever owns the state sets it."""

    switched = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[SwitchItem, ...] = ()

    def set_items(self, items: Sequence[SwitchItem]) -> None:
        """Show other rows; rows that only changed keep the view where it is."""
        new = tuple(items)
        if [item.key for item in new] == [item.key for item in self.items]:
            self.items = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.items = new
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        item = self.items[index.row()]
        usable = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return usable if item.locked else usable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == _ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.CheckStateRole and not item.locked:
            return Qt.CheckState.Checked if item.is_on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.title}: {item.below}" if item.below else item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = item.locked or ("on" if item.is_on else "off")
            return ", ".join(part for part in (item.title, state, item.note) if part)
        return None

    def toggle(self, row: int) -> None:
        """Ask for a row to be switched over."""
        item = self.items[row]
        if not item.locked:
            self.switched.emit(item.key, not item.is_on)


class SwitchDelegate(QStyledItemDelegate):
    """Paints a row: icon, title, and a switch, or the reason why there is none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colors: Palette = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        del option
        item: SwitchItem = index.data(_ITEM)
        return QSize(120, 44 if item.below else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: SwitchItem = index.data(_ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, palette = QRectF(option.rect), self.colors
        self._paint_ground(painter, box, option.state)
        left = box.left() + (8 if item.level == 0 else 20 if not item.icon else 8)
        line = QRectF(box.left(), box.top() + (2 if item.below else 0), box.width(), 30)
        faded = bool(item.locked) or not item.is_on
        tint = palette.muted if faded else palette.text
        if item.icon:
            picture = theme.pixmap(item.icon, palette.muted, 16)
            painter.drawPixmap(int(left), int(line.center().y() - 8), picture)
            left += 24
        face = theme.strong() if item.level == 0 else theme.font()
        painter.setFont(face)
        painter.setPen(theme.color(tint))
        room = QRectF(left, line.top(), box.right() - left - (8 if item.locked else 52), 30)
        self._paint_line(painter, room, item.title)
        if item.below:
            painter.setFont(theme.font(theme.LABEL))
            painter.setPen(theme.color(palette.muted))
            self._paint_line(painter, room.translated(0, 17), item.below)
        if not item.locked:
            paint_switch(painter, QRectF(box.right() - 40, line.center().y() - 8, 30, 16),
                         item.is_on, palette)  # fmt: skip
        painter.restore()

    def _paint_line(self, painter: QPainter, room: QRectF, words: str) -> None:
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        fills = theme.tints(self.colors)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(theme.color(fills.chosen))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color(fills.hover))
        else:
            return
        painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), theme.RADIUS, theme.RADIUS)


def paint_switch(painter: QPainter, box: QRectF, is_on: bool, palette: Palette) -> None:
    """Draw a switch: the knob's side tells the state, colour only repeats it."""
    off = theme.tints(palette).control
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(palette.accent if is_on else off))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    knob = box.height() - 4
    left = box.right() - knob - 2 if is_on else box.left() + 2
    painter.setBrush(theme.color(palette.background))
    painter.drawEllipse(QRectF(left, box.top() + 2, knob, knob))


class SwitchList(QListView):
    """The list: a click or the space bar asks for a switch; `current` tells the row reached."""

    switched = Signal(str, bool)
    current = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = SwitchModel(self)
        self._paint = SwitchDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._paint)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model.switched.connect(self.switched)

    @property
    def items(self) -> tuple[SwitchItem, ...]:
        return self._model.items

    def set_items(self, items: Sequence[SwitchItem]) -> None:
        """Show other rows, or the same ones in another state."""
        self._model.set_items(items)

    def set_colors(self, palette: Palette) -> None:
        self._paint.colors = palette
        self.viewport().update()

    def toggle(self, row: int) -> None:
        """Ask for a row to be switched over."""
        self._model.toggle(row)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        if current.isValid():
            self.current.emit(self.items[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        if at.isValid() and event.position().x() > self.viewport().width() - 48:
            self.toggle(at.row())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().leaveEvent(event)
        self.viewport().update()
