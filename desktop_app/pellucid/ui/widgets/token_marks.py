"""Marks on a text as values: where they stand, how strong they are, what they answer. No Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

FAINT = 0.04
"""Below this share of the strongest mark, nothing is drawn."""
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True, slots=True)
class TokenMark:
    """A piece of a text, `whole[start:end]`, and how it is marked.

    `strength` is its score over the largest size of any score beside it, from -1 to 1; positive
    ones raise the prediction. One of kind "share" has no direction, from 0 to 1: how much of
    something the piece gets. The sentence is made when somebody asks for it.
    """

    start: int
    end: int
    strength: float
    say: Callable[[], str]
    is_unseen: bool = False
    kind: Literal["effect", "share"] = "effect"

    @property
    def is_drawn(self) -> bool:
        return abs(self.strength) >= FAINT or self.is_unseen


def places_in_document(text: str) -> list[int] | None:
    """Return where each character of `text`, and its end, stands in a text document.

    A document counts UTF-16 units and keeps a Windows line end as one character. None where every
    place is the same in both.
    """
    if text.isascii() and "\r\n" not in text:
        return None
    found, at = [0], 0
    for i, character in enumerate(text):
        is_half = character == "\r" and text[i + 1 : i + 2] == "\n"
        at += 0 if is_half else 2 if ord(character) > 0xFFFF else 1
        found.append(at)
    return found


def reads_right_to_left(text: str) -> bool:
    """Tell whether any of `text` is set from right to left."""
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def joined(edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join stretches, each given by its two ends, that touch."""
    found: list[tuple[float, float]] = []
    for low, high in sorted((min(edge), max(edge)) for edge in edges):
        if found and low <= found[-1][1] + 0.5:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found
