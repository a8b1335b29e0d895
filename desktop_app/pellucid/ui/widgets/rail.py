"""The rail at the left: six steps, each an icon with its word beneath."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.steps import STEPS, Step
from pellucid.ui.widgets.basic import IconButton

_ICON = 22


class RailButton(QAbstractButton):
    """One step. `reason` says what it waits for; it is then drawn faded."""

    def __init__(self, step: Step, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self.reason = ""
        self._number = number
        self._palette: Palette = LIGHT
        self.setText(step.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(theme.RAIL_WIDTH, 60)
        self.set_reason("")

    def set_reason(self, reason: str) -> None:
        """Say what the step waits for; an empty reason makes it ready."""
        self.reason = reason
        purpose = f"{self.step.purpose} (Ctrl+{self._number})"
        self.setToolTip(f"{purpose}\n{reason}." if reason else purpose)
        self.setAccessibleName(self.step.title)
        self.setAccessibleDescription(reason or self.step.purpose)
        self.update()

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.RAIL_WIDTH, 60)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, more = self._palette, theme.tints(self._palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(6, 3, -6, -3)
        if self.isChecked() or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(more.chosen if self.isChecked() else more.hover))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(theme.color(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        tint = palette.accent if self.isChecked() else palette.muted
        if self.reason and not self.isChecked():
            tint = theme.mix(palette.surface, palette.muted, 0.55)
        left = (self.width() - _ICON) // 2
        painter.drawPixmap(QPoint(left, 10), theme.pixmap(self.step.key, tint, _ICON))
        painter.setPen(theme.color(palette.text if self.isChecked() else tint))
        painter.setFont(theme.medium(theme.LABEL) if self.isChecked() else theme.font(theme.LABEL))
        words = QRectF(0, 34, self.width(), 18)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.step.title)


class Rail(QFrame):
    """Emits `wanted(key)` when a step is chosen and `home_wanted` for the mark at the top."""

    wanted = Signal(str)
    home_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setFixedWidth(theme.RAIL_WIDTH)
        self.setAccessibleName("Steps")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 7, 0, theme.S2)
        layout.setSpacing(0)
        self.home = Mark("pellucid", "Welcome page: open a file, a sample or recent work", self)
        self.home.clicked.connect(self.home_wanted)
        layout.addWidget(self.home, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(9)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        for number, step in enumerate(STEPS, start=1):
            made = RailButton(step, number, self)
            made.clicked.connect(lambda _=False, key=step.key: self.wanted.emit(key))
            self._group.addButton(made)
            self.buttons[step.key] = made
            layout.addWidget(made)
        layout.addStretch()
        self.appearance = IconButton("sun", "Light or dark", self)
        layout.addWidget(self.appearance, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_current(self, key: str) -> None:
        """Mark the step called `key`; an empty key marks none."""
        self._group.setExclusive(False)
        for name, made in self.buttons.items():
            made.setChecked(name == key)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        order = list(self.buttons.values())
        here = next((i for i, made in enumerate(order) if made.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        order[(here + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)


class Mark(IconButton):
    """The product's mark, in the accent."""

    def __init__(self, drawing: str, name: str, parent: QWidget) -> None:
        super().__init__(drawing, name, parent)
        self.setIconSize(QSize(26, 26))

    def set_colors(self, palette: Palette) -> None:
        self.setIcon(theme.icon("pellucid", palette.accent, 26))
