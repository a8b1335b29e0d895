"""What the engine would tell of a column of texts, made by hand."""

from __future__ import annotations

import numpy as np

from pellucid.explain.corpus.types import (
    Cluster,
    Clusters,
    DistinctiveNgram,
    DuplicateGroup,
    Duplicates,
    GroupNgrams,
    TextMap,
)
from pellucid.explain.corpus.views import CorpusView, TextMapView, VectorsNote

NOTE = VectorsNote("all-MiniLM-L6-v2", True, 900, 4988)
LABELS = ("plot, ending, twist", "actor, cast, role", "music, song, score")


def group(name: str, words: tuple[str, ...]) -> GroupNgrams:
    found = tuple(
        DistinctiveNgram(word, 2.2 - 0.3 * i, 1.8 - 0.3 * i, 2.6 - 0.3 * i, 9.0 - i,
                         0.001 if i < 6 else 0.4, 90 - i, 12, 80 - i, 11)
        for i, word in enumerate(words)
    )  # fmt: skip
    return GroupNgrams(name, 2400, 2588, found, 52_113)


def made_corpus(by: str | None = "sentiment") -> CorpusView:
    groups = (
        group("negative", ("bored", "awful", "waste of time", "worst", "not good", "dull", "mess")),
        group("positive", ("wonderful", "excellent", "a joy", "superb", "love", "perfect", "calm")),
    )
    clusters = tuple(
        Cluster(i, 400 - 50 * i, (400 - 50 * i) / 1050, tuple(label.split(", ")), (3 + i, 9), 0.8)
        for i, label in enumerate(LABELS)
    )
    duplicates = Duplicates(
        (DuplicateGroup((11, 816, 2039), 1.0, True), DuplicateGroup((40, 41), 0.86, False)),
        4988, 81, 0.8, 0.01, 3, {"test": 2},
    )  # fmt: skip
    return CorpusView(
        "review", 5000, 12, 182.0, 2310, by, groups if by else (), np.arange(1050),
        Clusters(clusters, np.zeros(1050, dtype=np.int32), 12, 0.11, (), 0.71, 0.36),
        duplicates, 37, NOTE, "word",
    )  # fmt: skip


def made_map(points: int = 900) -> TextMapView:
    rng = np.random.default_rng([3, points])
    clusters = np.sort(rng.integers(0, 3, points)).astype(np.int32)
    centres = np.array([[0.3, 0.35], [0.68, 0.3], [0.5, 0.75]])
    positions = np.clip(centres[clusters] + rng.normal(scale=0.09, size=(points, 2)), 0, 1)
    codes = (rng.random(points) < 0.5).astype(np.int32)
    found = TextMap(positions, np.arange(points), clusters, 0.87, 15, 12, 4088, "t-SNE")
    return TextMapView("review", found, LABELS, "sentiment", ("negative", "positive"), codes, NOTE)
