"""The attention heads of a transformer as a grid of small maps, a layer a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.view import ChartView, Mark

_LEFT, _TOP, _GAP = 58.0, 20.0, 4.0
_SMALLEST, _LARGEST = 26.0, 56.0
_FULL = 0.6
"""A share of the attention that is drawn in the full colour."""


def map_image(shares: NDArray[np.float64], palette: Palette) -> QImage:
    """Draw one head: a row for each word that looks, a column for each that is looked at."""
    ground, over = (
        np.array([c.red(), c.green(), c.blue()], dtype=np.float64)
        for c in (QColor(palette.background), QColor(palette.accent))
    )
    strength = np.sqrt(np.clip(shares / _FULL, 0.0, 1.0))[..., None]
    pixels = np.ascontiguousarray(np.round(ground + (over - ground) * strength).astype(np.uint8))
    height, width = shares.shape
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


class HeadGrid(ChartView):
    """Draws every head; `chosen` carries the position of the one that is clicked, row by row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps: NDArray[np.float64] = np.zeros((0, 0, 0, 0), dtype=np.float64)
        self._sentences: tuple[str, ...] = ()
        self._images: list[QImage] = []
        self._framed = -1

    def set_maps(self, maps: NDArray[np.float64], sentences: Sequence[str], title: str) -> None:
        """Show heads (layers, heads, words, words), each with what it answers."""
        self._maps, self._sentences = maps, tuple(sentences)
        self.describe(title, "; ".join(sentences))
        self._paint_images()
        self.setFixedHeight(self._tall(self.width()))
        self.renew()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.setFixedHeight(self._tall(self.width()))
        super().resizeEvent(event)

    @property
    def layers(self) -> int:
        return int(self._maps.shape[0])

    @property
    def heads(self) -> int:
        return int(self._maps.shape[1])

    def frame_head(self, at: int) -> None:
        """Frame the head that is shown beside the grid."""
        self._framed = at
        self.update()

    def set_colors(self, palette: Palette) -> None:
        super().set_colors(palette)
        self._paint_images()

    def _paint_images(self) -> None:
        self._images = [
            map_image(self._maps[at // self.heads, at % self.heads], self.colors)
            for at in range(self.layers * self.heads)
        ]

    def _cell(self, width: float) -> float:
        return min(_LARGEST, max(_SMALLEST, (width - _LEFT) / max(1, self.heads) - _GAP))

    def _tall(self, width: int) -> int:
        return round(_TOP + self.layers * (self._cell(width) + _GAP) + 2)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(480, self._tall(480))

    def box(self, at: int) -> QRectF:
        """Return where a head stands."""
        heads, cell = max(1, self.heads), self._cell(self.width())
        left = _LEFT + (at % heads) * (cell + _GAP)
        return QRectF(left, _TOP + (at // heads) * (cell + _GAP), cell, cell)

    def lay_out(self) -> Sequence[Mark]:
        found = []
        for at, sentence in enumerate(self._sentences):
            box = self.box(at)

            def say(sentence: str = sentence) -> str:
                return sentence

            found.append(Mark(box, QPointF(box.right(), box.center().y()), say))
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.setFocus()
        super().mousePressEvent(event)

    def paint_chart(self, painter: QPainter) -> None:
        layers, heads = self.layers, self.heads
        for head in range(heads):
            box = self.box(head)
            top = QRectF(box.left(), 0, box.width(), _TOP - 2)
            drawing.text(painter, top, str(head + 1), self.colors.muted, align=drawing.CENTER)
        drawing.text(painter, QRectF(0, 0, _LEFT - 8, _TOP - 2), "head", self.colors.muted,
                     align=drawing.RIGHT)  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        for layer in range(layers):
            row = self.box(layer * heads)
            name = QRectF(0, row.top(), _LEFT - 8, row.height())
            drawing.text(painter, name, f"layer {layer + 1}", self.colors.muted,
                         align=drawing.RIGHT)  # fmt: skip
        for at, image in enumerate(self._images):
            self._paint_head(painter, self.box(at), image, framed=at == self._framed)

    def _paint_head(self, painter: QPainter, box: QRectF, image: QImage, *, framed: bool) -> None:
        painter.drawImage(box, image)
        palette = self.colors
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.color(palette.text if framed else palette.border), 2 if framed else 1)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(box)
