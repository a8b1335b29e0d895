"""What is found out about texts, as it is shown; rows are 0-based positions in their table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.corpus.language_types import NgramOverview, NgramRow
from pellucid.explain.corpus.types import Clusters, Duplicates, GroupNgrams, TextMap
from pellucid.explain.tokens.method_tests import MethodComparison
from pellucid.explain.tokens.sanity import SanityCheck
from pellucid.explain.tokens.types import Method


@dataclass(frozen=True, slots=True)
class VectorsNote:
    """Where the vectors of a corpus came from: `texts` of the `searched` texts have one.

    Without `is_language_model` they were fitted on these texts alone.
    """

    encoder: str
    is_language_model: bool
    texts: int
    searched: int


@dataclass(frozen=True, slots=True)
class CorpusView:
    """A column of texts as a whole.

    `without_words` texts are missing or hold no token; `tokens_median` and `tokens_most` are over
    the others, in `unit`s: words, or characters. `distinctive` tells the groups of `by`.
    `clusters.assignment` belongs to `rows`, the texts that were clustered. Of the duplicates the
    largest groups are listed, all are counted.
    """

    column: str
    texts: int
    without_words: int
    tokens_median: float
    tokens_most: int
    by: str | None
    distinctive: tuple[GroupNgrams, ...]
    rows: NDArray[np.int64]
    clusters: Clusters
    duplicates: Duplicates
    duplicate_groups: int
    vectors: VectorsNote
    unit: str


@dataclass(frozen=True, slots=True)
class TextMapView:
    """Texts as points, with the labels of their clusters and, with `by`, each point's group.

    `groups` are names and `codes` (points,) places among them, -1 where the group is missing.
    """

    column: str
    map: TextMap
    labels: tuple[str, ...]
    by: str | None
    groups: tuple[str, ...]
    codes: NDArray[np.int32]
    vectors: VectorsNote


@dataclass(frozen=True, slots=True)
class NgramTable:
    """The n-grams of a fitted column of texts for one of the `outputs`."""

    column: str
    outputs: tuple[str, ...]
    output: int
    overview: NgramOverview
    rows: tuple[NgramRow, ...]


@dataclass(frozen=True, slots=True)
class NearText:
    """A training text near another: the cosine of the angle between their vectors."""

    row: int
    text: str
    similarity: float
    truth: str


@dataclass(frozen=True, slots=True)
class InfluentialRow:
    """A training text as `explain.corpus.types.InfluentialText` tells it, with what it says."""

    row: int
    text: str
    truth: str
    influence: float
    representer: float


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """The training texts nearest to a text, and those that move its prediction most.

    Influence is that on the margin of `output` through the last layer over the vectors of `trained`
    training texts: the transformer's own where `is_own_layer`. Else the model has no such layer,
    and one was fitted in its place: `agreement` is the share of the texts that get the same class
    from both, or the correlation of their predictions.
    """

    column: str
    text: str
    nearest: tuple[NearText, ...]
    influential: tuple[InfluentialRow, ...]
    output: str
    trained: int
    vectors: VectorsNote
    is_own_layer: bool = False
    agreement: float = float("nan")
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class FaithfulnessView:
    """Methods held against random rankings and each other, on `texts` of the `part` rows."""

    column: str
    part: str
    texts: int
    comparison: MethodComparison


@dataclass(frozen=True, slots=True)
class SanityView:
    """What becomes of a method's explanations when what the model has learned is destroyed."""

    column: str
    method: Method
    checks: tuple[SanityCheck, ...]
