"""What lies over the window while a file is held above it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme


def dropped_file(data: QMimeData) -> Path | None:
    """Return the first local file that is held or dropped, None if there is none."""
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None


class DropVeil(QWidget):
    """Says which file will be opened where the mouse is let go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._palette: Palette = LIGHT
        self._name = ""
        self.hide()

    def offer(self, path: Path) -> None:
        self._name = path.name
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette = self._palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color(palette.background, 0.94))
        pen = QPen(theme.color(palette.accent), 2)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 10, 10)
        middle = self.rect().center()
        drawing = theme.pixmap("drop", palette.accent, 40)
        painter.drawPixmap(middle.x() - 20, middle.y() - 56, drawing)
        painter.setPen(theme.color(palette.text))
        painter.setFont(theme.strong(theme.TITLE))
        words = QRectF(40, middle.y(), self.width() - 80.0, 32)
        name = painter.fontMetrics().elidedText(
            f"Open {self._name}", Qt.TextElideMode.ElideMiddle, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)
