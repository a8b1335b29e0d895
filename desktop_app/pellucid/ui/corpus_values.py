"""What the engine tells of a column of texts, as the window reads it.

Fields that the window does not show are left out. Rows are 0-based positions in the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.corpus.types import Clusters, Duplicates, GroupNgrams, TextMap


@dataclass(frozen=True, slots=True)
class VectorsNote:
    """Where vectors of texts came from: `texts` of the `searched` texts have one."""

    encoder: str
    is_language_model: bool
    texts: int
    searched: int


@dataclass(frozen=True, slots=True)
class CorpusView:
    """A column of texts as a whole; `distinctive` tells the groups of the column `by`."""

    column: str
    texts: int
    without_words: int
    tokens_median: float
    tokens_most: int
    by: str | None
    distinctive: tuple[GroupNgrams, ...]
    clusters: Clusters
    duplicates: Duplicates
    duplicate_groups: int
    vectors: VectorsNote


@dataclass(frozen=True, slots=True)
class TextMapView:
    """Texts as points; `codes` (points,) are places in `groups`, -1 where there is none."""

    column: str
    map: TextMap
    labels: tuple[str, ...]
    by: str | None
    groups: tuple[str, ...]
    codes: NDArray[np.int32]
    vectors: VectorsNote
