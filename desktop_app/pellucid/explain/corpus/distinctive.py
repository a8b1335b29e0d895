"""Distinctive n-grams: what one group of texts says more often than the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.explain.corpus.grouping import NgramCounts, count_ngrams, group_codes
from pellucid.explain.corpus.types import DistinctiveNgram, GroupNgrams

Floats = NDArray[np.float64]
_Z_975 = 1.959964
_PRIOR = 0.2
_POOL = 20
_FEWEST_TEXTS = 2


@dataclass(frozen=True, slots=True)
class _Side:
    """The counts of some texts: occurrences, their squares by text, texts; and all by order."""

    count: Floats
    squares: Floats
    texts: Floats
    totals: Floats
    spoken: int

    def __sub__(self, other: _Side) -> _Side:
        return _Side(
            self.count - other.count,
            self.squares - other.squares,
            self.texts - other.texts,
            self.totals - other.totals,
            self.spoken - other.spoken,
        )


def distinctive_ngrams(
    texts: Sequence[str | None],
    groups: NDArray[Any],
    run: Run,
    orders: int = 2,
    most: int = 20,
) -> tuple[GroupNgrams, ...]:
    """Return, for each group, the n-grams it uses more than all other groups together.

    `groups` (n,) is one label a text; texts without a label or a token take no part. N-grams of 1
    to `orders` tokens that at least two texts hold are tried. Per n-gram: the log of its odds
    among the n-grams of its order, group minus rest, under a Dirichlet prior in proportion to the
    whole corpus, as heavy as a fifth of the geometric mean of the two sides' sizes. At most
    `most` are returned for a group, highest z first, only such that it uses more and that at least
    two of its texts hold. P-values are Bonferroni-corrected for all n-grams and groups (two groups
    are one comparison).

    The paper takes occurrences for independent. Here each text's count enters the variance
    squared, which is the paper's variance where no text repeats the n-gram, and more where it
    does: a word that one text says a thousand times is not a thousand pieces of evidence.

    Source: Monroe, Colaresi and Quinn (2008), "Fightin' Words", Political Analysis 16(4),
    equations 15 to 22.
    """
    names, codes = group_codes(groups)
    counts = count_ngrams(texts, run, orders, _FEWEST_TEXTS)
    return compare_groups(counts, names, codes, run, most)


def compare_groups(
    counts: NgramCounts,
    names: Sequence[str],
    codes: NDArray[np.int32],
    run: Run,
    most: int = 20,
) -> tuple[GroupNgrams, ...]:
    """Do as `distinctive_ngrams` with n-grams already counted; `codes` -1 takes no part."""
    whole = _side(counts, np.flatnonzero(codes >= 0))
    comparisons = len(names) if len(names) > 2 else 1
    tried = max(1, len(counts.ngrams) * comparisons)
    results = []
    for code, name in enumerate(names):
        run.progress("Comparing groups", code, len(names))
        run.check()
        group = _side(counts, np.flatnonzero(codes == code))
        rest = whole - group
        found = _strongest(counts, group, rest, tried, most)
        results.append(GroupNgrams(name, group.spoken, rest.spoken, found, tried))
    return tuple(results)


def _side(counts: NgramCounts, rows: NDArray[np.intp]) -> _Side:
    part = counts.matrix[rows]
    width = len(counts.ngrams)
    values = part.data.astype(np.float64)
    return _Side(
        np.bincount(part.indices, values, minlength=width).astype(np.float64),
        np.bincount(part.indices, values**2, minlength=width).astype(np.float64),
        np.bincount(part.indices, minlength=width).astype(np.float64),
        counts.totals[:, rows].sum(axis=1).astype(np.float64),
        int((counts.totals[0, rows] > 0).sum()),
    )


def _strongest(
    counts: NgramCounts, group: _Side, rest: _Side, tried: int, most: int
) -> tuple[DistinctiveNgram, ...]:
    order = counts.orders.astype(np.intp) - 1
    if not len(order) or not group.spoken or not rest.spoken:
        return ()
    log_odds, errors = _log_odds(group, rest, order)
    z = log_odds / errors
    pool = np.lexsort((-counts.orders, -z))[: _POOL * most]
    pool = pool[(z[pool] > 0) & (group.texts[pool] >= _FEWEST_TEXTS)]
    found = []
    for index, also in _folded(counts, pool, group, rest)[:most]:
        half = _Z_975 * errors[index]
        found.append(
            DistinctiveNgram(
                counts.ngrams[index],
                float(log_odds[index]),
                float(log_odds[index] - half),
                float(log_odds[index] + half),
                float(z[index]),
                min(1.0, tried * math.erfc(abs(float(z[index])) / math.sqrt(2))),
                int(group.count[index]),
                int(rest.count[index]),
                int(group.texts[index]),
                int(rest.texts[index]),
                also,
            )
        )
    return tuple(found)


def _log_odds(group: _Side, rest: _Side, order: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return the difference in log-odds of each n-gram and its standard error."""
    weight = _PRIOR * np.sqrt(group.totals * rest.totals)
    total = np.maximum(group.totals + rest.totals, 1)[order]
    share = (group.count + rest.count) / total
    prior = weight[order] * share
    difference, variance = np.zeros(len(order)), np.zeros(len(order))
    comparable = (prior > 0) & (share < 1)
    for side, sign in ((group, 1.0), (rest, -1.0)):
        held = np.where(comparable, side.count + prior, 1.0)
        others = np.where(comparable, (side.totals + weight)[order] - held, 1.0)
        difference += sign * np.log(held / others)
        variance += np.where(comparable, (side.squares + prior) / held**2, 1.0)
    return np.where(comparable, difference, 0.0), np.sqrt(variance)


def _folded(
    counts: NgramCounts, pool: NDArray[np.intp], group: _Side, rest: _Side
) -> list[tuple[int, tuple[str, ...]]]:
    """Fold each n-gram into a longer one that holds it and occurs as often on both sides."""
    alike: dict[tuple[float, float], list[int]] = {}
    for index in pool:
        alike.setdefault((group.count[index], rest.count[index]), []).append(int(index))
    folded: dict[int, list[str]] = {}
    for members in alike.values():
        by_length = sorted(members, key=lambda i: counts.orders[i])
        for place, index in enumerate(by_length):
            ngram, order = counts.ngrams[index], counts.orders[index]
            for longer in reversed(by_length[place + 1 :]):
                if counts.orders[longer] > order and _holds(counts.ngrams[longer], ngram):
                    folded.setdefault(longer, []).append(ngram)
                    folded[index] = []
                    break
    shorter = {ngram for ngrams in folded.values() for ngram in ngrams}
    return [
        (int(index), tuple(folded.get(int(index), ())))
        for index in pool
        if counts.ngrams[index] not in shorter
    ]


def _holds(longer: str, shorter: str) -> bool:
    """Tell whether the tokens of `shorter` stand in a row in `longer`."""
    if f" {shorter} " in f" {longer} ":
        return True
    return not shorter.isascii() and shorter in longer
