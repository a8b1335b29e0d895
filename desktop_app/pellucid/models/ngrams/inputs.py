"""What worker processes read: the n-gram counts of each text column, vectors and the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.multilabel import outputs_of
from pellucid.models.ngrams.vocabulary import Vocabulary
from pellucid.models.texts import Occurrences, occurrences_of
from pellucid.models.types import TaskKind

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]
_COUNTS = ("data", "indices", "indptr")


@dataclass(frozen=True, slots=True)
class TextColumn:
    """One text column over the training rows, as numbers.

    `counts` is a CSR matrix (rows, V + 1) of how often each text holds each cell, unseen n-grams
    left out; `words` (rows,) the tokens of each text; `texts` and `sizes` (V,) as in `Vocabulary`;
    `vectors` (V, d), d = 0 without an encoder.
    """

    counts: Any
    words: NDArray[np.intp]
    texts: NDArray[np.intp]
    sizes: NDArray[np.int8]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class TextFiles:
    """Text columns and the target as .npy files in `folder`, which workers map.

    The target is class codes, numbers for a regression, or a matrix of 0 and 1 for labels. With a
    lesson, that is fitted in its place: chances (rows, classes), or numbers.
    """

    folder: Path
    stem: str
    kind: TaskKind
    classes: int
    columns: int
    has_lesson: bool = False

    @property
    def outputs(self) -> int:
        """The scores that an n-gram has, as `multilabel.outputs_of` counts them."""
        return outputs_of(self.kind, self.classes)

    def load(self) -> tuple[TextColumn, ...]:
        """Map the arrays."""
        return tuple(self._column(place) for place in range(self.columns))

    def target(self) -> NDArray[np.generic]:
        """Map the target, shape (rows,) or for labels (rows, classes)."""
        return self._array("target")

    def lesson(self) -> NDArray[np.generic]:
        """Map what is fitted: the lesson where there is one, else the target."""
        return self._array("lesson" if self.has_lesson else "target")

    def _column(self, place: int) -> TextColumn:
        from scipy.sparse import csr_matrix

        texts = self._array(f"{place}-texts")
        words = self._array(f"{place}-words")
        shape = len(words), len(texts) + 1
        parts = tuple(self._array(f"{place}-{part}") for part in _COUNTS)
        return TextColumn(
            csr_matrix(parts, shape=shape),
            words,
            texts,
            self._array(f"{place}-sizes"),
            self._array(f"{place}-vectors"),
        )

    def _array(self, name: str) -> NDArray[Any]:
        path = self.folder / f"{self.stem}-{name}.npy"
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        return array


def save_texts(
    folder: Path,
    stem: str,
    columns: Sequence[TextColumn],
    target: NDArray[np.generic],
    kind: TaskKind,
    classes: int,
    lesson: NDArray[np.generic] | None = None,
) -> TextFiles:
    """Write what workers read into `folder`; `stem` begins the files' names."""

    def save(name: str, array: NDArray[Any]) -> None:
        np.save(folder / f"{stem}-{name}.npy", array, allow_pickle=False)

    save("target", target)
    if lesson is not None:
        save("lesson", lesson)
    for place, column in enumerate(columns):
        for part in _COUNTS:
            save(f"{place}-{part}", getattr(column.counts, part))
        for name in ("words", "texts", "sizes", "vectors"):
            save(f"{place}-{name}", getattr(column, name))
    return TextFiles(folder, stem, kind, classes, len(columns), lesson is not None)


def text_column(
    word_lists: Sequence[Sequence[str]], vocabulary: Vocabulary, vectors: Vectors
) -> tuple[TextColumn, Occurrences]:
    """Count the n-grams of `vocabulary` in each text; return what each text looks up as well."""
    found = occurrences_of(word_lists, vocabulary.index, vocabulary.orders)
    counts = found.to_csr(len(vocabulary.ngrams) + 2)[:, :-1]
    counts.sort_indices()
    words = np.array([len(words) for words in word_lists], dtype=np.intp)
    return TextColumn(counts, words, vocabulary.texts, vocabulary.sizes, vectors), found


def occurrences_in(words: NDArray[np.intp], orders: int) -> NDArray[np.intp]:
    """Return the n-gram occurrences, at least 1, of texts with that many tokens."""
    total = sum(np.maximum(words - order, 0) for order in range(orders))
    return np.maximum(np.asarray(total, dtype=np.intp), 1)
