"""A term matters where held-out rows lose by doing without it, beyond chance."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.evidence import term_evidence
from pellucid.models.types import Task

ROWS = 600


def model_of(effects: dict[str, float], bags: int = 2) -> AdditiveModel:
    """Return a regression on columns of -1 and 1, each worth its effect in every bag."""
    terms = []
    for name, effect in effects.items():
        scores = np.array([0.0, -effect, effect, 0.0])[:, None]
        weights = np.array([0.0, 1.0, 1.0, 0.0])
        axis = Axis(name, name, edges=np.array([0.0]))
        terms.append(Term(name, "bins", (axis,), scores, np.stack([scores] * bags), weights))
    task = Task("y", "regression", features=tuple((name, "number") for name in effects))
    return AdditiveModel(task, "identity", np.zeros(1), np.zeros((bags, 1)), tuple(terms))


def table(*names: str) -> dict[str, np.ndarray]:
    random = np.random.default_rng(5)
    return {name: random.choice([-1.0, 1.0], ROWS) for name in names}


def test_a_true_effect_matters_and_noise_does_not() -> None:
    columns = table("x", "noise")
    truth = 2 * columns["x"] + np.random.default_rng(6).normal(size=ROWS)
    model = model_of({"x": 2.0, "noise": 0.1})
    x, noise = term_evidence(model, columns, truth, np.ones((2, ROWS), bool))
    assert x.matters
    assert x.low < x.rise < x.high
    assert x.rise == pytest.approx(4, rel=0.15), "the mean of squares that x explains"
    assert not noise.matters
    assert noise.low <= 0


def test_chance_alone_hardly_ever_matters() -> None:
    wrong = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        columns = {f"n{i}": random.choice([-1.0, 1.0], 200) for i in range(10)}
        effects = {name: float(random.normal(0, 0.05)) for name in columns}
        may_judge = np.ones((2, 200), bool)
        found = term_evidence(model_of(effects), columns, random.normal(size=200), may_judge)
        wrong += any(entry.matters for entry in found)
    assert wrong <= 4, "at most 5% of tables, by Holm; 4 of 40 leaves room for luck"


def test_only_bags_that_did_not_train_on_a_row_judge_it() -> None:
    columns = table("x")
    model = model_of({"x": 1.0})
    term = model.terms[0]
    bags = np.stack([term.scores, -term.scores])
    model = AdditiveModel(
        model.task, "identity", np.zeros(1), np.zeros((2, 1)),
        (Term("x", "bins", term.axes, bags.mean(axis=0), bags, term.weights),),
    )  # fmt: skip
    right = np.zeros((2, ROWS), bool)
    right[0, :300] = True
    (found,) = term_evidence(model, columns, columns["x"], right)
    assert found.rise == pytest.approx(1.0), "the first bag is right everywhere"
    right[1] = right[0]
    (found,) = term_evidence(model, columns, columns["x"], right)
    assert found.rise == pytest.approx(0.0), "the two together say nothing"


def test_classes_lose_log_loss() -> None:
    columns = table("x")
    term = model_of({"x": 3.0}).terms[0]
    task = Task("y", "binary", ("a", "b"), "b", (("x", "number"),))
    model = AdditiveModel(task, "logit", np.zeros(1), np.zeros((2, 1)), (term,))
    truth = (columns["x"] > 0).astype(np.int64)
    (found,) = term_evidence(model, columns, truth, np.ones((2, ROWS), bool))
    assert found.rise == pytest.approx(np.log(2) - np.log1p(np.exp(-3)), rel=1e-6)
    assert not term_evidence(model, columns, truth, np.zeros((2, ROWS), bool))
