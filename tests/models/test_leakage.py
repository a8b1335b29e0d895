"""Columns that say the target in other words."""

from __future__ import annotations

import numpy as np

from pellucid.models.additive import Axis
from pellucid.models.inputs import Input
from pellucid.models.leakage import find_leaks
from pellucid.models.types import Task


def inputs(*names: str) -> tuple[Input, ...]:
    axes = [Axis(name, name, edges=np.linspace(0.1, 0.9, 9)) for name in names]
    return tuple(Input(axis, axis, axis) for axis in axes)


def cells(*columns: np.ndarray) -> np.ndarray:
    return np.asarray([np.digitize(c, np.linspace(0.1, 0.9, 9)) + 1 for c in columns], np.uint16)


def test_a_number_in_other_words_is_named() -> None:
    random = np.random.default_rng(0)
    x, y = random.random(1000), random.random(1000)
    (alert,) = find_leaks(Task("t", "regression"), inputs("x", "y"), cells(x, y), x * 1000, 0)
    assert (alert.kind, alert.columns) == ("leakage", ("x",))
    assert "x alone explains" in alert.message


def test_a_class_in_other_words_is_named_and_a_good_column_is_not() -> None:
    random = np.random.default_rng(0)
    x = random.random(1000)
    task = Task("t", "binary", ("a", "b"), "b")
    truth = (x > 0.5).astype(np.int64)
    (alert,) = find_leaks(task, inputs("x"), cells(x), truth, 0)
    assert "avoids" in alert.message
    blurred = np.clip(x + random.normal(0, 0.15, 1000), 0, 1)
    assert not find_leaks(task, inputs("x"), cells(blurred), truth, 0)


def test_a_few_rows_say_nothing() -> None:
    x = np.arange(20) / 20
    assert not find_leaks(Task("t", "regression"), inputs("x"), cells(x), x, 0)
