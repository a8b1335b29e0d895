"""A keyword tree, painted from left to right: questions, and the leaves that texts fall into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from pellucid.core.numbers import listing, plural
from pellucid.models.keyword_tree.drawing import TreePlace
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.view import ChartView, Mark

_LEAF, _BOX_HEIGHT, _GAP = 88.0, 76.0, 34.0
_LEAST_STEP, _WIDEST_STEP = 172.0, 300.0
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node as it is drawn; `note` is what a leaf adds to the prediction, signed."""

    place: TreePlace
    note: str = ""

    @property
    def lines(self) -> tuple[str, str, str]:
        """What stands in the box: a question over two lines, or a leaf's mean, then the texts."""
        place, words = self.place, [f"“{word}”" for word in self.place.keywords]
        texts = plural(place.texts, "text")
        if not words:
            return place.text, "", texts
        more = "" if len(words) == 1 else f"or {words[1]}?"
        if len(words) > 2:
            more = f"or {words[1]} or {len(words) - 2} more?"
        return words[0] + ("?" if not more else ""), more, f"{texts}, {place.text}"


def node_sentence(node: TreeNode) -> str:
    """Say which texts come to a node, and what is asked there."""
    place = node.place
    said = f"{plural(place.texts, 'training text')} here, {place.text}."
    if place.branch is not None:
        said = f"{'Holds' if place.branch else 'Does not hold'} what is asked before: {said}"
    if place.keywords:
        words = listing([f"“{word}”" for word in place.keywords], _MOST_WORDS)
        return f"{said} Asked: does the text hold {words}?"
    return f"{said} A leaf{f', which adds {node.note}' if node.note else ''}."


class TreeView(ChartView):
    """Draws a tree; its height follows from its leaves, its width from its depth."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[TreeNode, ...] = ()
        self._chosen: int | None = None

    def choose(self, node: int | None) -> None:
        """Frame a node, by its id, as the one that is edited; None frames none."""
        self._chosen = node
        self.update()

    def node_at(self, mark: int) -> int:
        """Return the id of the node that a mark stands for."""
        return self._nodes[mark].place.node

    def set_nodes(self, nodes: Sequence[TreeNode], title: str, alt: str) -> None:
        """Show another tree, each node before its children."""
        self._nodes = tuple(nodes)
        self.describe(title, alt)
        self.setMinimumSize(round(self._depth * _LEAST_STEP), round(self._tall))
        self.renew()

    @property
    def _depth(self) -> int:
        return 1 + max((node.place.row for node in self._nodes), default=0)

    @property
    def _tall(self) -> float:
        return _LEAF * (1 + max((node.place.column for node in self._nodes), default=0.0)) + 8

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(self._depth * _LEAST_STEP), round(self._tall))

    def box(self, node: TreeNode) -> QRectF:
        """Return where a node stands."""
        step = min(_WIDEST_STEP, max(_LEAST_STEP, self.width() / self._depth))
        left = node.place.row * step + 2
        top = 4 + node.place.column * _LEAF + (_LEAF - _BOX_HEIGHT) / 2
        return QRectF(left, top, step - _GAP, _BOX_HEIGHT)

    def lay_out(self) -> Sequence[Mark]:
        found = []
        for node in self._nodes:
            box = self.box(node)

            def say(node: TreeNode = node) -> str:
                return node_sentence(node)

            found.append(Mark(box, QPointF(box.right(), box.center().y()), say))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        boxes = {node.place.node: self.box(node) for node in self._nodes}
        for node in self._nodes:
            if node.place.parent is not None:
                self._paint_branch(painter, boxes[node.place.parent], node, boxes[node.place.node])
        for node in self._nodes:
            self._paint_node(painter, node, boxes[node.place.node])

    def _paint_branch(self, painter: QPainter, parent: QRectF, node: TreeNode, box: QRectF) -> None:
        start = QPointF(parent.right(), parent.center().y())
        end = QPointF(box.left(), box.center().y())
        middle = (start.x() + end.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
        pen = QPen(theme.color(theme.tints(self.colors).control), 1.2)
        if not node.place.branch:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        word = "yes" if node.place.branch else "no"
        lift = -18 if node.place.branch else 1
        where = QRectF(end.x() - _GAP + 4, end.y() + lift, _GAP - 4, 17)
        drawing.text(painter, where, word, self.colors.muted, align=drawing.CENTER)

    def _paint_node(self, painter: QPainter, node: TreeNode, box: QRectF) -> None:
        palette, place = self.colors, node.place
        is_leaf = not place.keywords
        is_chosen = place.node == self._chosen
        painter.setPen(QPen(theme.color(palette.accent if is_chosen else palette.border),
                            2 if is_chosen else 1))  # fmt: skip
        painter.setBrush(theme.color(palette.surface if is_leaf else palette.background))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        inner = box.adjusted(9, 5, -9, -5)
        first = QRectF(inner.left(), inner.top(), inner.width(), 18)
        head, middle, about = node.lines
        note = node.note if is_leaf else ""
        room = first.adjusted(0, 0, -(drawing.measure(note) + 6 if note else 0), 0)
        drawing.text(painter, room, head, palette.text, font=theme.strong(theme.LABEL))
        if note:
            tint = palette.raises if note.startswith("+") else palette.lowers
            drawing.text(painter, first, note, tint, align=drawing.RIGHT)
        drawing.text(painter, first.translated(0, 16), middle or about, palette.text if middle
                     else palette.muted)  # fmt: skip
        if middle:
            drawing.text(painter, first.translated(0, 33), about, palette.muted)
        track = QRectF(inner.left(), inner.bottom() - 7, inner.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(palette.border))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(theme.color(palette.accent))
        share = min(1.0, max(0.0, place.colour))
        painter.drawRoundedRect(QRectF(track.topLeft(), track.bottomLeft() + QPointF(
            max(3.0, track.width() * share), 0)), 2, 2)  # fmt: skip
