"""Models that read texts, made by hand, and a session that holds one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hand_made import fill

from pellucid.data.types import Column, ColumnProfile, Profile, Rejected
from pellucid.explain.model import explain_model
from pellucid.models.additive import AdditiveModel
from pellucid.models.fit import Fit
from pellucid.models.texts import EncoderNote, TextTerm
from pellucid.models.types import Task
from pellucid.ui.session import Session
from pellucid.ui.states import Opened
from toy_models import BAGS, bags_around, curve_term, make_fit, make_model, make_source

Asked = list[tuple[str, Mapping[str, Any], Callable[[Any], None], Callable[[str, str], None]]]

REVIEW = (
    "I wanted to love this film, and for the first half hour I did: the photography is wonderful "
    "and the lead is a joy to watch. Then the plot falls apart. The dialogue is not good, the "
    "jokes are awful, and by the end I was bored. Not a waste of time, but far from the best work "
    "of a director whose earlier films I still recommend to everybody."
)
SCORES = {
    "wonderful": 3.1, "joy": 2.4, "love": 1.6, "best": 1.5, "good": 1.1, "recommend": 2.2,
    "not good": -3.4, "not": -0.8, "awful": -3.9, "bored": -3.0, "waste": -2.6, "plot": -0.3,
    "not a": 1.9, "waste of": -1.2, "waste of time": -2.1, "falls apart": -2.2, "the best": 0.9,
    "a joy": 0.7, "i": 0.1, "the": -0.05, "to": 0.02, "film": -0.1, "of": 0.04, "and": 0.15,
    "is": 0.03, "a": 0.01, "this": -0.2, "time": 0.1, "far": -0.4, "watch": 0.5, "end": -0.3,
    "half hour": -0.5, "was": -0.35, "this film": -0.25, "jokes": -0.2, "dialogue": -0.15,
    "photography": 0.6, "lead": 0.1, "dull": -3.3, "superb": 3.0, "terrible": -3.6, "perfect": 2.6,
    "worst": -4.1, "poor": -2.4, "excellent": 3.3, "boring": -3.2, "brilliant": 2.9, "weak": -1.8,
    "fails": -2.7, "beautiful": 2.1, "at all": -0.9, "well worth": 2.0, "must see": 2.3,
    "great": 2.5, "mess": -2.3, "lacks": -1.9, "superbly": 1.7, "predictable": -1.6,
}  # fmt: skip


def text_term(
    column: str, scores: dict[str, float], outputs: int = 1, *, filler: int = 400
) -> TextTerm:
    """Return a term whose n-grams have `scores`; with several outputs, each class gets a share."""
    rng = np.random.default_rng([7, outputs])
    ngrams = (*scores, *(f"word{i}" for i in range(filler)))
    first = np.array([*scores.values(), *rng.normal(scale=0.15, size=filler)])
    table = np.zeros((len(ngrams) + 2, outputs))
    table[1:-1, 0] = first
    for output in range(1, outputs):
        table[1:-1, output] = np.roll(first, 7 * output) * 0.6
    if outputs > 1:
        table -= table.mean(axis=1, keepdims=True)
    weights = np.array([3.0, *(4000 / (i + 1) + 5 for i in range(len(ngrams))), 0.0]).round()
    bags = bags_around(table, 0.12)
    return TextTerm(
        name=column,
        column=column,
        ngrams=ngrams,
        orders=3,
        scores=table,
        bag_scores=bags,
        weights=weights,
        offset=np.full(outputs, 0.1 if outputs == 1 else 0.0),
        bag_offsets=np.tile(np.full(outputs, 0.1 if outputs == 1 else 0.0), (BAGS, 1)),
        importance=1.4,
        typical_normaliser=9.0,
        encoder=EncoderNote("all-MiniLM-L6-v2", "0" * 16, is_language_model=True),
    )


def text_model(kind: str = "binary") -> AdditiveModel:
    """Return a model of a review's words and of its length in minutes."""
    outputs = 3 if kind in ("multiclass", "multilabel") else 1
    like = "multiclass" if kind == "multilabel" else kind
    base = make_model((curve_term("minutes", lambda x: np.sin(x / 30) * 0.4, 0, 240),), like,
                      (0.2,) * outputs)  # fmt: skip
    features = (("review", "text"), ("minutes", "number"))
    names = {
        "binary": Task("sentiment", "binary", ("negative", "positive"), "positive", features),
        "multiclass": Task("rating", "multiclass", ("liked", "mixed", "disliked"), "", features),
        "multilabel": Task("marks", "multilabel", ("kind", "long", "odd"), "", features, "; "),
        "regression": Task("stars", "regression", (), "", features),
    }
    terms = base.terms
    if outputs > 1:
        from dataclasses import replace

        terms = tuple(
            replace(t, scores=np.repeat(t.scores, 3, axis=-1) * [0.5, 0.0, -0.5],
                    bag_scores=np.repeat(t.bag_scores, 3, axis=-1) * [0.5, 0.0, -0.5])
            for t in terms
        )  # fmt: skip
    link = "logits" if kind == "multilabel" else base.link
    return AdditiveModel(
        names[kind], link, base.intercept, base.bag_intercepts, terms,
        (text_term("review", SCORES, outputs),),
    )  # fmt: skip


def fill_with_texts(session: Session, kind: str = "binary") -> Fit:
    """Put a table of reviews and a model that reads them into the session."""
    fill(session, fitted=False)
    model = text_model(kind)
    fit = make_fit(model)
    source = make_source()
    session.opened = Opened(
        Path("no-store"), source, 5000,
        (Column("review", "text", 12, 4980), Column("minutes", "number", 0, 180),
         Column(model.task.target, "category", 0, 2)),
        Rejected(),
    )  # fmt: skip
    session.profile = Profile(
        5000,
        (ColumnProfile("review", "text", 5000, 12, 4980, 0), ColumnProfile(
            "minutes", "number", 5000, 0, 180, 0, 1.0, 240.0, 104.0, 21.0)),
        (),
        (),
        duplicate_rows=0,
    )  # fmt: skip
    session.target = model.task.target
    session.options, session.model, session.summary = fit.summary.options, model, fit.summary
    session.bags = session.bags_asked = fit.summary.bags
    session.explanation = explain_model(fit)
    return fit


def keep_asked(monkeypatch: pytest.MonkeyPatch, *wanted: str) -> Asked:
    """Keep what pages ask of the engine instead of asking it; `wanted` alone is returned."""
    found: Asked = []

    def ask(self: Session, name: str, params: Mapping[str, Any], read: Any, done: Any,
            failed: Any, *, stopped: Any = None, is_long: bool = False) -> str:  # fmt: skip
        del self, read, stopped, is_long
        if name in wanted:
            found.append((name, params, done, failed))
        return f"{name} {len(found)}"

    monkeypatch.setattr(Session, "ask", ask)
    return found


def long_review(words: int = 2000) -> str:
    """Return a text of about `words` tokens."""
    pieces = re.findall(r"\S+\s*", REVIEW + " ")
    return "".join(pieces[i % len(pieces)] for i in range(words)).strip()
