"""Small widgets in rows, as many beside one another as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pellucid.ui import theme


class Flow(QWidget):
    """Sets its widgets from left to right and wraps; its height follows from its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        return tuple(self._parts)

    def add(self, part: QWidget) -> None:
        """Put a widget at the end."""
        part.setParent(self)
        self._parts.append(part)
        part.show()
        self._place()

    def clear(self) -> None:
        """Take all widgets out; those that nobody else keeps are deleted."""
        for part in self._parts:
            part.hide()
            part.setParent(None)
        self._parts = []
        self._place()

    def _places(self, width: int) -> list[QRect]:
        x = y = 0
        found: list[QRect] = []
        row: list[QRect] = []
        for part in self._parts:
            size = part.sizeHint().expandedTo(part.minimumSizeHint())
            wide = min(size.width(), max(width, 40))
            if x and x + wide > width:
                y += _centred(row) + theme.S1
                x, row = 0, []
            row.append(QRect(x, y, wide, size.height()))
            found.append(row[-1])
            x += wide + theme.S1
        _centred(row)
        return found

    def _place(self) -> None:
        for part, box in zip(self._parts, self._places(self.width()), strict=True):
            part.setGeometry(box)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return max((box.bottom() + 1 for box in self._places(width)), default=0)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._place()


def _centred(row: list[QRect]) -> int:
    """Set the boxes of a row at one height, and return how tall the row is."""
    tall = max((box.height() for box in row), default=0)
    for box in row:
        box.translate(0, (tall - box.height()) // 2)
    return tall
