"""How wide words are, near enough to lay out a chart without a font at hand."""

from __future__ import annotations

import unicodedata

LABEL_PX = 12
_NARROW = frozenset("iIjl.,:;'|!()[]{}ftr ‘’“”·")
_WIDE = frozenset("mwMWOQG@%&—+=<>−…")


def width_of(text: str, size: float = LABEL_PX) -> float:
    """Return the width in px of `text` in a common sans-serif face, rounded up rather than down."""
    return sum(_share(char) for char in text) * size


def _share(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE:
        return 0.88
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.7 if char.isupper() else 0.6


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
