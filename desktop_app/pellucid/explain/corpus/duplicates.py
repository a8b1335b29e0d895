"""Texts that say the same, word for word or nearly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.explain.corpus.shingles import Hashes, jaccard, shingles_of, signatures
from pellucid.explain.corpus.types import DuplicateGroup, Duplicates

Rows = NDArray[np.int64]
_LENGTH = 64
_BAND_ROWS = (8, 4, 2, 1)
_MOST_MISSED = 0.01
_WINDOW = 8
_LEEWAY = 0.25
_STEP = 2000
_CACHED = 4000


def near_duplicates(
    texts: Sequence[str | None],
    run: Run,
    threshold: float = 0.8,
    seed: int = 0,
    parts: Sequence[str] | None = None,
) -> Duplicates:
    """Return the groups of texts that are equal or nearly so, as row positions, largest first.

    Equal texts have the same tokens in the same order: case, spaces and punctuation do not count.
    Near ones share at least `threshold` of the 5-character shingles of their tokens (Jaccard). They
    are proposed by MinHash with banding and then compared in full. Texts without a token take no
    part. Of texts that fall together in a band, each is compared with the 8 that follow it when
    they are sorted by the rest of their signatures, so that work grows with the number of texts.
    With `parts` (n,), for example train and test, the groups across parts are counted: a leak.

    Source: Broder (1997), "On the resemblance and containment of documents"; Leskovec, Rajaraman
    and Ullman, "Mining of Massive Datasets", section 3.4.
    """
    rows_of: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        if row % _STEP == 0:
            run.check()
        words = words_of(text) if text else []
        if words:
            rows_of.setdefault(" ".join(words), []).append(row)
    different = list(rows_of)
    band_rows = _band_rows(threshold)
    links = _links(different, threshold, band_rows, seed, run)
    groups = _groups(list(rows_of.values()), links)
    missed = (1 - threshold**band_rows) ** (_LENGTH // band_rows)
    crossing, crossing_rows = _crossing(groups, parts)
    return Duplicates(
        groups,
        sum(len(rows) for rows in rows_of.values()),
        sum(len(group.rows) - 1 for group in groups),
        threshold,
        missed,
        crossing,
        crossing_rows,
    )


def _band_rows(threshold: float) -> int:
    """Return the longest band with which a pair at the threshold meets in one of them."""
    for rows in _BAND_ROWS:
        if (1 - threshold**rows) ** (_LENGTH // rows) <= _MOST_MISSED:
            return rows
    return _BAND_ROWS[-1]


def _links(
    texts: Sequence[str], threshold: float, band_rows: int, seed: int, run: Run
) -> list[tuple[int, int, float]]:
    """Return pairs of texts at or above the threshold that join all that can be joined."""
    if len(texts) < 2:
        return []
    signed = signatures(texts, _LENGTH, [seed, 1], run)
    pairs, agreement = _candidates(signed, band_rows, threshold, run)
    root = np.arange(len(texts))
    cache: dict[int, Hashes] = {}
    links = []
    for step, place in enumerate(np.argsort(-agreement, kind="stable")):
        if step % _STEP == 0:
            run.progress("Checking near-duplicates", step, len(pairs))
            run.check()
        a, b = int(pairs[place, 0]), int(pairs[place, 1])
        first, second = _root(root, a), _root(root, b)
        if first == second:
            continue
        similarity = jaccard(_shingles(texts, a, cache), _shingles(texts, b, cache))
        if similarity >= threshold:
            root[max(first, second)] = min(first, second)
            links.append((a, b, similarity))
    return links


def _candidates(
    signed: Hashes, band_rows: int, threshold: float, run: Run
) -> tuple[Rows, NDArray[np.float64]]:
    """Return pairs that share a band and agree in nearly enough of their signatures."""
    found = [np.zeros((0, 2), dtype=np.int64)]
    for band in range(0, _LENGTH, band_rows):
        run.check()
        keys = np.roll(signed, -band, axis=1)[:, : band_rows + 2]
        order = np.lexsort(keys.T[::-1])
        inside = keys[order, :band_rows]
        for step in range(1, min(_WINDOW, len(order) - 1) + 1):
            meet = np.flatnonzero((inside[step:] == inside[:-step]).all(axis=1))
            if not len(meet):
                break
            pairs = np.stack([order[meet], order[meet + step]], axis=1)
            pairs.sort(axis=1)
            agree = _agreement(signed, pairs)
            found.append(pairs[agree >= threshold - _LEEWAY])
    pairs = np.unique(np.concatenate(found), axis=0)
    return pairs, _agreement(signed, pairs)


def _agreement(signed: Hashes, pairs: Rows) -> NDArray[np.float64]:
    shares = [
        (signed[part[:, 0]] == signed[part[:, 1]]).mean(axis=1)
        for part in np.array_split(pairs, 1 + len(pairs) // 50_000)
    ]
    return np.concatenate(shares)


def _shingles(texts: Sequence[str], index: int, cache: dict[int, Hashes]) -> Hashes:
    if index not in cache:
        if len(cache) >= _CACHED:
            cache.clear()
        cache[index] = shingles_of(texts[index])
    return cache[index]


def _root(root: Rows, index: int) -> int:
    while root[index] != index:
        root[index] = root[root[index]]
        index = int(root[index])
    return index


def _groups(
    rows_of: Sequence[Sequence[int]], links: Sequence[tuple[int, int, float]]
) -> tuple[DuplicateGroup, ...]:
    root = np.arange(len(rows_of))
    for a, b, _ in links:
        first, second = _root(root, a), _root(root, b)
        root[max(first, second)] = min(first, second)
    lowest: dict[int, float] = {}
    for a, _, similarity in links:
        top = _root(root, a)
        lowest[top] = min(similarity, lowest.get(top, 1.0))
    members: dict[int, list[int]] = {}
    for index, rows in enumerate(rows_of):
        members.setdefault(_root(root, index), []).extend(rows)
    groups = [
        DuplicateGroup(tuple(sorted(rows)), lowest.get(top, 1.0), top not in lowest)
        for top, rows in members.items()
        if len(rows) > 1
    ]
    return tuple(sorted(groups, key=lambda group: (-len(group.rows), group.rows)))


def _crossing(
    groups: Sequence[DuplicateGroup], parts: Sequence[str] | None
) -> tuple[int, dict[str, int] | None]:
    """Count the groups that lie in several parts, and the rows of each part with a twin outside."""
    if parts is None:
        return 0, None
    rows = dict.fromkeys(sorted(set(parts)), 0)
    crossing = 0
    for group in groups:
        if len({parts[row] for row in group.rows}) > 1:
            crossing += 1
            for row in group.rows:
                rows[parts[row]] += 1
    return crossing, rows
