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
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
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
from pellucid.ui.widgets.basic import paint_row

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class SwitchItem:
    """A row: what it is called, its icon, whether it is on, and why it cannot be, where it cannot.

    `level` 0 is set stronger and to the left, as a heading is; `note` stands under the title, which
    takes up to two lines where it `wraps` and there is no note.
    """

    key: str
    title: str
    icon: str = ""
    is_on: bool = True
    locked: str = ""
    level: int = 1
    note: str = ""
    wraps: bool = False

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
        item: SwitchItem = index.data(_ITEM)
        width = option.widget.viewport().width() if isinstance(option.widget, QListView) else 0
        return QSize(120, 44 if len(_lines_of(item, QRectF(0, 0, width, 30))) > 1 else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: SwitchItem = index.data(_ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, palette = QRectF(option.rect), self.colors
        paint_row(painter, box, option.state & ~QStyle.StateFlag.State_Selected, palette)
        lines = _lines_of(item, box)
        line = QRectF(box.left(), box.top() + (2 if item.below else 0), box.width(), 30)
        faded = bool(item.locked) or not item.is_on
        tint = palette.muted if faded else palette.text
        room = _room(item, box)
        if item.icon:
            picture = theme.pixmap(item.icon, palette.muted, 16)
            painter.drawPixmap(int(box.left() + 8), int(line.center().y() - 8), picture)
        painter.setFont(_face(item))
        painter.setPen(theme.color(tint))
        for at, words in enumerate(lines):
            if at and item.below:
                painter.setFont(theme.font(theme.LABEL))
                painter.setPen(theme.color(palette.muted))
            where = QRectF(room.left(), line.top() + 17 * at, room.width(), 30)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), words)
        if not item.locked:
            paint_switch(painter, QRectF(box.right() - 40, line.center().y() - 8, 30, 16),
                         item.is_on, palette)  # fmt: skip
        painter.restore()


def _face(item: SwitchItem) -> QFont:
    return theme.strong() if item.level == 0 else theme.font()


def _room(item: SwitchItem, box: QRectF) -> QRectF:
    """Return where a row's words stand in its box."""
    left = box.left() + (32 if item.icon else 8 if item.level == 0 else 20)
    return QRectF(left, box.top(), box.right() - left - (8 if item.locked else 52), box.height())


def _lines_of(item: SwitchItem, box: QRectF) -> tuple[str, ...]:
    """Return what stands in a row, line by line, each shortened to the room it has."""
    face, wide = QFontMetricsF(_face(item)), _room(item, box).width()
    small = QFontMetricsF(theme.font(theme.LABEL))
    cut = Qt.TextElideMode.ElideRight
    first, rest = item.title, item.below
    if item.wraps and not rest and face.horizontalAdvance(first) > wide:
        first, rest, small = *_broken(first, face, wide), face
    lines = (face.elidedText(first, cut, wide), small.elidedText(rest, cut, wide))
    return lines if rest else lines[:1]


def _broken(words: str, face: QFontMetricsF, wide: float) -> tuple[str, str]:
    """Break `words` after as many as fit into `wide` px; a first word that is wider stays whole."""
    taken = 0
    for end in (at for at, letter in enumerate(words) if letter == " "):
        if face.horizontalAdvance(words[:end]) > wide:
            break
        taken = end
    return (words[:taken], words[taken + 1 :]) if taken else (words, "")


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
        self.updateGeometry()

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
