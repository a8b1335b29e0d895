"""The n-grams of a fitted text term as a table: scores, intervals, and what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import ngrams_of, words_of
from pellucid.explain.corpus.examples import examples_of
from pellucid.explain.corpus.language_types import NgramOverview, NgramRow
from pellucid.models.intervals import BAG_SHARE, bag_half_width
from pellucid.models.texts import TextTerm
from pellucid.models.types import Estimate

Floats = NDArray[np.float64]
Effect = Literal["raising", "lowering", "both"]
CARRIED = 0.8
FALSE_SHARE = 0.05
_CHANCE = 0.05


def ngram_table(
    term: TextTerm,
    output: int = 0,
    most: int = 50,
    order_by: Literal["score", "importance"] = "score",
    min_texts: int = 1,
    effect: Effect = "both",
    embeddings: NDArray[np.floating] | None = None,
    texts: Sequence[str | None] = (),
    run: Run | None = None,
) -> tuple[NgramRow, ...]:
    """Return the strongest n-grams of a term for one output, strongest first.

    `order_by` "score" ranks by |score|, "importance" by |score| x texts. N-grams of which one holds
    the other and that exactly the same texts hold are one row, told by the one with the strongest
    score: the texts cannot tell them apart, so what counts there is the sum of their scores. Only
    n-grams that `min_texts` training texts hold take part; "raising" and "lowering" keep the rows
    with scores above and below 0. `embeddings` (n-grams, d), in the order of `term.ngrams`, tell
    the part of each score that comes from the vectors, where the term kept its heads. `texts` give
    each returned n-gram its examples in context.
    """
    run = run or Run()
    scores, weights = term.scores[1:-1, output], term.weights[1:-1]
    groups = _groups(term, output, min_texts, run)
    shown = np.asarray([group[0] for group in groups], dtype=np.intp)
    own = scores[shown]
    ranked = np.abs(own) * (weights[shown] if order_by == "importance" else 1.0)
    wanted = {"raising": own > 0, "lowering": own < 0, "both": own != 0}[effect]
    order = [i for i in np.argsort(-ranked, kind="stable") if wanted[i]][:most]
    parts = _embedding_parts(term, output, embeddings)
    table = _Table(term, output, float(np.abs(scores) @ weights), parts)
    rows = [table.row(groups[index]) for index in order]
    found = examples_of([row.ngram for row in rows], texts, run, orders=term.orders)
    return tuple(replace(row, examples=found[row.ngram]) for row in rows)


def overall(term: TextTerm, output: int = 0, carried: float = CARRIED) -> NgramOverview:
    """Return what a term's n-grams come to for one output.

    P-values are two-sided from Student's t on score over jackknife standard error, with bags - 1
    degrees of freedom; unlike a test on fresh texts they know the spread over bags alone.
    """
    scores = term.scores[1:-1, output]
    movement = np.abs(scores) * term.weights[1:-1]
    total = movement.sum()
    falling = np.cumsum(np.sort(movement)[::-1])
    carrying = int(np.searchsorted(falling, carried * total * (1 - 1e-12))) + 1 if total else 0
    orders = np.asarray([len(words_of(ngram)) for ngram in term.ngrams], dtype=np.intp)
    orders = np.clip(orders, 1, term.orders)
    by_order = np.bincount(orders, minlength=term.orders + 1)[1:]
    by_movement = np.bincount(orders, movement, minlength=term.orders + 1)[1:]
    p_values = _p_values(term, output)
    return NgramOverview(
        output,
        len(scores),
        carrying,
        carried,
        int((p_values < _CHANCE).sum()),
        _CHANCE * len(p_values),
        _discoveries(p_values),
        int((scores > 0).sum()),
        int((scores < 0).sum()),
        tuple(by_order.tolist()),
        tuple((by_movement / total if total else by_movement).tolist()),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What every row of the table is made from; `movement` is the sum of |score| x texts."""

    term: TextTerm
    output: int
    movement: float
    embedding: Floats | None

    def row(self, group: Sequence[int]) -> NgramRow:
        """Tell a group of n-grams by its first."""
        term, shown = self.term, group[0]
        texts = int(term.weights[1 + shown])
        score, variation = self._estimate([shown])
        return NgramRow(
            term.ngrams[shown],
            len(words_of(term.ngrams[shown])),
            texts,
            score,
            variation,
            score.value / term.typical_normaliser,
            abs(score.value) * texts / self.movement if self.movement else 0.0,
            None if self.embedding is None else float(self.embedding[shown]),
            tuple(term.ngrams[index] for index in group[1:]),
            self._estimate(group)[0],
        )

    def _estimate(self, group: Sequence[int]) -> tuple[Estimate, float]:
        """Return the sum of some n-grams' scores with its interval, and its spread over bags."""
        cells = np.asarray(group, dtype=np.intp) + 1
        value = float(self.term.scores[cells, self.output].sum())
        bags = self.term.bag_scores[:, cells, self.output].sum(axis=1)
        if len(bags) < 2:
            return Estimate(value, np.nan, np.nan), float("nan")
        variation = bags.std(ddof=1)
        half = float(bag_half_width(np.asarray(variation), len(bags)))
        return Estimate(value, value - half, value + half), float(variation)


def _groups(term: TextTerm, output: int, min_texts: int, run: Run) -> list[list[int]]:
    """Return the n-grams in groups that exactly the same texts hold, as places from 0.

    A text that holds an n-gram holds all n-grams within it, so that two of which one holds the
    other are in the same texts just if they are in equally many. The strongest of a group comes
    first, the longest of those.
    """
    weights = term.weights[1:-1]
    kept = np.flatnonzero(weights >= min_texts)
    place = {term.ngrams[index]: int(index) for index in kept}
    root = {int(index): int(index) for index in kept}

    def root_of(index: int) -> int:
        while root[index] != index:
            index = root[index]
        return index

    for done, index in enumerate(kept.tolist()):
        if done % 5000 == 0:
            run.check()
        words = words_of(term.ngrams[index])
        for part in ngrams_of(words, len(words) - 1) if len(words) > 1 else ():
            other = place.get(part)
            if other is not None and weights[other] == weights[index]:
                a, b = sorted((root_of(index), root_of(other)))
                root[b] = a
    found: dict[int, list[int]] = {}
    for index in kept.tolist():
        found.setdefault(root_of(index), []).append(index)
    scores = np.abs(term.scores[1:-1, output])
    lengths = {index: len(term.ngrams[index]) for group in found.values() for index in group}
    return [sorted(group, key=lambda i: (-scores[i], -lengths[i])) for group in found.values()]


def _embedding_parts(
    term: TextTerm, output: int, embeddings: NDArray[np.floating] | None
) -> Floats | None:
    if embeddings is None or term.bag_heads is None or term.centre is None:
        return None
    head = term.bag_heads.mean(axis=0)[:, output]
    return np.asarray((embeddings.astype(np.float64) - term.centre) @ head)


def _p_values(term: TextTerm, output: int) -> Floats:
    """Return each n-gram's p-value, none with one bag."""
    bags = len(term.bag_scores)
    if bags < 2:
        return np.empty(0)
    from scipy.stats import t as student

    scale = float(np.sqrt(BAG_SHARE / (1 - BAG_SHARE)))
    errors = scale * term.variation[1:-1, output]
    scores = np.abs(term.scores[1:-1, output])
    strength = np.full(len(scores), np.inf)
    np.divide(scores, errors, out=strength, where=errors > 0)
    strength[scores == 0] = 0.0
    return np.asarray(2 * student.sf(strength, bags - 1))


def _discoveries(p_values: Floats) -> int:
    """Count what stands after Benjamini and Hochberg's correction."""
    ranks = np.arange(1, len(p_values) + 1)
    passed = np.flatnonzero(np.sort(p_values) <= FALSE_SHARE * ranks / max(1, len(p_values)))
    return int(passed[-1]) + 1 if len(passed) else 0
