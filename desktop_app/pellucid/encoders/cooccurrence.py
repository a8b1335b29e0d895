"""The encoder for when there is no language model: which words of these texts keep company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.encoders.hashes import digest_of
from pellucid.encoders.types import EncoderInfo, Vectors

NAME = "co-occurrence of words"
NOTE = "fitted on these texts alone, by which words stand near each other; no language model"
WINDOW = 4
MOST_WORDS = 30_000
DIMENSIONS = 256
CHUNK_TOKENS = 1_000_000
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class CooccurrenceEncoder:
    """Words to vectors by their company; a text's vector is the mean over its known words.

    `vectors` has a row a word of `index`. A text without any known word has the vector 0.
    """

    info: EncoderInfo
    index: dict[str, int]
    vectors: Vectors

    def encode(self, texts: Sequence[str], run: Run) -> Vectors:
        """Return a vector a text, float32 of shape (texts, dimensions), in the order given."""
        result = np.zeros((len(texts), self.info.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            run.check()
            for row, text in enumerate(texts[start : start + _CHUNK], start):
                known = [self.index[word] for word in words_of(text) if word in self.index]
                if known:
                    result[row] = self.vectors[known].mean(axis=0)
        return result


def fit_cooccurrence(
    token_lists: Sequence[Sequence[str]], run: Run, dimensions: int = DIMENSIONS, seed: int = 0
) -> CooccurrenceEncoder:
    """Fit vectors of words: positive pointwise mutual information, then a truncated SVD.

    Words count as together within a window of 4; a pair d words apart weighs 1/d. Only
    the 30,000 most frequent words take part. Contexts are smoothed by the power 0.75 and singular
    values by the square root. Sources: Levy, Goldberg and Dagan 2015, "Improving distributional
    similarity with lessons learned from word embeddings"; Bullinaria and Levy 2007.
    """
    run.progress("Counting words that stand together")
    counts: Counter[str] = Counter()
    for tokens in token_lists:
        counts.update(tokens)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_WORDS]
    index = {word: i for i, word in enumerate(ranked)}
    together = _together(token_lists, index, run)
    run.progress("Finding the directions of words")
    found = _reduced(_ppmi(together), dimensions, seed) if index else np.zeros((0, 1))
    vectors: Vectors = np.ascontiguousarray(found, dtype=np.float32)
    content = sha256(vectors.astype("<f4").tobytes()).hexdigest()
    key = digest_of([NAME, str(vectors.shape), content, *ranked])
    info = EncoderInfo(
        NAME, key[:32], vectors.shape[1], False, bytes=vectors.nbytes, note=NOTE
    )  # fmt: skip
    return CooccurrenceEncoder(info, index, vectors)


def _together(token_lists: Iterable[Sequence[str]], index: dict[str, int], run: Run) -> Any:
    """Return how often words stand within the window, a symmetric CSR matrix."""
    from scipy.sparse import csr_matrix

    size = max(1, len(index))
    total = csr_matrix((size, size), dtype=np.float64)
    chunk: list[int] = []
    for number, tokens in enumerate(token_lists):
        chunk += [index.get(token, -1) for token in tokens]
        chunk += [-1] * WINDOW
        if len(chunk) > CHUNK_TOKENS:
            run.check()
            run.progress("Counting words that stand together", number + 1)
            total += _pairs(np.array(chunk, dtype=np.intp), size)
            chunk = []
    return total + _pairs(np.array(chunk, dtype=np.intp), size)


def _pairs(words: NDArray[np.intp], size: int) -> Any:
    from scipy.sparse import csr_matrix

    total = csr_matrix((size, size), dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        left, right = words[:-distance], words[distance:]
        both = (left >= 0) & (right >= 0)
        ones = np.full(int(both.sum()), 1.0 / distance)
        total += csr_matrix((ones, (left[both], right[both])), shape=(size, size))
    return total + total.T


def _ppmi(together: Any) -> Any:
    """Return max(0, log p(w, c) / (p(w) p(c)^0.75)) of the counts, a CSR matrix."""
    pairs = together.tocoo()
    totals = np.asarray(together.sum(axis=1)).ravel()
    smooth = totals**0.75
    expected = totals[pairs.row] * smooth[pairs.col] / max(smooth.sum(), 1e-12)
    pairs.data = np.maximum(0.0, np.log(pairs.data / np.maximum(expected, 1e-12)))
    positive = pairs.tocsr()
    positive.eliminate_zeros()
    return positive


def _reduced(matrix: Any, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return the leading left directions of `matrix`, scaled by the root of their weight."""
    from sklearn.utils.extmath import randomized_svd

    size = min(dimensions, matrix.shape[0])
    generator = np.random.RandomState(np.random.default_rng([seed, 71]).integers(2**31))
    left, weights, _ = randomized_svd(
        matrix, size, n_iter=4, random_state=generator, flip_sign=True
    )
    return np.asarray(left * np.sqrt(weights))
