"""What the marks of a text mean, in words beside a sample of each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.widgets.token_drawing import Piece, paint_mark
from pellucid.ui.widgets.token_marks import TokenMark

_SAMPLE, _GAP, _ROW = 22.0, 20.0, 20.0


class TokenLegend(QWidget):
    """One line, or as many as the width needs: a sample and its words, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette = LIGHT
        self._items: tuple[tuple[TokenMark | None, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, raises: str, lowers: str, *, unseen: bool = False) -> None:
        """Name what a solid and a dashed line do, and, where there are any, what dots are."""
        found: list[tuple[TokenMark | None, str]] = [
            (TokenMark(0, 1, 0.75, str), raises),
            (TokenMark(0, 1, -0.75, str), lowers),
        ]
        if unseen:
            found.append((TokenMark(0, 1, 0.0, str, is_unseen=True), "never seen in training"))
        found.append((None, "The heavier, the stronger"))
        self._items = tuple(found)
        self.setAccessibleName(
            f"Solid lines: {raises}. Dashed lines: {lowers}. The heavier, the stronger."
        )
        self.updateGeometry()
        self.update()

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def _places(self, width: float) -> list[QRectF]:
        """Return where each item stands, wrapped into rows of `width` px."""
        metrics = QFontMetricsF(theme.font(theme.LABEL))
        x = y = 0.0
        found = []
        for mark, words in self._items:
            wide = metrics.horizontalAdvance(words) + (_SAMPLE + 6 if mark else 0) + 2
            if x and x + wide > width:
                x, y = 0.0, y + _ROW
            found.append(QRectF(x, y, wide, _ROW))
            x += wide + _GAP
        return found

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        places = self._places(width)
        return int(places[-1].bottom()) if places else 0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(320, self.heightForWidth(320))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (mark, words), box in zip(self._items, self._places(self.width()), strict=True):
            left = box.left()
            if mark is not None:
                sample = QRectF(left + 1, box.top() + 2, _SAMPLE - 2, box.height() - 4)
                paint_mark(painter, Piece(sample, box.top() + 10, 0), mark, self._palette)
                left += _SAMPLE + 6
            room = QRectF(left, box.top(), box.right() - left, box.height())
            drawing.text(painter, room, words, self._palette.muted)
