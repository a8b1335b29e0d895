"""A column of texts as a whole, as values: what facts, words and reports of it are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.scripts import scripts_of, token_unit
from pellucid.data.tokens import words_of
from pellucid.explain.corpus.types import Cluster, Duplicates, GroupNgrams
from pellucid.explain.ngrams import overlap
from pellucid.models.texts import EncoderNote

_STEP = 1_000
_EXAMPLE_CHARACTERS = 140


@dataclass(frozen=True, slots=True)
class Lengths:
    """Words a text, over the texts that have one: quartiles and the most."""

    low: float
    median: float
    high: float
    most: int


@dataclass(frozen=True, slots=True)
class Topic:
    """Texts that are alike: their keywords, how many they are, and what they say of a column.

    `share` is that of the texts that were clustered; `kept` the share of its pairs that a second
    run keeps together. `leading` is the group most over-represented in it, held by `leading_share`
    of its texts (95% interval `low` to `high`, Wilson); empty without groups.
    """

    keywords: tuple[str, ...]
    texts: int
    share: float
    kept: float
    typical: str
    leading: str = ""
    leading_share: float = 0.0
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Copies:
    """Texts that say the same as an earlier one.

    `copies` of `texts` texts with a word repeat an earlier one, `exact` of them word for word.
    `example` is the text that is repeated most, `repeats` times in all. Of `test` test texts,
    `leaked` have a copy among the rows that a model learnt from.
    """

    texts: int
    copies: int
    exact: int
    threshold: float
    example: str = ""
    repeats: int = 0
    test: int = 0
    leaked: int = 0


@dataclass(frozen=True, slots=True)
class TextStudy:
    """What is known of a column of texts; all but `rows` and `missing` over the `read` texts.

    `silent` texts have no word in them. `once` of the `vocabulary` different words stand in one
    text alone. `scripts` are shares of all letters, largest first. `groups` tell what the groups of
    the column `by` say more than the rest. `topics` come from `clustered` texts, whose vectors the
    `encoder` made; under a `silhouette` of 0.25 they are a way to cut the texts up.
    """

    column: str
    rows: int
    missing: int
    read: int
    silent: int
    distinct: int
    lengths: Lengths
    vocabulary: int
    once: int
    scripts: tuple[tuple[str, float], ...]
    copies: Copies
    by: str = ""
    groups: tuple[GroupNgrams, ...] = ()
    topics: tuple[Topic, ...] = ()
    clustered: int = 0
    silhouette: float = 0.0
    encoder: EncoderNote | None = None

    @property
    def unit(self) -> str:
        """What a token is, as `token_unit` says."""
        return token_unit(self.scripts)

    @property
    def is_sampled(self) -> bool:
        return self.read < self.rows - self.missing


@dataclass(frozen=True, slots=True)
class TextReading:
    """How a model reads a column of texts, and what it met in the test texts.

    `unseen` is the share of their n-gram occurrences that the model has no score for, NaN where
    there were none to look at.
    """

    column: str
    orders: int
    ngrams: int
    encoder: EncoderNote | None
    unseen: float = float("nan")
    test_texts: int = 0


def study_texts(
    column: str,
    texts: Sequence[str],
    counts: tuple[int, int],
    run: Run,
    groups: NDArray[Any] | None = None,
    by: str = "",
    parts: Sequence[str] | None = None,
) -> TextStudy:
    """Describe `texts`, a sample of a column with `counts` (rows, missing) in all.

    `groups` (n,) are labels by the column `by`; `parts` (n,) are "learnt" and "test".
    """
    from pellucid.explain.corpus.distinctive import distinctive_ngrams
    from pellucid.explain.corpus.duplicates import near_duplicates

    in_texts: Counter[str] = Counter()
    lengths = np.zeros(len(texts), dtype=np.intp)
    for row, text in enumerate(texts):
        if row % _STEP == 0:
            run.progress(f"Reading {column}", row, len(texts))
            run.check()
        words = words_of(text)
        lengths[row] = len(words)
        in_texts.update(set(words))
    spoken = lengths[lengths > 0]
    quartiles = np.percentile(spoken, [25, 50, 75]) if len(spoken) else np.zeros(3)
    run.progress(f"Looking for copies in {column}")
    found = near_duplicates(texts, run, seed=run.seed, parts=parts)
    said = () if groups is None else distinctive_ngrams(texts, groups, run)
    return TextStudy(
        column=column,
        rows=counts[0],
        missing=counts[1],
        read=len(texts),
        silent=int((lengths == 0).sum()),
        distinct=len(set(texts)),
        lengths=Lengths(
            float(quartiles[0]),
            float(quartiles[1]),
            float(quartiles[2]),
            int(lengths.max(initial=0)),
        ),
        vocabulary=len(in_texts),
        once=sum(held == 1 for held in in_texts.values()),
        scripts=scripts_of(texts),
        copies=_copies(found, texts, parts),
        by=by if said else "",
        groups=tuple(group for group in said if group.ngrams),
    )


def with_topics(
    study: TextStudy,
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    encoder: EncoderNote,
    run: Run,
    groups: NDArray[Any] | None = None,
) -> TextStudy:
    """Add the clusters of `texts` (n,), whose `vectors` (n, d) `encoder` made."""
    from pellucid.explain.corpus.clusters import cluster_texts

    found = cluster_texts(texts, vectors, run, target=groups)
    known = [g for g in ([] if groups is None else groups.tolist()) if g is not None]
    overall = {str(label): n / len(known) for label, n in Counter(known).items()}
    return replace(
        study,
        topics=tuple(_topic(cluster, texts, overall) for cluster in found.clusters),
        clustered=len(texts) - found.left_out,
        silhouette=found.silhouette,
        encoder=encoder,
    )


def _topic(cluster: Cluster, texts: Sequence[str], overall: dict[str, float]) -> Topic:
    typical = excerpt(texts[cluster.typical[0]]) if cluster.typical else ""
    plain = Topic(_telling(cluster.keywords), cluster.size, cluster.share, cluster.kept, typical)
    if not cluster.shares or len(overall) < 2:
        return plain
    lead = max(cluster.shares, key=lambda share: share.share - overall.get(share.label, 0.0))
    if lead.low <= overall.get(lead.label, 0.0):
        return plain
    return replace(
        plain, leading=lead.label, leading_share=lead.share, low=lead.low, high=lead.high
    )


def _telling(keywords: Sequence[str]) -> tuple[str, ...]:
    """Leave out keywords that stand within a longer one beside them."""
    return tuple(
        word
        for word in keywords
        if not any(len(other) > len(word) and overlap(word, other) for other in keywords)
    )


def _copies(found: Duplicates, texts: Sequence[str], parts: Sequence[str] | None) -> Copies:
    exact = 0
    for group in found.groups:
        different = {" ".join(words_of(texts[row])) for row in group.rows}
        exact += len(group.rows) - len(different)
    most = found.groups[0].rows if found.groups else ()
    test = [row for row, part in enumerate(parts or ()) if part == "test" and words_of(texts[row])]
    return Copies(
        texts=found.texts,
        copies=found.copies,
        exact=exact,
        threshold=found.threshold,
        example=excerpt(texts[most[0]]) if most else "",
        repeats=len(most),
        test=len(test),
        leaked=(found.crossing_rows or {}).get("test", 0),
    )


def excerpt(text: str, most: int = _EXAMPLE_CHARACTERS) -> str:
    """Return the start of a text on one line, cut between words where it is long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[most // 2 :] else cut}…"
