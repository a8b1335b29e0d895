"""The readable model: cells, sums and links."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.models.additive import AdditiveModel, Axis, Term, date_part, inverse_link
from pellucid.models.types import Task


def test_a_number_falls_into_the_bin_whose_edge_it_reaches() -> None:
    axis = Axis("x", "x", edges=np.array([1.0, 2.0]))
    values = np.array([np.nan, -np.inf, 0.9, 1.0, 1.9, 2.0, np.inf])
    assert axis.cells({"x": values}).tolist() == [0, 1, 1, 2, 2, 3, 3]
    assert (axis.size, axis.unseen_cell) == (5, 4)


def test_a_level_has_its_cell_and_others_the_last() -> None:
    axis = Axis("c", "c", levels=("a", "b"))
    values = np.array(["b", None, "z", "a"], dtype=object)
    assert axis.cells({"c": values}).tolist() == [2, 0, 3, 1]


def test_parts_of_dates() -> None:
    seconds = np.array(["2024-02-29T18:30:00", "1969-12-31T00:00:00"], "datetime64[s]")
    dates = np.append(seconds.astype(np.float64), np.nan)
    assert date_part(dates, "month").tolist() == ["February", "December", None]
    assert date_part(dates, "weekday").tolist() == ["Thursday", "Wednesday", None]
    np.testing.assert_allclose(date_part(dates, "hour").astype(float), [18.5, 0.0, np.nan])
    np.testing.assert_allclose(date_part(dates, "elapsed")[1].astype(float), -1.0)


def test_links() -> None:
    margin = np.array([[0.0], [800.0]])
    np.testing.assert_allclose(inverse_link(margin, "logit"), [[0.5, 0.5], [0.0, 1.0]])
    np.testing.assert_allclose(inverse_link(margin, "logit", True), [[0.5, 0.5], [1.0, 0.0]])
    np.testing.assert_allclose(inverse_link(margin, "identity"), [0.0, 800.0])
    np.testing.assert_allclose(inverse_link(margin[:1], "log"), [1.0])
    three = inverse_link(np.array([[0.0, 900.0, 900.0]]), "softmax")
    np.testing.assert_allclose(three, [[0.0, 0.5, 0.5]])


def test_importance_and_variation() -> None:
    scores = np.array([0.0, 1.0, -3.0, 0.0])[:, None]
    axis = Axis("x", "x", edges=np.array([0.0]))
    weights = np.array([0.0, 3.0, 1.0, 0.0])
    term = Term("x", "bins", (axis,), scores, np.stack([scores * 0.5, scores * 1.5]), weights)
    assert term.importance == pytest.approx(1.5)
    np.testing.assert_allclose(term.variation, np.abs(scores) * np.sqrt(0.5))
    alone = Term("x", "bins", (axis,), scores, scores[None], weights * 0)
    assert np.isnan(alone.variation).all()
    assert alone.importance == 0.0


def test_a_model_finds_its_terms_and_columns() -> None:
    axis = Axis("b", "b", edges=np.array([0.0]))
    scores = np.array([0.0, -1.0, 1.0, 0.0])[:, None]
    term = Term("b", "bins", (axis,), scores, scores[None], np.ones(4))
    task = Task("t", "regression", features=(("a", "number"), ("b", "number")))
    model = AdditiveModel(task, "identity", np.array([10.0]), np.array([[10.0]]), (term,))
    assert (model.columns, model.bags, model.outputs) == (("b",), 1, 1)
    assert model.term("b") is term
    with pytest.raises(KeyError):
        model.term("a")
    assert model.margin({"b": np.array([-2.0, 2.0, np.nan])}).tolist() == [[9.0], [11.0], [10.0]]
    assert model.predict({"b": [1, None]}).tolist() == [11.0, 10.0]
