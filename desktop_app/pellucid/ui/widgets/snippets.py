"""A piece of a text with an n-gram set strong in it, and the row it comes from."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pellucid.explain.corpus.types import Example
from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.widgets.basic import label


def snippet_label(example: Example, palette: Palette) -> QLabel:
    """Return an example as running text that can be copied."""
    text, start, end = example.snippet, example.start, example.end
    before, it, after = (html.escape(part) for part in (text[:start], text[start:end], text[end:]))
    made = label("", wraps=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    height = round(theme.LINE_HEIGHT * 100)
    row = f'<span style="color:{palette.muted}">row&nbsp;{example.row + 1:,}</span>'
    made.setText(f'<p style="line-height:{height}%; margin:0">{before}<b>{it}</b>{after} {row}</p>')
    made.setAccessibleName(f"Row {example.row + 1}: {text}")
    return made
