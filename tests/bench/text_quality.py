"""The n-gram model beside counted words and beside the tuned encoder, on the same test texts."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from figures import Figure
from text_checks import additivity
from text_corpora import CORPORA, Corpus
from text_results import RESULTS, Measured, kept, paired, told

from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.models.additive import AdditiveModel
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions, Quality

VARIANTS = {"words": (1, 1), "words and pairs": (1, 2)}
GAP_CLOSED = 0.5
MOST_DEVIATION = 1e-6
ENCODER_VARIABLE = "PELLUCID_BENCH_ENCODER"
"""The folder of the encoder to use in place of the default one."""


def plain_figures(key: str) -> Iterator[Figure]:
    """Yield accuracy beside TF-IDF's, and how exactly token scores add up, of one corpus."""
    found = plain(key)
    name = found["name"]
    yield Figure(f"{name}: accuracy beside TF-IDF of {found['variant']}",
                 np.mean(found["ours"]), "", np.mean(found["rival"]))  # fmt: skip
    gain = paired(np.array(found["ours"]), np.array(found["rival"]))
    yield Figure(f"{name}: minus TF-IDF {told(gain)}, upper end", gain["high"], "",
                 limit=0, at_least=True)  # fmt: skip
    yield Figure(f"{name}: seconds to fit, beside TF-IDF", found["seconds"], "s",
                 found["rival_seconds"])  # fmt: skip


def additivity_figures(key: str) -> Iterator[Figure]:
    """Yield how far intercept and token scores are from the margin, at the most."""
    found = plain(key)
    name, texts = found["name"], found["added_up"]["texts"]
    yield Figure(f"{name}: margin minus tokens' sum, most of {texts:,} texts",
                 found["added_up"]["sum"], "", limit=MOST_DEVIATION)  # fmt: skip
    yield Figure(f"{name}: n-gram taken out, change minus its score",
                 found["added_up"]["occurrence"], "", limit=MOST_DEVIATION)  # fmt: skip


def tuned_figures(key: str) -> Iterator[Figure]:
    """Yield what tuning the encoder on the task gives, to itself and to the n-grams."""
    found = plain(key)
    box = kept(f"{key}-transformer", lambda: measure_transformer(CORPORA[key]()))
    ngrams = kept(f"{key}-tuned", lambda: measure_ngrams(CORPORA[key](), tune=True))
    name = found["name"]
    yield from compare_tuned(name, found["rival"], ngrams["ours"], box["ours"])
    yield from compare_tuned(
        f"{name}, encoder at hand", found["rival"], ngrams["with_encoder"], box["ours"]
    )


def compare_tuned(
    name: str, words: Sequence[bool], ngrams: Sequence[bool], encoder: Sequence[bool]
) -> Iterator[Figure]:
    """Yield the figures of which test texts each of three models got right."""
    yield Figure(f"{name}: accuracy, tuned n-grams beside tuned encoder",
                 np.mean(ngrams), "", np.mean(encoder))  # fmt: skip
    gain = paired(np.array(ngrams), np.array(words))
    yield Figure(f"{name}: tuned n-grams minus TF-IDF {told(gain)}", gain["difference"], "")
    gap = paired(np.array(encoder), np.array(words))
    share = gain["difference"] / gap["difference"] if gap["difference"] > 0 else math.inf
    yield Figure(f"{name}: share closed of the gap {told(gap)}", share, "", limit=GAP_CLOSED,
                 at_least=True)  # fmt: skip


def plain(key: str) -> Measured:
    """Return the plain measurements of a corpus, which are made where there are none yet."""

    def measure() -> Measured:
        corpus = CORPORA[key]()
        return {
            **measure_words(corpus),
            **measure_ngrams(corpus, model_place(key)),
        }

    return kept(key, measure)


def model_place(key: str) -> Path:
    """Return where the plain n-gram model of a corpus is kept."""
    return RESULTS / f"{key}.model"


def measure_words(corpus: Corpus) -> Measured:
    """Measure TF-IDF and logistic regression, the variant that is better on validation texts.

    The chosen one learns from all texts that are not for testing.
    """
    held = set(corpus.validation)
    rest = [row for i, row in enumerate(corpus.train) if i not in held]
    asked = [corpus.train[i] for i in corpus.validation]
    start = time.perf_counter()
    scores = {name: np.mean(_words_right(rest, asked, name)) for name in VARIANTS}
    best = max(scores, key=lambda name: scores[name])
    fitting = time.perf_counter()
    rival = _words_right(corpus.train, corpus.test, best)
    now = time.perf_counter()
    return {
        "variant": best, "rival": rival, "rival_seconds": now - fitting,
        "rival_seconds_with_choice": now - start,
    }  # fmt: skip


def _words_right(train: Sequence[tuple[str, str]], test: Any, variant: str) -> list[bool]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=VARIANTS[variant])
    model = make_pipeline(words, LogisticRegression(max_iter=1_000))
    model.fit([text for text, _ in train], [label for _, label in train])
    found = model.predict([text for text, _ in test])
    return [bool(a == b) for a, (_, b) in zip(found, test, strict=True)]


def measure_ngrams(
    corpus: Corpus,
    place: Path | None = None,
    tune: bool = False,
    encoder: str | None = None,
    quality: Quality = "standard",
) -> Measured:
    """Fit the n-gram model as a user would, from a file, and say which test texts it gets right."""
    options = FitOptions("label", texts=("text",), quality=quality, tune=tune,
                         encoder=encoder or os.environ.get(ENCODER_VARIABLE))  # fmt: skip
    with TemporaryDirectory() as folder:
        train, test = corpus.write(Path(folder))
        with open_table(train) as table, open_table(test) as held_out:
            start = time.perf_counter()
            fitted = fit(table, options, Run(), held_out)
            seconds = time.perf_counter() - start
    if place is not None:
        from pellucid.models.files import save_fit

        save_fit(fitted, place)
    return {
        "name": corpus.name,
        "ours": _right(fitted.model, corpus),
        "with_encoder": _right(_with_encoder(fitted.model, corpus), corpus) if tune else None,
        "seconds": seconds,
        "told": fitted.metrics["accuracy"].value,
        **_about(fitted),
        "added_up": additivity(fitted.model, corpus.test_texts),
    }


def measure_transformer(corpus: Corpus) -> Measured:
    """Tune the encoder as a classifier, and say which test texts it gets right."""
    from pellucid.models.black_box.fitting import fit_transformer

    options = FitOptions("label", texts=("text",), kind="transformer",
                         encoder=os.environ.get(ENCODER_VARIABLE))  # fmt: skip
    with TemporaryDirectory() as folder:
        train, test = corpus.write(Path(folder))
        with open_table(train) as table, open_table(test) as held_out:
            start = time.perf_counter()
            fitted = fit_transformer(table, options, Run(), held_out)
            seconds = time.perf_counter() - start
    found = fitted.model.predict({"text": corpus.test_texts}).tolist()
    ours = [bool(a == b) for a, b in zip(found, corpus.test_labels, strict=True)]
    return {"name": corpus.name, "ours": ours, "seconds": seconds}


def _with_encoder(model: AdditiveModel, corpus: Corpus) -> AdditiveModel:
    """Score the words that the model has never seen through its encoder, as prediction does."""
    from pellucid.encoders.transformer import load_encoder
    from pellucid.models.ngrams.entering import score_unseen

    term = model.texts[0]
    if term.encoder is None:
        return model
    encoder = load_encoder(Path(term.encoder.folder), Run())
    return replace(model, texts=(score_unseen(term, corpus.test_texts, encoder, Run()),))


def _right(model: AdditiveModel, corpus: Corpus) -> list[bool]:
    found = model.predict({"text": corpus.test_texts}).tolist()
    return [bool(a == b) for a, b in zip(found, corpus.test_labels, strict=True)]


def _about(fitted: Fit) -> Mapping[str, Any]:
    """Return what the model came to be, for whoever reads the file."""
    term = fitted.model.texts[0]
    note = term.encoder
    return {
        "ngrams": len(term.ngrams),
        "orders": term.orders,
        "encoder": None if note is None else note.name,
        "has_embedding_part": term.bag_heads is not None and bool(np.any(term.bag_heads)),
        "rows": dict(fitted.summary.rows),
        "warnings": [alert.message for alert in fitted.warnings],
    }
