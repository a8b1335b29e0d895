"""Where the attention heads look in one text, as marks and sentences. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import listing, percent
from pellucid.explain.corpus.network_types import HeadPattern, HeadSummary, HeadsView
from pellucid.ui.pages.explain_text_view import short
from pellucid.ui.widgets.token_marks import TokenMark

NOT_AN_EXPLANATION = (
    "Attention is not an explanation of the prediction. It shows where a head looks while the "
    "text is read; quite different attention can give the same prediction. What words do to the "
    "prediction stands under Text."
)
_PATTERNS: dict[HeadPattern, str] = {
    "previous piece": "looks mostly at what comes just before",
    "next piece": "looks mostly at what comes just after",
    "own word": "looks mostly at the word itself",
    "first piece": "looks mostly at the mark where the text begins",
    "special pieces": "looks mostly at the marks where the text begins and ends",
    "broad": "looks nearly everywhere alike",
    "mixed": "looks here and there",
}
_MOST_SEEN = 3
_LEAST_SEEN = 0.01
_LEAST_TOLD = 0.05


def head_name(summary: HeadSummary) -> str:
    """Name a head as the grid does, counted from 1."""
    return f"Layer {summary.layer + 1}, head {summary.head + 1}"


def head_about(summary: HeadSummary) -> str:
    """Say where a head looks over the whole text, under its name."""
    shares = (
        (summary.previous, "to the piece before"),
        (summary.next, "to the one after"),
        (summary.own_word, "to the word itself"),
        (summary.special, "to the marks around the text"),
    )
    said = [f"{percent(share)} {where}" for share, where in shares if share >= _LEAST_TOLD]
    about = f" Of its attention, {listing(said)}." if said else ""
    return f"It {_PATTERNS[summary.pattern]}.{about}"


def head_sentence(summary: HeadSummary) -> str:
    """Say which head it is and where it looks."""
    return f"{head_name(summary)}. {head_about(summary)}"


def first_head(found: HeadsView) -> int:
    """Return the head to begin with: the one that looks at words most."""
    return min(range(len(found.heads)), key=lambda at: found.heads[at].special)


def head_map(found: HeadsView, at: int) -> NDArray[np.float64]:
    """Return one head's map (words, words), by its place in `heads`."""
    one = found.heads[at]
    return np.asarray(found.maps[one.layer, one.head])


def received(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much of the words' attention each word gets, on average."""
    if not len(shares):
        return np.zeros(0)
    return np.asarray(shares.mean(axis=0))


def looks(shares: NDArray[np.float64], word: int | None) -> NDArray[np.float64]:
    """Return what is drawn over the words: where one word looks, or all of them on average."""
    return received(shares) if word is None else np.asarray(shares[word])


def head_marks(found: HeadsView, at: int, word: int | None) -> tuple[TokenMark, ...]:
    """Return the words as marks for a head; `word` is the one whose attention is drawn."""
    shares = head_map(found, at)
    drawn = looks(shares, word)
    top = max(float(drawn.max(initial=0.0)), 1e-9)
    return tuple(
        TokenMark(start, end, float(drawn[i]) / top, partial(word_sentence, found, at, i),
                  kind="share")
        for i, (start, end) in enumerate(found.words)
    )  # fmt: skip


def word_sentence(found: HeadsView, at: int, word: int) -> str:
    """Say where a word looks by one head."""
    row = head_map(found, at)[word]
    order = np.argsort(-row, kind="stable")[:_MOST_SEEN]
    seen = [
        f"“{_word(found, int(i))}” {percent(float(row[i]))}" for i in order if row[i] > _LEAST_SEEN
    ]
    rest = max(0.0, round(1.0 - float(row.sum()), 3))
    said = f"“{_word(found, word)}” looks at {listing(seen)}" if seen else (
        f"“{_word(found, word)}” looks at no word"
    )  # fmt: skip
    return f"{said}; {percent(rest)} goes to the marks around the text."


def _word(found: HeadsView, at: int) -> str:
    start, end = found.words[at]
    return short(found.text[start:end], 30)


def described(found: HeadsView, at: int) -> str:
    """Say the marks for who cannot see them."""
    got = received(head_map(found, at))
    order: Sequence[int] = np.argsort(-got, kind="stable")[:10].tolist()
    said = [f"{_word(found, i)} {percent(float(got[i]))}" for i in order]
    return f"Gets of the words’ attention: {'; '.join(said)}" if said else "No word was read."


def cut_line(found: HeadsView) -> str:
    """Say that the text was longer than what was read; empty where it was not."""
    if not found.is_cut:
        return ""
    return f"The text is longer than what is read here: its first {len(found.words)} words."
