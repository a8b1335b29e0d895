"""How wide words are, near enough to lay out a chart without a font at hand."""

from __future__ import annotations

import unicodedata

LABEL_PX = 12
LINE_PX = 15
_NARROW = frozenset("iIjl.,:;'|!()[]{}ftr ‘’“”·")
_WIDE = frozenset("mwMWOQG@%&—+=<>−…")


def width_of(text: str, size: float = LABEL_PX) -> float:
    """Return the width in px of `text` in a common sans-serif face, rounded up rather than down."""
    return sum(_share(char) for char in text) * size


def _share(char: str) -> float:
    if char in _NARROW:
        return 0.4
    if char in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.72 if char.isupper() else 0.62


def shorten(text: str, width: float, size: float = LABEL_PX) -> str:
    """Return `text` on one line, cut with an ellipsis where it is wider than `width` px."""
    line = " ".join(text.split())
    if width_of(line, size) <= width:
        return line
    used, kept = width_of("…", size), []
    for char in line:
        used += width_of(char, size)
        if used > width:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def wrap(text: str, width: float, most: int = 3) -> list[str]:
    """Return `text` on at most `most` lines of `width` px, the last one cut where need be."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (width_of(longer) <= width or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return [shorten(line, width) for line in lines] or [""]
