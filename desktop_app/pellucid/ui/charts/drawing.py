"""Strokes that charts share: text set in a box, grid lines, axes; sizes measured, not guessed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from pellucid.report.palette import Palette
from pellucid.report.spread import spread_over
from pellucid.report.ticks import MOST, Tick
from pellucid.ui import theme
from pellucid.ui.charts.scales import Scale, ticks

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
TEXT_HEIGHT = 18.0
TITLE_LINE = 15.0
"""What a second line of an axis's name adds to its height, in px."""


def measure(text: str, font: QFont | None = None) -> float:
    """Return the width of `text` in px."""
    return QFontMetricsF(font or theme.font(theme.LABEL)).horizontalAdvance(text)


def elided(
    text: str,
    width: float,
    font: QFont | None = None,
    *,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """Shorten `text` to `width` px with an ellipsis, at its end unless `cut` says otherwise."""
    return QFontMetricsF(font or theme.font(theme.LABEL)).elidedText(text, cut, width)


def elided_name(name: str, width: float, font: QFont | None = None) -> str:
    """Shorten a term's name in its middle: terms of one column differ in how they end."""
    return elided(name, width, font, cut=Qt.TextElideMode.ElideMiddle)


def widest(texts: Iterable[str], font: QFont | None = None) -> float:
    """Return the width of the widest of `texts`, 0 for none."""
    return max((measure(text, font) for text in texts), default=0.0)


def text(
    painter: QPainter,
    box: QRectF,
    words: str,
    tint: str,
    *,
    align: Qt.AlignmentFlag = LEFT,
    font: QFont | None = None,
) -> None:
    """Set one line of `words` in `box`, shortened where it does not fit."""
    face = font or theme.font(theme.LABEL)
    painter.setFont(face)
    painter.setPen(theme.color(tint))
    painter.drawText(box, int(align), elided(words, box.width() + 0.5, face))


def crisp(value: float) -> float:
    """Return the centre of the pixel that holds `value`, so that a hairline stays one pixel."""
    return float(int(value)) + 0.5


def hairline(
    painter: QPainter, a: QPointF, b: QPointF, tint: str, *, width: float = 1.0, dash: bool = False
) -> None:
    """Draw a straight line, on the pixel grid where it is upright or level."""
    pen = QPen(theme.color(tint), width)
    if dash:
        pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    if a.x() == b.x():
        a, b = QPointF(crisp(a.x()), a.y()), QPointF(crisp(b.x()), b.y())
    if a.y() == b.y():
        a, b = QPointF(a.x(), crisp(a.y())), QPointF(b.x(), crisp(b.y()))
    painter.drawLine(a, b)


def horizontal_grid(
    painter: QPainter, area: QRectF, scale: Scale, found: Iterable[Tick], palette: Palette
) -> None:
    """Draw level grid lines with their words at the left; the zero line is stronger."""
    for tick in found:
        y = scale.at(tick.value)
        tint = theme.tints(palette).control if tick.value == 0 else palette.border
        hairline(painter, QPointF(area.left(), y), QPointF(area.right(), y), tint)
        box = QRectF(0, y - TEXT_HEIGHT / 2, area.left() - 8, TEXT_HEIGHT)
        text(painter, box, tick.text, palette.muted, align=RIGHT)


def vertical_grid(
    painter: QPainter, area: QRectF, scale: Scale, found: Iterable[Tick], palette: Palette
) -> None:
    """Draw upright grid lines over `area`; the zero line is stronger."""
    for tick in found:
        x = scale.at(tick.value)
        tint = theme.tints(palette).control if tick.value == 0 else palette.border
        hairline(painter, QPointF(x, area.top()), QPointF(x, area.bottom()), tint)


def fitting_ticks(scale: Scale, most: int = MOST, *, is_date: bool = False) -> tuple[Tick, ...]:
    """Return the ticks of a level axis, as many as stand beside one another without touching."""
    found: tuple[Tick, ...] = ()
    for count in range(most, 1, -1):
        found = ticks(scale, count, is_date=is_date)
        pairs = itertools.pairwise(found)
        if all(
            scale.at(b.value) - scale.at(a.value) >= (measure(a.text) + measure(b.text)) / 2 + 10
            for a, b in pairs
        ):
            break
    return found


def words_below(
    painter: QPainter,
    top: float,
    scale: Scale,
    found: Iterable[Tick],
    palette: Palette,
    wide: float,
) -> tuple[Tick, ...]:
    """Set tick words under an axis, kept within `wide` px; return those that found room."""
    free, placed = -1e9, []
    for tick in found:
        width = measure(tick.text)
        left = min(max(0.0, scale.at(tick.value) - width / 2), wide - width - 1)
        if left < free:
            continue
        text(painter, QRectF(left, top, width + 1, TEXT_HEIGHT), tick.text, palette.muted)
        placed.append(tick)
        free = left + width + 10
    return tuple(placed)


def title_lines(words: str, wide: float) -> tuple[str, ...]:
    """Part an axis's name into the lines, two at most, that it takes within `wide` px."""
    if measure(words) + 2 <= wide:
        return (words,)
    said = words.split(" ")
    fitting = [at for at in range(1, len(said)) if measure(" ".join(said[:at])) + 2 <= wide]
    if not fitting:
        return (words,)
    return " ".join(said[: fitting[-1]]), " ".join(said[fitting[-1] :])


def axis_title(
    painter: QPainter,
    plot: QRectF,
    top: float,
    words: str,
    tint: str,
    wide: float,
    *,
    wraps: bool = False,
) -> None:
    """Set an axis's name under the middle of its plot, or as near as the widget's width allows.

    It takes a second line only where `wraps` says that there is room for one.
    """
    for at, said in enumerate(title_lines(words, wide) if wraps else (words,)):
        needed = measure(said) + 2
        left = min(max(0.0, plot.center().x() - needed / 2), max(0.0, wide - needed))
        box = QRectF(left, top + at * TITLE_LINE, min(needed, wide), TEXT_HEIGHT)
        text(painter, box, said, tint)


def rows_strip(
    painter: QPainter,
    strip: QRectF,
    ends: Sequence[float],
    counts: Sequence[int],
    palette: Palette,
) -> None:
    """Shade how the rows spread over an axis, so that uneven bins compare; `ends` are in px."""
    borders, shares = spread_over(ends, counts, strip.left(), strip.right())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(theme.mix(palette.background, palette.muted, 0.45)))
    for left, right, share in zip(borders[:-1], borders[1:], shares, strict=True):
        if share > 0:
            high = max(1.0, share * strip.height())
            painter.drawRect(QRectF(left, strip.bottom() - high, right - left, high))
    hairline(painter, strip.bottomLeft(), strip.bottomRight(), palette.border)
    box = QRectF(0, strip.bottom() - TEXT_HEIGHT, strip.left() - 8, TEXT_HEIGHT)
    text(painter, box, "rows", palette.muted, align=RIGHT)
