"""Small models made by hand, whose curves are known exactly, for tests of what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.data.types import Association, ColumnProfile, Profile, Source, TopValue
from pellucid.models.additive import AdditiveModel, Axis, Link, Term, TermKind
from pellucid.models.fit import Fit
from pellucid.models.texts import EncoderNote, TextTerm
from pellucid.models.types import (
    Estimate,
    FitOptions,
    FitSummary,
    LeftOut,
    Scores,
    Seconds,
    Task,
    TermEvidence,
)

Floats = NDArray[np.float64]
BAGS = 8


def bags_around(scores: Floats, noise: float, seed: int = 0) -> Floats:
    """Return bag scores whose mean is `scores` and whose spread is about `noise`."""
    rng = np.random.default_rng(seed)
    wobble = rng.normal(scale=noise, size=(BAGS, *scores.shape))
    return np.asarray(scores + wobble - wobble.mean(axis=0))


def make_term(
    name: str, kind: TermKind, axes: tuple[Axis, ...], scores: Floats, weights: Floats,
    noise: float = 0.01, *, centre: bool = True,
) -> Term:  # fmt: skip
    """Return a term with `scores` (*cells, C), centred on `weights` where asked."""
    if centre:
        spread = tuple(range(weights.ndim))
        scores = scores - (scores * weights[..., None]).sum(axis=spread) / weights.sum()
    return Term(name, kind, axes, scores, bags_around(scores, noise), weights)


def curve_term(
    name: str, curve: Callable[[Floats], Floats], low: float = 0.0, high: float = 100.0,
    bins: int = 50, rows: float = 2000.0, missing: tuple[float, float] = (0.0, 0.0),
    noise: float = 0.01, *, is_integer: bool = False,
) -> Term:  # fmt: skip
    """Return a term over a number with `curve` at the middle of equal bins of equally many rows.

    `missing` has the missing cell's score and rows.
    """
    edges = np.linspace(low, high, bins + 1)
    middle = (edges[:-1] + edges[1:]) / 2
    axis = Axis(name, name, edges=edges[1:-1], low=low, high=high, is_integer=is_integer)
    scores = np.concatenate([[missing[0]], curve(middle), [0.0]])[:, None]
    weights = np.concatenate([[missing[1]], np.full(bins, rows / bins), [0.0]])
    return make_term(name, "bins", (axis,), scores, weights, noise)


def level_term(
    name: str, scores: dict[str, float], rows: dict[str, float], noise: float = 0.01
) -> Term:
    """Return a term over a category."""
    levels = tuple(sorted(scores))
    axis = Axis(name, name, levels=levels)
    table = np.array([[0.0], *([scores[level]] for level in levels), [0.0]])
    weights = np.array([0.0, *(rows[level] for level in levels), 0.0])
    return make_term(name, "levels", (axis,), table, weights, noise)


def pair_term(a: str, b: str, strength: float = 1.0, noise: float = 0.01) -> Term:
    """Return a pair over two numbers from 0 to 1 that raises where both are high or both low."""
    edges = np.linspace(0, 1, 7)[1:-1]
    axes = tuple(Axis(name, name, edges=edges, low=0.0, high=1.0) for name in (a, b))
    signs = np.array([0, -1, -1, -1, 1, 1, 1, 0], dtype=float)
    weights = np.zeros((8, 8))
    weights[1:-1, 1:-1] = 50.0
    scores = strength * np.outer(signs, signs)[..., None]
    return make_term(f"{a} × {b}", "pair", axes, scores, weights, noise, centre=False)


def text_term(
    name: str, scores: Mapping[str, float | tuple[float, ...]], texts: Mapping[str, float],
    noise: float = 0.02, normaliser: float = 4.0,
) -> TextTerm:  # fmt: skip
    """Return a term over texts whose n-grams have `scores`, each in so many training `texts`."""
    ngrams = tuple(scores)
    rows = [np.atleast_1d(np.asarray(scores[ngram], dtype=float)) for ngram in ngrams]
    nothing = np.zeros_like(rows[0])
    table = np.stack([nothing, *rows, nothing])
    weights = np.array([3.0, *(texts[ngram] for ngram in ngrams), 0.0])
    orders = max(len(ngram.split()) for ngram in ngrams)
    offset = np.zeros(len(nothing))
    return TextTerm(
        name, name, ngrams, orders, table, bags_around(table, noise), weights, offset,
        np.tile(offset, (BAGS, 1)), float(np.abs(table).mean()), normaliser,
        EncoderNote("co-occurrence of words", "ab", False),
    )  # fmt: skip


def make_model(
    terms: tuple[Term, ...], kind: str = "binary", intercept: tuple[float, ...] = (-1.0,),
    texts: tuple[TextTerm, ...] = (),
) -> AdditiveModel:  # fmt: skip
    """Return a model of `terms`; the target is `Income`, `species` or `price` by kind."""
    names = list(dict.fromkeys(column for term in terms for column in term.columns))
    levels = {axis.column for term in terms for axis in term.axes if axis.levels is not None}
    features = tuple((name, "category" if name in levels else "number") for name in names)
    features += tuple((text.column, "text") for text in texts)
    links: dict[str, Link] = {"binary": "logit", "multiclass": "softmax", "regression": "identity"}
    task = {
        "binary": Task("Income", "binary", ("<=50K", ">50K"), ">50K", features),
        "multiclass": Task(
            "species", "multiclass", ("Adelie", "Chinstrap", "Gentoo"), "", features
        ),
        "regression": Task("price", "regression", (), "", features),
    }[kind]
    start = np.asarray(intercept)
    return AdditiveModel(task, links[kind], start, np.tile(start, (BAGS, 1)), terms, texts)


def make_fit(model: AdditiveModel, idle: tuple[str, ...] = ()) -> Fit:
    """Return a fit of `model` in which every term but `idle` matters."""
    evidence = tuple(
        TermEvidence(t.name, 0.0 if t.name in idle else 0.05, -0.01 if t.name in idle else 0.03,
                     0.01 if t.name in idle else 0.07, t.name not in idle)
        for t in (*model.terms, *model.texts)
    )  # fmt: skip
    if model.task.kind == "regression":
        metrics = {"r2": Estimate(0.81, 0.78, 0.84), "mae": Estimate(31.4, 29.2, 33.9)}
    else:
        metrics = {"auc": Estimate(0.912, 0.893, 0.931), "accuracy": Estimate(0.861, 0.842, 0.879)}
    worse = {
        name: Estimate(e.value * 0.8, e.low * 0.8, e.high * 0.8) for name, e in metrics.items()
    }
    summary = FitSummary(
        task=model.task,
        options=FitOptions(model.task.target),
        rows={"train": 1280, "validation": 320, "test": 400},
        left_out=(LeftOut("row_id", "it names the rows"),),
        bags=model.bags,
        bags_asked=model.bags,
        seconds=Seconds(1.0, 8.0),
        test=Scores("additive", metrics, "bootstrap over rows, 1,000 resamples"),
        baselines=(Scores("linear", worse, "bootstrap"), Scores("boosted", metrics, "bootstrap")),
        evidence=evidence,
    )
    return Fit(model, summary)


def make_source() -> Source:
    return Source(
        Path("people.csv"), "csv", "utf-8", ",", '"', 1, ".", "", 120_000, "0" * 64
    )  # fmt: skip


def make_profile() -> Profile:
    """Return the profile of a table of 2,000 rows with a gap, a cap, a code and a close pair."""
    quantiles = {"0.01": 18.0, "0.05": 20.0, "0.25": 28.0, "0.5": 37.0, "0.75": 48.0,
                 "0.95": 64.0, "0.99": 74.0}  # fmt: skip
    age = ColumnProfile("age", "number", 2000, 0, 70, 0, 17.0, 90.0, 38.6, 13.6, quantiles)
    gain = ColumnProfile(
        "gain", "number", 2000, 0, 120, 0, 0.0, 99999.0, 1078.0, 7385.0,
        {**dict.fromkeys(quantiles, 0.0), "0.99": 99999.0}, zeros=1834,
    )  # fmt: skip
    work = ColumnProfile(
        "work", "category", 2000, 100, 3, 0,
        top=(TopValue("Private", 1400), TopValue("State", 388), TopValue("?", 112)),
    )  # fmt: skip
    income = ColumnProfile(
        "Income", "category", 2000, 0, 2, 0, top=(TopValue("<=50K", 1518), TopValue(">50K", 482))
    )
    links = (Association("age", "gain", "spearman", -0.83),
             Association("age", "work", "correlation ratio", 0.12))  # fmt: skip
    return Profile(2000, (age, gain, work, income), (), links, duplicate_rows=24)
