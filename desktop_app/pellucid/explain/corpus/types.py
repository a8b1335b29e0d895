"""A whole corpus seen at once, as values: groups, clusters, a map, duplicates, examples.

Rows are positions in the texts that the function was given, from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class DistinctiveNgram:
    """An n-gram that one group uses more than the rest, and by how much.

    `log_odds` is the difference of the natural log of the odds of the n-gram among all n-grams of
    its order, group minus rest, after shrinking by the prior; `low` to `high` is its 95% interval
    (normal approximation) and `z` its size in standard errors. `p_value` is two-sided and already
    corrected for all that was tried. Counts are occurrences; `texts` counts texts.
    """

    ngram: str
    log_odds: float
    low: float
    high: float
    z: float
    p_value: float
    count: int
    count_outside: int
    texts: int
    texts_outside: int
    also: tuple[str, ...] = ()
    """Shorter n-grams that occur exactly where this one does, so that they add nothing."""

    @property
    def is_clear(self) -> bool:
        """Whether the difference stands at 5% after the correction."""
        return self.p_value < 0.05


@dataclass(frozen=True, slots=True)
class GroupNgrams:
    """What one group of texts uses more than the rest, most certain first.

    `texts` and `texts_outside` are the texts of the group and of all other groups that have a
    token. `tried` is the number of comparisons that p-values are corrected for, by `correction`.
    """

    group: str
    texts: int
    texts_outside: int
    ngrams: tuple[DistinctiveNgram, ...]
    tried: int
    correction: str = "Bonferroni"


@dataclass(frozen=True, slots=True)
class Share:
    """The share of texts with a label, from 0 to 1, with its 95% interval (Wilson)."""

    label: str
    texts: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a number over `texts` texts, with its 95% interval (Student's t).

    `low` and `high` are NaN with fewer than two values.
    """

    value: float
    low: float
    high: float
    texts: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts whose vectors point the same way.

    `share` is that of all clustered texts, from 0 to 1. `typical` are the rows nearest to the
    cluster's centre, nearest first. `kept` is the share of this cluster's pairs of texts that a
    second run from another seed puts together too. `mean` or `shares` tell the target in the
    cluster, over the texts that have it; without a target they are empty.
    """

    number: int
    size: int
    share: float
    keywords: tuple[str, ...]
    typical: tuple[int, ...]
    kept: float
    mean: Mean | None = None
    shares: tuple[Share, ...] = ()

    @property
    def label(self) -> str:
        """Return the keywords as one label, or the cluster's number where it has none."""
        return ", ".join(self.keywords) or f"cluster {self.number + 1}"


@dataclass(frozen=True, slots=True)
class Clusters:
    """A corpus in clusters, largest first.

    `assignment` (n,) is each text's cluster, -1 for the `left_out` texts that have no token or no
    vector. `silhouette` is the mean over a sample of the texts, from -1 to 1: under 0.25 the
    clusters are a way to cut the corpus up rather than groups that lie apart (Kaufman and
    Rousseeuw 1990); NaN with one cluster. `tried` are the numbers of clusters tried with their
    silhouettes, empty where the number was given. `kept` is the share of pairs of texts in one
    cluster that a second run from another seed keeps together, `kept_by_chance` what that would be
    if the second run had dealt the texts out at random.
    """

    clusters: tuple[Cluster, ...]
    assignment: NDArray[np.int32]
    left_out: int
    silhouette: float
    tried: tuple[tuple[int, float], ...]
    kept: float
    kept_by_chance: float


@dataclass(frozen=True, slots=True)
class TextMap:
    """Texts as points: near points are similar texts, distances between far points mean little.

    `positions` (m, 2) lie in [0, 1]; `rows` (m,) are the texts they stand for and `clusters` (m,)
    their clusters (-1: none). `left_out` texts have no vector; `not_drawn` were left out of the
    sample. `trustworthiness`, from 0 to 1, tells how far the nearest neighbours on the map are near
    in the vectors too (Venna and Kaski 2001), NaN where there are too few texts to say.
    """

    positions: NDArray[np.float64]
    rows: NDArray[np.int64]
    clusters: NDArray[np.int32]
    trustworthiness: float
    neighbours: int
    left_out: int
    not_drawn: int
    method: str


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Texts that say the same: every row is linked to another of the group.

    `similarity` is the lowest Jaccard similarity among the links that hold the group together; 1
    and `is_exact` where all rows have the same tokens in the same order. Two rows that are linked
    only through others can be less alike.
    """

    rows: tuple[int, ...]
    similarity: float
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The near-duplicates of a corpus, largest groups first.

    `copies` are the texts beyond the first of each group, of `texts` texts with a token. `missed`
    bounds the chance that a pair at the threshold was not compared. With parts, `crossing_groups`
    is the number of groups that lie in more than one part, and `crossing_rows` the rows of each
    part that have a twin in another.
    """

    groups: tuple[DuplicateGroup, ...]
    texts: int
    copies: int
    threshold: float
    missed: float
    crossing_groups: int = 0
    crossing_rows: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text near another, with the cosine of the angle between their vectors, from -1 to 1."""

    row: int
    similarity: float


@dataclass(frozen=True, slots=True)
class InfluentialText:
    """What one training text does to one prediction, on the link scale.

    `influence` is the margin with the text minus the margin of a fit without it (approximate);
    `representer` its share in the margin as the fit stands. Positive values raise the margin.
    """

    row: int
    influence: float
    representer: float


@dataclass(frozen=True, slots=True)
class Example:
    """An n-gram in a text: `snippet[start:end]` is where it stands, `row` the text's position."""

    row: int
    snippet: str
    start: int
    end: int
