"""A map of texts: near points are similar texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.explain.corpus.grouping import unit_vectors
from pellucid.explain.corpus.types import TextMap

Floats = NDArray[np.float64]
MOST_TEXTS = 3000
_COMPONENTS = 50
_PERPLEXITY = 30
_ROUNDS = 500
_NEIGHBOURS = 12
_FEWEST_FOR_TSNE = 10
_SAMPLE_SEED, _MAP_SEED = 1, 2


def map_texts(
    vectors: NDArray[np.float32],
    run: Run,
    clusters: NDArray[np.int32] | None = None,
    most: int = MOST_TEXTS,
) -> TextMap:
    """Return at most `most` random texts as points in the unit square.

    `vectors` (n, d), compared by direction; zero vectors are left out, and with `clusters` (n,)
    the texts of cluster -1 too. Principal components first (at most 50), then t-SNE from the first
    two of them, so that the same seed draws the same map; under 10 different texts the first two
    components themselves. Shares of trustworthiness are over the nearest 12 texts, or as many as
    there can be.

    Source: van der Maaten and Hinton (2008), "Visualizing data using t-SNE", JMLR 9; Venna and
    Kaski (2001) for trustworthiness.
    """
    units = unit_vectors(vectors)
    kept = units.any(axis=1) if clusters is None else units.any(axis=1) & (clusters >= 0)
    usable = np.flatnonzero(kept)
    rows = usable
    if len(usable) > most:
        random = np.random.default_rng([run.seed, _SAMPLE_SEED])
        rows = np.sort(random.choice(usable, most, replace=False))
    points, method = _place(units[rows].astype(np.float64), run)
    trust, neighbours = _trust(units[rows], points, run)
    return TextMap(
        _in_unit_square(points),
        rows.astype(np.int64),
        np.full(len(rows), -1, np.int32) if clusters is None else clusters[rows].astype(np.int32),
        trust,
        neighbours,
        len(vectors) - len(usable),
        len(usable) - len(rows),
        method,
    )


def _place(points: Floats, run: Run) -> tuple[Floats, str]:
    from sklearn.manifold import TSNE

    run.progress("Finding the main directions of the texts")
    run.check()
    components = _components(points)
    if len(np.unique(components.round(6), axis=0)) < _FEWEST_FOR_TSNE:
        return components[:, :2], "principal components"
    run.progress("Drawing the map", 0, len(points))
    run.check()
    start = components[:, :2] / components[:, 0].std() * 1e-4
    model = TSNE(
        perplexity=min(_PERPLEXITY, (len(points) - 1) / 3),
        init=start,
        max_iter=_ROUNDS,
        random_state=int(np.random.default_rng([run.seed, _MAP_SEED]).integers(2**31)),
    )
    placed = np.asarray(model.fit_transform(components), dtype=np.float64)
    run.check()
    return placed, "t-SNE"


def _components(points: Floats) -> Floats:
    """Return the principal components (n, at least 2), each with its sign fixed."""
    centred = points - points.mean(axis=0) if len(points) else points
    left, sizes, right = np.linalg.svd(centred, full_matrices=False)
    wide = min(_COMPONENTS, len(sizes))
    signs = np.sign(right[:wide][np.arange(wide), np.abs(right[:wide]).argmax(axis=1)])
    found = left[:, :wide] * sizes[:wide] * np.where(signs == 0, 1, signs)
    return np.pad(found, ((0, 0), (0, max(0, 2 - wide))))


def _trust(units: NDArray[np.float32], placed: Floats, run: Run) -> tuple[float, int]:
    """Return the trustworthiness of the map and the number of neighbours it is about."""
    from sklearn.manifold import trustworthiness

    neighbours = min(_NEIGHBOURS, (len(units) - 1) // 2)
    if neighbours < 1 or np.ptp(placed, axis=0).max() == 0:
        return float("nan"), 0
    run.progress("Checking the map")
    run.check()
    return float(trustworthiness(units, placed, n_neighbors=neighbours)), neighbours


def _in_unit_square(points: Floats) -> Floats:
    """Scale both axes alike so that the longer one spans [0, 1], the other centred."""
    if not len(points):
        return np.zeros((0, 2))
    low, high = points.min(axis=0), points.max(axis=0)
    span = float((high - low).max())
    if span == 0:
        return np.full((len(points), 2), 0.5)
    return np.asarray(np.clip((points - (low + high) / 2) / span + 0.5, 0.0, 1.0))
