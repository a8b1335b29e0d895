"""What is claimed about texts: quality beside TF-IDF, speed beside imodelsX, exact token scores.

Run: python tests/bench/run.py text [fpb] [rt] [sst2] [emotion] [sms] [trec] [womens] [airbnb]
[embedding] [lookup] [typing] [influence] [tuned]. Without names all but what tuning gives, which
takes hours on a CPU; `tuned` is about the collections named with it, or all. Long measurements are
kept under build/bench/text, so that a run that was broken off goes on where it was.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator

import numpy as np
import text_mixed
import text_quality
import text_speed
from figures import Figure
from text_checks import influence_ranks
from text_corpora import CORPORA
from text_results import kept

from pellucid.core.errors import UserError
from pellucid.core.run import Run

LEAST_RANK = 0.8
TEXTS_OF_INFLUENCE, QUERIES = 300, 20


def influence_figures() -> Iterator[Figure]:
    """Yield how well influence ranks 20 training texts, beside true refits."""
    for key in ("rt", "emotion"):
        name = CORPORA[key]().name
        ranks = kept(f"{key}-influence", lambda key=key: measure_influence(key))["ranks"]  # type: ignore[misc]
        yield Figure(f"{name}: rank correlation of influence with refits", statistics.mean(ranks),
                     "", limit=LEAST_RANK, at_least=True)  # fmt: skip
        yield Figure(f"{name}: the least over {QUERIES} texts asked about", min(ranks), "")


def measure_influence(key: str) -> dict[str, list[float]]:
    """Compare influence with refits of a head on a language model's vectors."""
    from pellucid.encoders.cache import embed
    from pellucid.encoders.choosing import choose_encoder

    corpus = CORPORA[key]()
    order = np.random.default_rng(0).permutation(len(corpus.train))[:TEXTS_OF_INFLUENCE]
    rows = [corpus.train[i] for i in order]
    texts = [text for text, _ in rows] + corpus.test_texts[:QUERIES]
    encoder = choose_encoder(None, [text.split() for text in texts], Run())
    vectors = embed(texts, encoder, Run(), use_cache=False).astype(np.float64)
    labels = np.array([label for _, label in rows])
    return {"ranks": influence_ranks(vectors[: len(rows)], labels, vectors[len(rows) :])}


OTHERS: dict[str, Callable[[], Iterator[Figure]]] = {
    "womens": lambda: text_mixed.figures("womens"),
    "airbnb": lambda: text_mixed.figures("airbnb"),
    "embedding": text_speed.embedding_figures,
    "lookup": text_speed.lookup_figures,
    "typing": text_speed.typing_figures,
    "influence": influence_figures,
}


def figures(*parts: str) -> Iterator[Figure]:
    """Yield the figures of the named parts; of all but `tuned` without names."""
    unknown = [part for part in parts if part not in (*CORPORA, *OTHERS, "tuned")]
    if unknown:
        known = ", ".join((*CORPORA, *OTHERS, "tuned"))
        raise UserError(f"The bench has no {unknown[0]}", f"It has {known}.")
    corpora = [key for key in parts if key in CORPORA]
    if "tuned" in parts:
        for key in corpora or CORPORA:
            yield from text_quality.tuned_figures(key)
    else:
        for key in corpora if parts else CORPORA:
            yield from text_quality.plain_figures(key)
            yield from text_quality.additivity_figures(key)
    for key in OTHERS:
        if key in parts or not parts:
            yield from OTHERS[key]()
