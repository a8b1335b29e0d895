"""Which n-grams a model knows: those that several texts hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.data.tokens import ngrams_of

FEWEST_TEXTS = 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams of one column, those held by more texts first.

    `texts` (V,) are the training texts that hold each and `sizes` (V,) the tokens of each.
    `found` n-grams were held by enough texts; `left_out` of them did not fit; `once` were held by
    too few.
    """

    ngrams: tuple[str, ...] = field(repr=False)
    texts: NDArray[np.intp] = field(repr=False)
    sizes: NDArray[np.int8] = field(repr=False)
    orders: int
    found: int
    once: int

    @property
    def left_out(self) -> int:
        return self.found - len(self.ngrams)

    def first(self, most: int) -> Vocabulary:
        """Keep the first `most` n-grams."""
        return replace(
            self, ngrams=self.ngrams[:most], texts=self.texts[:most], sizes=self.sizes[:most]
        )

    @property
    def index(self) -> dict[str, int]:
        """The cell of each n-gram, from 1."""
        return {ngram: cell for cell, ngram in enumerate(self.ngrams, start=1)}


def choose_ngrams(
    word_lists: Sequence[Sequence[str]],
    orders: int,
    most: int,
    min_texts: int = FEWEST_TEXTS,
    min_texts_of_word: int | None = None,
) -> Vocabulary:
    """Keep the `most` n-grams of 1 to `orders` tokens that are held by most texts.

    Ties are broken by the n-gram itself. Where single words may be held by fewer texts than others,
    such words are found as far as there is room for them.
    """
    counters: list[Counter[str]] = [Counter() for _ in range(orders)]
    for words in word_lists:
        grams, start = ngrams_of(words, orders), 0
        for order, counter in enumerate(counters):
            end = start + max(0, len(words) - order)
            counter.update(set(grams[start:end]))
            start = end
    counts: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for order, counter in reversed(list(enumerate(counters, start=1))):
        counts |= counter
        sizes |= dict.fromkeys(counter, order)
    often = [ngram for ngram, texts in counts.items() if texts >= min_texts]
    kept = sorted(often, key=lambda ngram: (-counts[ngram], ngram))[:most]
    if min_texts_of_word is not None:
        held = counters[0].items()
        rare = [word for word, texts in held if min_texts_of_word <= texts < min_texts]
        rare = sorted(rare, key=lambda word: (-counts[word], word))[: most - len(kept)]
        often, kept = [*often, *rare], [*kept, *rare]
    return Vocabulary(
        tuple(kept),
        np.array([counts[ngram] for ngram in kept], dtype=np.intp),
        np.array([sizes[ngram] for ngram in kept], dtype=np.int8),
        orders,
        len(often),
        len(counts) - len(often),
    )


def choose_together(
    columns: Sequence[Sequence[Sequence[str]]],
    orders: int,
    most: int,
    min_texts_of_word: int | None = None,
) -> tuple[Vocabulary, ...]:
    """Choose the n-grams of several columns, at most `most` in all."""
    chosen = [
        choose_ngrams(word_lists, orders, most, min_texts_of_word=min_texts_of_word)
        for word_lists in columns
    ]
    if sum(len(one.ngrams) for one in chosen) <= most:
        return tuple(chosen)
    owners = np.repeat(np.arange(len(chosen)), [len(one.ngrams) for one in chosen])
    texts = np.concatenate([one.texts for one in chosen])
    kept = np.bincount(owners[np.argsort(-texts, kind="stable")][:most], minlength=len(chosen))
    return tuple(one.first(int(ngrams)) for one, ngrams in zip(chosen, kept, strict=True))
