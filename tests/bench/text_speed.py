"""How fast texts are embedded and predicted, beside a rival in the same run; and typing."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
from figures import Figure, seconds
from numpy.typing import NDArray
from text_checks import typing_seconds
from text_corpora import CORPORA, Corpus, texts_of
from text_quality import model_place, plain
from text_results import ROOT, Measured, kept

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.tokens import ngrams_of, words_of
from pellucid.models.additive import AdditiveModel

RIVAL_VARIABLE = "PELLUCID_BENCH_RIVAL"
"""The interpreter that has imodelsx; without it one is made under build/."""
RIVAL_PACKAGES = ("imodelsx==1.0.14", "torch", "transformers", "spacy", "accelerate", "six")
"""With what it needs but does not name."""
CORPUS = "fpb"
ORDERS = 3
TEXTS_EMBEDDED = 60
EMBEDDING_ROUNDS = 3
"""Rounds in turn, of which the quickest counts for either side."""
_RIVAL_WAYS = ("by_text", "by_list_small", "by_list_large")
ROUNDS = 7
FASTER = 1.5
MOST_TYPING_S = 0.050


def embedding_figures() -> Iterator[Figure]:
    """Yield n-grams embedded a second, ours and imodelsX's."""
    found = kept("embedding", lambda: measure_embedding(texts_of(CORPUS, TEXTS_EMBEDDED)))
    every, once = found["occurrences"], found["unique"]
    rows = (
        ("Embedding as its fit does, occurrences a second", every, "ours_all", "by_text"),
        ("Embedding a list once, a second; its batches of 8", once, "ours", "by_list_small"),
        ("Embedding a list once, a second; its batches of 256", once, "ours", "by_list_large"),
    )
    for name, count, ours, rival in rows:
        yield Figure(f"{name} ({count:,})", count / found[ours], "/s", count / found[rival],
                     FASTER, is_ratio=True, at_least=True)  # fmt: skip
    yield Figure("Embedding: least cosine of our vectors with the rival's", found["cosine"], "",
                 limit=0.99, at_least=True)  # fmt: skip


def measure_embedding(texts: Sequence[str]) -> Measured:
    """Time both on the same n-grams: those of the texts, and each of them once."""
    from pellucid.encoders.cache import embed
    from pellucid.encoders.offline import offline_folder
    from pellucid.encoders.transformer import load_encoder

    folder = offline_folder()
    if folder is None:
        raise UserError("The extra `offline` is not installed", "Install it to run this bench.")
    lists = [ngrams_of(words_of(text), ORDERS) for text in texts]
    ngrams = list(dict.fromkeys(ngram for one in lists for ngram in one))
    asked = {"folder": str(folder), "texts": list(texts), "ngrams": ngrams, "orders": ORDERS}
    encoder, run = load_encoder(folder, Run()), Run()
    vectors = embed(ngrams, encoder, run, use_cache=False)
    taken: dict[str, list[float]] = {name: [] for name in ("ours_all", "ours", *_RIVAL_WAYS)}
    with _rival() as ask:
        theirs = ask(asked)
        every: list[str] = theirs["occurrences"]
        for _ in range(EMBEDDING_ROUNDS):
            taken["ours_all"].append(seconds(lambda: embed(every, encoder, run, use_cache=False)))
            for way in _RIVAL_WAYS:
                taken[way].append(ask(way))
            taken["ours"].append(seconds(lambda: embed(ngrams, encoder, run, use_cache=False)))
    return {
        "occurrences": len(every),
        "unique": len(ngrams),
        "cosine": _least_cosine(vectors, np.array(theirs["vectors"])),
        **{name: min(rounds) for name, rounds in taken.items()},
    }


def _least_cosine(ours: NDArray[np.float32], theirs: NDArray[np.float64]) -> float:
    first = ours[: len(theirs)].astype(np.float64)
    lengths = np.sqrt((first**2).sum(axis=1) * (theirs**2).sum(axis=1))
    return float(((first * theirs).sum(axis=1) / lengths).min())


@contextmanager
def _rival() -> Iterator[Callable[[Any], Any]]:
    """Start the rival, and give a function that asks it something and waits for the answer."""
    script = Path(__file__).with_name("text_rival_embedding.py")
    with (
        TemporaryFile("w+") as complaints,
        subprocess.Popen(
            [_rival_interpreter(), str(script)],
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        talk, listen = process.stdin, process.stdout

        def ask(question: Any) -> Any:
            talk.write(json.dumps(question) + "\n")
            talk.flush()
            answer = listen.readline()
            if not answer:
                complaints.seek(0)
                raise RuntimeError(complaints.read())
            return json.loads(answer)

        yield ask


def _rival_interpreter() -> str:
    """Return the interpreter that has the rival, which is installed apart where there is none."""
    named = os.environ.get(RIVAL_VARIABLE)
    if named:
        return named
    place = ROOT / "build" / "bench" / "rival"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *RIVAL_PACKAGES], check=True)
    return str(python)


def lookup_figures(key: str = "rt") -> Iterator[Figure]:
    """Yield rows predicted a second without the encoder, beside counted n-grams.

    As the model was fitted, and as it would be with n-grams as long as the rival's.
    """
    corpus = CORPORA[key]()
    model = fitted_model(key)
    rows = len(corpus.test)
    for orders in sorted({model.texts[0].orders, ORDERS}):
        longer = replace(model, texts=(replace(model.texts[0], orders=orders),))
        ours, rival = measure_lookup(longer, corpus)
        yield Figure(f"{corpus.name}: rows predicted a second, n-grams to {orders}", rows / ours,
                     "/s", rows / rival, 1, is_ratio=True, at_least=True)  # fmt: skip


def measure_lookup(model: AdditiveModel, corpus: Corpus) -> tuple[float, float]:
    """Return the median seconds of predicting the test texts, ours and the rival's, in turn."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    rival = make_pipeline(CountVectorizer(ngram_range=(1, 3)), LogisticRegression(max_iter=200))
    rival.fit([text for text, _ in corpus.train], [label for _, label in corpus.train])
    texts = corpus.test_texts
    ours_s, rival_s = [], []
    for _ in range(ROUNDS + 1):
        ours_s.append(seconds(lambda: model.predict({"text": texts})))
        rival_s.append(seconds(lambda: rival.predict(texts)))
    return statistics.median(ours_s[1:]), statistics.median(rival_s[1:])


def fitted_model(key: str) -> AdditiveModel:
    """Return the plain n-gram model of a corpus."""
    from pellucid.models.files import load_fit

    plain(key)
    return load_fit(model_place(key)).model


def typing_figures(key: str = "fpb") -> Iterator[Figure]:
    """Yield how long the scores of a text of 60 words take after each edit."""
    found = sorted(typing_seconds(fitted_model(key), texts_of(key, 40)))
    ninth = found[round(0.95 * (len(found) - 1))]
    yield Figure("Typing: exact scores of 60 words, median", 1000 * statistics.median(found), "ms",
                 limit=1000 * MOST_TYPING_S)  # fmt: skip
    yield Figure("Typing: exact scores of 60 words, 95th percentile", 1000 * ninth, "ms",
                 limit=1000 * MOST_TYPING_S)  # fmt: skip
