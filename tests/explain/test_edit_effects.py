"""What an edit does on held-out rows, before and after."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid.explain.edit_effects import edit_effect
from pellucid.models.metrics import losses
from toy_models import curve_term, make_model


def test_an_edit_is_judged_row_by_row() -> None:
    before = make_model((curve_term("a", lambda x: 0 * x, 0.0, 1.0),))
    after = make_model((curve_term("a", lambda x: 4 * (x - 0.5), 0.0, 1.0),))
    columns = {"a": np.random.default_rng(0).random(300)}
    truth = (columns["a"] > 0.5).astype(np.intp)
    found = edit_effect(before, after, columns, truth, 5)

    assert found is not None
    assert (found.rows, found.before.name, found.after.name) == (300, "before", "after")
    means = [model.mean(model.margin(columns)) for model in (before, after)]
    assert found.moved == int((means[0].argmax(axis=1) != means[1].argmax(axis=1)).sum()) > 50
    change = losses(before.task, means[1], truth) - losses(before.task, means[0], truth)
    assert found.loss.value == pytest.approx(float(change.mean()))
    assert found.loss.low < found.loss.value < found.loss.high < 0
    assert found.is_clear
    assert found.after.metrics["accuracy"].value > found.before.metrics["accuracy"].value


def test_without_rows_or_without_a_change_nothing_is_said() -> None:
    model = make_model((curve_term("a", lambda x: x, 0.0, 1.0),))
    columns = {"a": np.linspace(0, 1, 40)}
    truth = np.arange(40) % 2
    same = edit_effect(model, replace(model), columns, truth, 5)

    assert same is not None
    assert (same.moved, same.loss.value, same.is_clear) == (0, 0.0, False)
    assert edit_effect(model, model, {"a": np.empty(0)}, truth[:0], 5) is None
