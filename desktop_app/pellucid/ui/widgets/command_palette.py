"""The command palette: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.commands import Command, matching

Index = QModelIndex | QPersistentModelIndex
_ROW = 36
_SHOWN = 9


class CommandList(QAbstractListModel):
    """The commands that match what was typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.commands: list[Command] = []

    def show_commands(self, commands: list[Command]) -> None:
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.commands[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return command.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return command.waits_for() or command.shortcut
        return command if role == Qt.ItemDataRole.UserRole else None


class CommandDelegate(QStyledItemDelegate):
    """Draws a title at the left and its keys, or what it waits for, at the right."""

    palette: Palette = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del option, index
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command: Command = index.data(Qt.ItemDataRole.UserRole)
        palette, reason = self.palette, command.waits_for()
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(theme.tints(palette).chosen))
            painter.drawRoundedRect(box.adjusted(6, 1, -6, -1), theme.RADIUS, theme.RADIUS)
        inner = box.adjusted(theme.S4, 0, -theme.S4, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(theme.LABEL))
        painter.setPen(theme.color(palette.muted))
        keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        aside = reason or keys
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, aside)
        used = painter.fontMetrics().horizontalAdvance(aside) + theme.S4
        painter.setFont(theme.font())
        painter.setPen(theme.color(palette.muted if reason else palette.text))
        width = int(inner.width() - used)
        title = painter.fontMetrics().elidedText(
            command.title, Qt.TextElideMode.ElideRight, max(width, 80)
        )
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()


class CommandPalette(QFrame):
    """Lies over the window; Escape or a click elsewhere puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Commands")
        self._commands: Sequence[Command] = ()
        self._before: QWidget | None = None
        self.query = QLineEdit()
        self.query.setPlaceholderText("What would you like to do?")
        self.query.setAccessibleName("Find a command")
        self.query.setFont(theme.font(theme.SECTION))
        self.query.textChanged.connect(self._search)
        self.query.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName("Matching commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found = CommandList(self)
        self.list.setModel(self.found)
        self._delegate = CommandDelegate(self)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(lambda _: self._run())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S2, theme.S2, theme.S2, theme.S2)
        layout.setSpacing(theme.S1)
        layout.addWidget(self.query)
        layout.addWidget(self.list)
        self.hide()

    def open(self, commands: Sequence[Command], query: str = "") -> None:
        """Show the palette over the commands of the moment."""
        self._commands = commands
        self._before = self.window().focusWidget()
        self.query.setText(query)
        self._search(query)
        self.place()
        self.show()
        self.raise_()
        self.query.setFocus()
        self.query.selectAll()

    def place(self) -> None:
        """Lie at the top, in the middle of the window."""
        around = self.window().rect()
        width = min(600, around.width() - 2 * theme.S6)
        rows = min(_SHOWN, max(1, self.found.rowCount()))
        height = rows * _ROW + self.query.sizeHint().height() + 3 * theme.S2
        self.setGeometry((around.width() - width) // 2, theme.HEADER_HEIGHT + 8, width, height)

    def dismiss(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def set_colors(self, palette: Palette) -> None:
        self._delegate.palette = palette
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
            if key == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _search(self, query: str) -> None:
        self.found.show_commands(matching(self._commands, query))
        self.list.setCurrentIndex(self.found.index(0))
        self.place()

    def _move(self, step: int) -> None:
        rows = self.found.rowCount()
        if rows:
            row = (self.list.currentIndex().row() + step) % rows
            self.list.setCurrentIndex(self.found.index(row))

    def _run(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.found.commands) and not self.found.commands[row].waits_for():
            command = self.found.commands[row]
            self.dismiss()
            command.run()
