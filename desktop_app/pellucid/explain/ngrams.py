"""Which n-grams of a term over texts are worth telling."""

from __future__ import annotations

import numpy as np

from pellucid.explain.types import TermExplanation

FEWEST_TEXTS = 10
_MOST_REPEATED = 0.8


def telling_ngrams(term: TermExplanation, output: int, most: int) -> tuple[list[int], list[int]]:
    """Return the cells of the n-grams that raise and that lower `output` most, strongest first.

    Strength is |score| times the square root of the texts that hold the n-gram, so that neither
    what one text says nor what all say anyhow comes first. Only n-grams of at least
    `FEWEST_TEXTS` texts (or 1% of the most that any has, if that is less) are told, and of those
    only such whose interval excludes 0. An n-gram that hardly occurs outside a stronger one told
    already is left out.
    """
    counts = np.array(term.counts, dtype=np.float64)
    counts[[0, -1]] = 0
    least = min(float(FEWEST_TEXTS), max(2.0, 0.01 * float(counts.max(initial=0.0))))
    scores, low, high = (np.asarray(a[:, output]) for a in (term.scores, term.low, term.high))
    is_sure = np.isnan(low) | (low > 0) | (high < 0)
    strength = np.where((counts >= least) & is_sure, np.abs(scores) * np.sqrt(counts), 0.0)
    sides = []
    for sign in (1.0, -1.0):
        order = np.argsort(-strength * (sign * scores > 0), kind="stable")[: 6 * most]
        cells = [int(cell) for cell in order if strength[cell] > 0 and sign * scores[cell] > 0]
        sides.append(_without_repeats(term, cells, most))
    return sides[0], sides[1]


def _without_repeats(term: TermExplanation, cells: list[int], most: int) -> list[int]:
    levels = term.axes[0].levels or ()
    kept: list[int] = []
    for cell in cells:
        if len(kept) == most:
            break
        if not any(_repeats(term, levels, cell, other) for other in kept):
            kept.append(cell)
    return kept


def _repeats(term: TermExplanation, levels: tuple[str, ...], cell: int, other: int) -> bool:
    """Say whether one n-gram holds the other and is in nearly the same number of texts."""
    few, many = sorted((float(term.counts[cell]), float(term.counts[other])))
    return few >= _MOST_REPEATED * many and overlap(levels[cell - 1], levels[other - 1])


def overlap(a: str, b: str) -> bool:
    """Say whether the tokens of one n-gram stand in a row in the other.

    Between two characters of Chinese or Japanese stands no space, so there any part counts.
    """
    if f" {a} " in f" {b} " or f" {b} " in f" {a} ":
        return True
    return not (a.isascii() or b.isascii()) and (a in b or b in a)
