"""A text cut into pieces that can be taken out, kept or masked, and put together again."""

from __future__ import annotations

import bisect
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.data.tokens import sentences_of, tokens_of
from pellucid.explain.tokens.types import Granularity, TokenScore

_JOINS = frozenset("-‐‑'’.@&")
"""What between two words, without a blank, makes one word of them."""
_JOINS_NUMBERS = frozenset(",:/")

Kept = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text: `text` is exactly `whole[start:end]`."""

    text: str
    start: int
    end: int


def segments_of(text: str, granularity: Granularity) -> tuple[Segment, ...]:
    """Return the pieces of `text` in order; they do not overlap, and what lies between has none.

    Tokens are those of `data.tokens`. A word is a token, or several that a hyphen, a full stop or
    the like joins without a blank ("well-made", "3.5"); a CJK character is a word of its own, as is
    a mark that is a token. Sentences cover the text but for the blanks around them.
    """
    if granularity == "sentence":
        spans: Iterable[tuple[int, int]] = (_trimmed(text, *span) for span in sentences_of(text))
    elif granularity == "word":
        spans = _words(text)
    else:
        spans = ((token.start, token.end) for token in tokens_of(text))
    return tuple(Segment(text[start:end], start, end) for start, end in spans if start < end)


def only(text: str, segments: Sequence[Segment], kept: Kept) -> str:
    """Return `text` with only the `kept` segments, (segments,), and what stands around them.

    What lies between two segments goes where both go, and what lies before the first and after
    the last stays while anything does. Blanks that come to stand side by side become one, and two
    words that would run into each other are parted by a blank. All kept: exactly `text`. None: "".
    """
    if not kept.any():
        return ""
    if kept.all():
        return text
    pieces = [text[: segments[0].start]]
    last = len(segments) - 1
    for place, segment in enumerate(segments):
        if kept[place]:
            _append(pieces, segment.text, place > 0 and not kept[place - 1])
        following = segments[place + 1].start if place < last else len(text)
        if place == last or kept[place] or kept[place + 1]:
            _append(pieces, text[segment.end : following], not kept[place])
    joined = "".join(pieces)
    return joined if kept[last] else joined.rstrip()


def without(text: str, segments: Sequence[Segment], removed: Kept) -> str:
    """Return `text` without the `removed` segments, (segments,): `only` the others."""
    return only(text, segments, ~removed)


def masked(text: str, segments: Sequence[Segment], removed: Kept, mask: str) -> str:
    """Return `text` with `mask` in the place of each removed segment, and all else as it was."""
    pieces, end = [], 0
    for place in np.flatnonzero(removed).tolist():
        segment = segments[place]
        pieces += [text[end : segment.start], mask]
        end = segment.end
    return "".join([*pieces, text[end:]])


def merge(tokens: Sequence[TokenScore], segments: Sequence[Segment]) -> tuple[TokenScore, ...]:
    """Add up the scores of fine pieces over coarser segments of the same text, in their order.

    A piece goes to the segment that it overlaps most, or, where it lies between segments, to the
    nearest; so sums over the text stay what they were. Without segments the pieces stay as they
    are; without pieces there is nothing to add up.
    """
    if not tokens or not segments:
        return tuple(tokens)
    members: list[list[TokenScore]] = [[] for _ in segments]
    starts = [segment.start for segment in segments]
    for token in tokens:
        members[_home(token, segments, starts)].append(token)
    outputs = len(tokens[0].score)
    return tuple(
        TokenScore(
            segment.text,
            segment.start,
            segment.end,
            tuple(math.fsum(token.score[place] for token in group) for place in range(outputs)),
        )
        for segment, group in zip(segments, members, strict=True)
    )


def _words(text: str) -> list[tuple[int, int]]:
    words: list[tuple[int, int]] = []
    for token in tokens_of(text):
        if words and token.start - words[-1][1] == 1 and _joins(text, token.start - 1):
            words[-1] = (words[-1][0], token.end)
        else:
            words.append((token.start, token.end))
    return words


def _joins(text: str, place: int) -> bool:
    """Return whether the character at `place` makes one word of those on its two sides."""
    left, joint, right = text[place - 1], text[place], text[place + 1]
    if joint in _JOINS_NUMBERS:
        return left.isdigit() and right.isdigit()
    return joint in _JOINS and _run_together(left, right)


def _run_together(left: str, right: str) -> bool:
    """Return whether two characters side by side would be read as parts of one word."""
    is_of_word = left.isalnum() or unicodedata.category(left).startswith("M")
    return is_of_word and right.isalnum() and len(tokens_of(left + right)) == 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _append(pieces: list[str], piece: str, is_after_cut: bool) -> None:
    """Append `piece`; after a cut, blanks do not double and words do not run together."""
    if is_after_cut:
        left = next((p[-1] for p in reversed(pieces) if p), " ")
        if left.isspace():
            piece = piece.lstrip()
        elif piece and _run_together(left, piece[0]):
            piece = f" {piece}"
    if piece:
        pieces.append(piece)


def _home(token: TokenScore, segments: Sequence[Segment], starts: Sequence[int]) -> int:
    """Return the segment that shares most with `token`; the nearest, the earlier in a tie."""
    first = max(0, bisect.bisect_right(starts, token.start) - 1)
    end = min(len(segments), max(bisect.bisect_left(starts, token.end), first + 1) + 1)
    return max(
        range(first, end),
        key=lambda place: (
            min(token.end, segments[place].end) - max(token.start, segments[place].start),
            -place,
        ),
    )
