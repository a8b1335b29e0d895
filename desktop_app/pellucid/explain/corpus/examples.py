"""Examples of n-grams in context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from pellucid.core.run import Run
from pellucid.data.tokens import ngram_spans, ngrams_of, tokens_of, words_of
from pellucid.explain.corpus.types import Example

_STEP = 2000
_ORDER_SEED = 1
_MARGIN = 64
_WORD_ROOM = 16
_CUT = "…"
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


def examples_of(
    ngrams: Iterable[str],
    texts: Sequence[str | None],
    run: Run,
    most: int = 5,
    width: int = 60,
    orders: int = 3,
) -> Mapping[str, tuple[Example, ...]]:
    """Return for each n-gram at most `most` texts that hold it, in the order of their rows.

    N-grams are found token by token, so that `art` is not found in `party`; those of more than
    `orders` tokens are never found. The corpus is gone through once, in random order, until every
    n-gram has its examples: the same seed gives the same ones. A text gives an n-gram one example,
    its first occurrence with about `width` characters on either side, and two examples are never
    the same snippet. Line breaks in a snippet become spaces.
    """
    found: dict[str, list[Example]] = {ngram: [] for ngram in ngrams}
    open_ngrams = set(found) if most > 0 else set()
    rows = np.random.default_rng([run.seed, _ORDER_SEED]).permutation(len(texts))
    for done, row in enumerate(rows.tolist()):
        if done % _STEP == 0:
            run.progress("Looking for examples", done, len(texts))
            run.check()
        if not open_ngrams:
            break
        text = texts[row]
        held = open_ngrams.intersection(ngrams_of(words_of(text), orders)) if text else ()
        if not text or not held:
            continue
        for ngram, (start, end) in _places(text, held, orders).items():
            example = Example(row, *snippet_of(text, start, end, width))
            if all(example.snippet != other.snippet for other in found[ngram]):
                found[ngram].append(example)
            if len(found[ngram]) == most:
                open_ngrams.discard(ngram)
    return {ngram: tuple(sorted(some, key=lambda e: e.row)) for ngram, some in found.items()}


def _places(text: str, wanted: Iterable[str], orders: int) -> dict[str, tuple[int, int]]:
    """Return where each wanted n-gram stands first in `text`."""
    tokens, left = tokens_of(text), set(wanted)
    words = [token.text for token in tokens]
    places: dict[str, tuple[int, int]] = {}
    for ngram, (first, end) in zip(
        ngrams_of(words, orders), ngram_spans(words, orders), strict=True
    ):
        if ngram in left:
            places[ngram] = tokens[first].start, tokens[end - 1].end
            left.discard(ngram)
            if not left:
                break
    return places


def snippet_of(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Return `text[start:end]` with about `width` characters on either side, and its new place.

    Cuts fall between graphemes, at a space where one is near, and are marked with an ellipsis.
    """
    first = _cut_before(text, start, width)
    last = _cut_after(text, end, width)
    ahead = _CUT if first else ""
    inside = text[first:last].translate({10: " ", 13: " ", 9: " "})
    shift = len(ahead) - first
    return ahead + inside + (_CUT if last < len(text) else ""), start + shift, end + shift


def _cut_before(text: str, start: int, width: int) -> int:
    """Return where to begin: a grapheme boundary at most `width` before `start`."""
    if start <= width:
        return 0
    origin = max(0, start - width - _MARGIN)
    while origin and text[origin - 1] in _FLAG_LETTERS:
        # Flags are pairs of these, counted from the first.
        origin -= 1
    edges = [origin + first for first, _ in _graphemes(text[origin : start + 1])]
    inside = [edge for edge in edges if start - width <= edge <= start] or [start]
    spaces = [edge for edge in inside[:_WORD_ROOM] if edge and text[edge - 1].isspace()]
    return (spaces or inside)[0]


def _cut_after(text: str, end: int, width: int) -> int:
    """Return where to stop: a grapheme boundary at most `width` after `end`."""
    if len(text) - end <= width:
        return len(text)
    edges = [end + last for _, last in _graphemes(text[end : end + width + _MARGIN])]
    inside = [edge for edge in edges if edge <= end + width] or [end]
    spaces = [edge for edge in inside[-_WORD_ROOM:] if text[edge].isspace()]
    return (spaces or inside)[-1]


@cache
def _grapheme() -> Any:
    import regex

    return regex.compile(r"\X")


def _graphemes(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _grapheme().finditer(text)]
