"""Clusters of texts by the direction of their vectors, named by their words."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.explain.corpus.distinctive import compare_groups
from pellucid.explain.corpus.grouping import (
    count_ngrams,
    group_codes,
    unit_vectors,
)
from pellucid.explain.corpus.types import Cluster, Clusters, DistinctiveNgram, Mean, Share
from pellucid.explain.proportions import wilson_interval
from pellucid.models.intervals import student_t_975

Vectors = NDArray[np.float32]
Codes = NDArray[np.int32]
NUMBERS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
"""The numbers of clusters that are tried where none is given."""
CLEAR_SILHOUETTE = 0.25
_FEWEST_CUTS = 5
_SAMPLE = 2000
_STARTS = 3
_KEYWORDS = 4
_COMMON = 0.15
"""A word that more than this share of the other texts hold does not name a cluster."""
_TWICE = math.log(2)
_SAMPLE_SEED, _FIRST_SEED, _SECOND_SEED = 1, 2, 3


def cluster_texts(
    texts: Sequence[str | None],
    vectors: Vectors,
    run: Run,
    number: int | None = None,
    target: NDArray[Any] | None = None,
    members: int = 4,
) -> Clusters:
    """Return the texts in clusters, largest first, by k-means on vectors of length 1.

    `vectors` (n, d). Texts without a token, or whose vector is zero, are in no cluster. Without a
    `number` the one of `NUMBERS` with the highest silhouette on at most 2,000 texts is taken, as
    far as there are at least that many different vectors; where no silhouette reaches 0.25, so that
    every number is a way of cutting, the best from 5 up, since two halves tell a reader little.
    Keywords are the n-grams (1 or 2 tokens) that tell a cluster from the rest most surely (see
    `distinctive_ngrams`). `target` (n,) of numbers gives each cluster a mean; of anything else,
    shares of its values.

    Source: Rousseeuw (1987) for the silhouette, Journal of Computational and Applied Mathematics
    20; Hennig (2007) for the comparison of runs, Computational Statistics and Data Analysis 52.
    """
    units = unit_vectors(vectors)
    spoken = np.array([bool(words_of(text)) if text else False for text in texts], dtype=bool)
    rows = np.flatnonzero(spoken & units.any(axis=1))
    points = units[rows]
    sample = _sample(points, run)
    tried = _silhouettes(sample, run) if number is None else ()
    wanted = max(1, min(_chosen(tried) if number is None else number, _different(points)))
    codes, centres = _fit(points, wanted, run, _FIRST_SEED)
    again, _ = _fit(points, wanted, run, _SECOND_SEED)
    kept, kept_by_chance, each_kept = _kept_pairs(codes, again)
    assignment = np.full(len(texts), -1, dtype=np.int32)
    assignment[rows] = codes
    keywords = _keywords(texts, assignment, len(centres), run)
    found = []
    for index, centre in enumerate(centres):
        inside = rows[codes == index]
        order = np.argsort(-(units[inside] @ centre), kind="stable")
        typical = tuple(int(row) for row in inside[order[:members]])
        share, (mean, shares) = len(inside) / len(rows), _target_in(target, inside)
        found.append(
            Cluster(
                index, len(inside), share, keywords[index], typical, float(each_kept[index]),
                mean, shares,
            )
        )  # fmt: skip
    silhouette = dict(tried).get(wanted) if tried else _silhouette_of(sample, centres)
    left_out = len(texts) - len(rows)
    return Clusters(
        tuple(found), assignment, left_out, np.nan if silhouette is None else silhouette, tried,
        kept, kept_by_chance,
    )  # fmt: skip


def _different(points: Vectors) -> int:
    return len({point.tobytes() for point in points.round(5)})


def _sample(points: Vectors, run: Run) -> Vectors:
    random = np.random.default_rng([run.seed, _SAMPLE_SEED])
    if len(points) <= _SAMPLE:
        return points
    return points[np.sort(random.choice(len(points), _SAMPLE, replace=False))]


def _silhouettes(sample: Vectors, run: Run) -> tuple[tuple[int, float], ...]:
    """Try each of `NUMBERS` on the sample and return its silhouette."""
    different = _different(sample)
    tried = []
    for step, number in enumerate(NUMBERS):
        run.progress("Choosing the number of clusters", step, len(NUMBERS))
        run.check()
        if number < min(different + 1, len(sample)):
            codes, _ = _fit(sample, number, run, _FIRST_SEED)
            tried.append((number, _silhouette(sample, codes)))
    return tuple(tried)


def _chosen(tried: Sequence[tuple[int, float]]) -> int:
    """Return the number of clusters to take, 1 where none could be tried."""
    best = max(tried, key=lambda t: t[1], default=(1, 0.0))
    telling = [entry for entry in tried if entry[0] >= _FEWEST_CUTS]
    if best[1] < CLEAR_SILHOUETTE and telling:
        best = max(telling, key=lambda t: t[1])
    return best[0]


def _silhouette(points: Vectors, codes: Codes) -> float:
    """Return the mean silhouette under cosine distance, NaN unless there are 2 to n - 1 clusters.

    A point's mean distance to a cluster follows from the sum of the cluster's unit vectors, so no
    table of all pairs is needed.
    """
    sizes = np.bincount(codes)
    if not 1 < len(sizes) < len(points):
        return float("nan")
    sums = np.stack(
        [points[codes == code].sum(axis=0, dtype=np.float64) for code in range(len(sizes))]
    )
    totals = sizes - points.astype(np.float64) @ sums.T
    own = np.arange(len(points)), codes
    others = sizes[codes] - 1
    within = np.maximum(totals[own], 0) / np.maximum(others, 1)
    between = totals / sizes
    between[own] = np.inf
    nearest = np.maximum(between.min(axis=1), 0)
    widest = np.maximum(np.maximum(within, nearest), 1e-12)
    return float(np.where(others > 0, (nearest - within) / widest, 0.0).mean())


def _silhouette_of(sample: Vectors, centres: NDArray[np.float64]) -> float:
    if not len(sample):
        return float("nan")
    _, codes = np.unique((sample @ centres.T).argmax(axis=1), return_inverse=True)
    return _silhouette(sample, codes.astype(np.int32))


def _fit(points: Vectors, number: int, run: Run, seed: int) -> tuple[Codes, NDArray[np.float64]]:
    """Return each point's cluster, largest cluster first, and the centres."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    if not len(points):
        return np.zeros(0, dtype=np.int32), np.zeros((0, points.shape[1]))
    run.progress("Clustering")
    run.check()
    random = int(np.random.default_rng([run.seed, seed]).integers(2**31))
    model = KMeans(number, n_init=_STARTS, max_iter=100, random_state=random)
    with warnings.catch_warnings():
        # Fewer different points than clusters: the empty clusters are dropped below.
        warnings.simplefilter("ignore", ConvergenceWarning)
        codes = model.fit_predict(points)
    sizes = np.bincount(codes, minlength=number)
    order = np.argsort(-sizes, kind="stable")[: int((sizes > 0).sum())]
    place = np.zeros(number, dtype=np.int32)
    place[order] = np.arange(len(order))
    return place[codes], np.asarray(model.cluster_centers_[order], dtype=np.float64)


def _kept_pairs(first: Codes, second: Codes) -> tuple[float, float, NDArray[np.float64]]:
    """Return the share of pairs in one cluster that stay together: in all, by chance, by cluster.

    A cluster of one text has no pair to lose and counts as kept.
    """
    if len(first) < 2:
        return 1.0, 1.0, np.ones(int(first.max(initial=-1)) + 1)
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)
    together = (table * (table - 1)).sum(axis=1)
    sizes, others = table.sum(axis=1), table.sum(axis=0)
    pairs = sizes * (sizes - 1)
    chance = (others * (others - 1)).sum() / (len(first) * (len(first) - 1))
    each = np.where(pairs > 0, together / np.maximum(pairs, 1), 1.0)
    kept = together.sum() / pairs.sum() if pairs.sum() else 1.0
    return float(kept), float(chance), each


def _keywords(
    texts: Sequence[str | None], assignment: Codes, number: int, run: Run
) -> list[tuple[str, ...]]:
    """Return the words of each cluster; a single cluster gets its most frequent ones."""
    counts = count_ngrams(texts, run, 2, fewest_texts=2)
    if number == 1:
        held = counts.matrix[assignment == 0].getnnz(axis=0)
        frequent = np.argsort(-held, kind="stable")[:_KEYWORDS]
        return [tuple(counts.ngrams[index] for index in frequent)]
    names = [str(index) for index in range(number)]
    groups = compare_groups(counts, names, assignment, run, 10 * _KEYWORDS)
    found = []
    for index, group in enumerate(groups):
        outside = counts.matrix[assignment != index]
        held = outside.getnnz(axis=0) / max(1, outside.shape[0])
        common = {counts.ngrams[i] for i in np.flatnonzero(held > _COMMON)}
        found.append(_apart(group.ngrams, common))
    return found


def _apart(entries: Sequence[DistinctiveNgram], common: set[str]) -> tuple[str, ...]:
    """Return the first n-grams of which none shares a word with another, telling ones before
    frequent ones; words that are common elsewhere name nothing, alone or in a phrase of them."""
    telling = [entry for entry in entries if entry.is_clear and entry.log_odds >= _TWICE]
    ordered = dict.fromkeys(entry.ngram for entry in (*telling, *entries))
    chosen: list[str] = []
    used: set[str] = set()
    for ngram in ordered:
        words = set(ngram.split(" ")) - common
        if words and not words & used and not any(ngram in other for other in chosen):
            chosen.append(ngram)
            used |= words
    return tuple((chosen or list(ordered))[:_KEYWORDS])


def _target_in(
    target: NDArray[Any] | None, rows: NDArray[np.intp]
) -> tuple[Mean | None, tuple[Share, ...]]:
    if target is None:
        return None, ()
    if target.dtype.kind in "fiu":
        return _mean(target[rows].astype(np.float64)), ()
    names, codes = group_codes(target)
    sizes = np.bincount(codes[rows][codes[rows] >= 0], minlength=len(names))
    total = int(sizes.sum())
    shares = [
        Share(name, int(size), int(size) / max(total, 1), *wilson_interval(int(size), total))
        for name, size in zip(names, sizes, strict=True)
    ]
    return None, tuple(shares)


def _mean(values: NDArray[np.float64]) -> Mean | None:
    values = values[np.isfinite(values)]
    if not len(values):
        return None
    mean = float(values.mean())
    if len(values) < 2:
        return Mean(mean, np.nan, np.nan, len(values))
    half = student_t_975(len(values) - 1) * float(values.std(ddof=1)) / len(values) ** 0.5
    return Mean(mean, mean - half, mean + half, len(values))
