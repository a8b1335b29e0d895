"""The smallest charts: bars without axes, for column headers and cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from pellucid.report.palette import Palette
from pellucid.ui import theme


def paint_bars(
    painter: QPainter,
    box: QRectF,
    heights: Sequence[float],
    palette: Palette,
    *,
    are_levels: bool = False,
) -> None:
    """Draw bars on a base line; levels stand apart, ranges touch.

    `heights` go from 0 to 1. Something that is there is at least 1 px high.
    """
    base = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
    painter.fillRect(base, theme.color(palette.border))
    if not heights:
        return
    wide = box.width() / max(len(heights), 6 if are_levels else 1)
    wide = min(wide, 22.0) if are_levels else wide
    gap = min(3.0, wide * 0.25) if are_levels else (1.0 if wide > 3 else 0.0)
    tint = theme.color(theme.tints(palette).bars)
    for place, height in enumerate(heights):
        if height > 0:
            tall = max(1.0, round(height * (box.height() - 1)))
            left = box.left() + place * wide
            painter.fillRect(
                QRectF(left, box.bottom() - 1 - tall, max(wide - gap, 1.0), tall), tint
            )
