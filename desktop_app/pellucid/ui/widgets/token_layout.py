"""Where the marks of a text stand in its document: piece by piece, by place and by caret."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument

from pellucid.ui.widgets.token_drawing import Piece, pieces_in
from pellucid.ui.widgets.token_marks import (
    TokenMark,
    places_in_document,
    reads_right_to_left,
)

_TALLEST = 60.0
"""No piece is taller, in px: how far above an area one may begin that reaches into it."""


class TokenLayout:
    """Finds the pieces of marks in a laid-out document; they are worked out when first asked for.

    Coordinates are the document's, in px.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._text = ""
        self._marks: tuple[TokenMark, ...] = ()
        self._pieces: list[Piece] | None = None
        self._tops: list[float] = []

    def show(self, text: str, marks: Sequence[TokenMark]) -> None:
        """Take the text that the document holds, and its marks in the text's order."""
        self._text, self._marks = text, tuple(marks)
        self.forget()

    def forget(self) -> None:
        """Find the pieces anew, since the document was laid out anew."""
        self._pieces = None

    def pieces(self) -> list[Piece]:
        """Return the marks' pieces in reading order."""
        if self._pieces is None:
            self._pieces = sorted(self._found(), key=lambda piece: piece.box.top())
            self._tops = [piece.box.top() for piece in self._pieces]
        return self._pieces

    def within(self, area: QRectF) -> Iterator[Piece]:
        """Yield the pieces between the top and the bottom of `area`."""
        pieces = self.pieces()
        for piece in pieces[bisect.bisect_left(self._tops, area.top() - _TALLEST) :]:
            if piece.box.top() > area.bottom():
                return
            yield piece

    def of(self, index: int) -> list[Piece]:
        """Return the pieces of a mark, by its position."""
        return [piece for piece in self.pieces() if piece.mark == index]

    def mark_at(self, point: QPointF) -> int | None:
        """Return the position of the mark under a point."""
        area = QRectF(0, point.y(), 1, 1)
        return next((p.mark for p in self.within(area) if p.box.contains(point)), None)

    def mark_at_caret(self, position: int) -> int | None:
        """Return the position of the mark around a place of the document."""
        places = places_in_document(self._text)
        return next(
            (i for i, mark in enumerate(self._marks)
             if (span := _span(mark, places))[0] <= position < span[1]),
            None,
        )  # fmt: skip

    def _found(self) -> Iterator[Piece]:
        document, places = self._document, places_in_document(self._text)
        layout = document.documentLayout()
        block, origin, is_mixed = QTextBlock(), QPointF(), False
        for i, mark in enumerate(self._marks):
            start, end = _span(mark, places)
            if not (block.isValid() and block.contains(start)):
                block = document.findBlock(start)
                if not block.isValid():
                    return
                origin = layout.blockBoundingRect(block).topLeft()
                is_mixed = reads_right_to_left(block.text())
            local = (start - block.position(), min(end - block.position(), block.length() - 1))
            yield from pieces_in(block, origin, local, is_mixed, i)


def _span(mark: TokenMark, places: list[int] | None) -> tuple[int, int]:
    """Return where a mark starts and ends, as a document counts."""
    return (places[mark.start], places[mark.end]) if places else (mark.start, mark.end)
