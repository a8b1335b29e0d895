"""A piece of a text with an n-gram set strong in it, and the row it comes from."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from pellucid.explain.corpus.types import Example
from pellucid.report.palette import Palette
from pellucid.ui import theme


class Snippet(QLabel):
    """An example as running text that can be copied.

    It takes on other colours by itself: made anew instead, a column of them would be laid out
    before its new height is known.
    """

    def __init__(self, example: Example, palette: Palette) -> None:
        super().__init__()
        self._example = example
        self.setFont(theme.font())
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"Row {example.row + 1}: {example.snippet}")
        self.set_colors(palette)

    def set_colors(self, palette: Palette) -> None:
        text, start, end = self._example.snippet, self._example.start, self._example.end
        before, it, after = (
            html.escape(part) for part in (text[:start], text[start:end], text[end:])
        )
        number = f"{self._example.row + 1:,}"
        row = f'<span style="color:{palette.muted}">row&nbsp;{number}</span>'
        height = round(theme.LINE_HEIGHT * 100)
        self.setText(
            f'<p style="line-height:{height}%; margin:0">{before}<b>{it}</b>{after} {row}</p>'
        )
