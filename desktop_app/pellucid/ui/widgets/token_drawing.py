"""Where a mark stands in a laid-out text, and how it is drawn there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextLine

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.widgets.token_marks import TokenMark, joined


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a mark that stands in one line: its box, its baseline, and the mark's position."""

    box: QRectF
    baseline: float
    mark: int


def pieces_in(
    block: QTextBlock, origin: QPointF, local: tuple[int, int], is_mixed: bool, mark: int
) -> Iterator[Piece]:
    """Yield the boxes of `local`, a range of the block's text, line by line.

    Where directions mix, a range can lie in several stretches of a line, so it is put together
    from both edges of each of its units.
    """
    layout, (at, end) = block.layout(), local
    while at < end:
        line = layout.lineForTextPosition(at)
        if not line.isValid():
            return
        stop = min(end, line.textStart() + line.textLength())
        if stop <= at:
            return
        top = origin.y() + line.y()
        for left, right in _stretches(line, at, stop, is_mixed):
            box = QRectF(origin.x() + left, top - 1, right - left, line.height() + 4)
            yield Piece(box, top + line.ascent(), mark)
        at = stop


def _stretches(line: QTextLine, at: int, stop: int, is_mixed: bool) -> list[tuple[float, float]]:
    if not is_mixed:
        return joined([(_x(line, at), _x(line, stop))])
    trailing = QTextLine.Edge.Trailing
    return joined([(_x(line, i), _x(line, i, trailing)) for i in range(at, stop)])


def _x(line: QTextLine, at: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    found: tuple[float, int] = line.cursorToX(at, edge)  # type: ignore[assignment]
    return found[0]


def paint_mark(painter: QPainter, piece: Piece, mark: TokenMark, palette: Palette) -> None:
    """Draw a wash and an underline: solid where the score raises, dashed where it lowers.

    A share has a wash alone.
    """
    if not mark.is_drawn:
        return
    size = min(1.0, abs(mark.strength))
    tint = palette.raises if mark.strength > 0 else palette.lowers
    box, wash = piece.box, 0.2 if theme.is_dark(palette) else 0.15
    if mark.kind == "share":
        tint, wash = palette.accent, 0.4
    if not mark.is_unseen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(tint, 0.02 + wash * size))
        painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0), 3, 3)
    if mark.kind == "share":
        return
    thick = 1.2 if mark.is_unseen else 1.2 + 2.4 * size
    pen = QPen(theme.color(palette.muted if mark.is_unseen else tint), thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if mark.is_unseen:
        pen.setDashPattern([1.0, 2.0])
    elif mark.strength < 0:
        pen.setDashPattern([4.0 / thick, 2.5 / thick])
    painter.setPen(pen)
    y = piece.baseline + 3.4 + thick / 2
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
