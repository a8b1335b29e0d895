"""Columns that say the target in other words."""

from __future__ import annotations

import numpy as np

from pellucid.models.additive import Axis
from pellucid.models.inputs import Input
from pellucid.models.leakage import find_leaks, find_text_leaks
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


FINE = {"a": ("manner", "reason"), "b": ("animal", "food"), "c": ("city", "state")}


def labelled(rows: int = 600) -> tuple[list[str], np.ndarray, Task]:
    """Return texts that begin with a fine label, their classes, and the task."""
    random = np.random.default_rng(0)
    codes = random.integers(0, 3, rows)
    words = np.array(["who", "what", "where", "made", "is", "the", "old"])
    texts = [
        f"{random.choice(FINE['abc'[code]])} {' '.join(random.choice(words, 6))}?" for code in codes
    ]
    return texts, codes, Task("kind", "multiclass", ("a", "b", "c"), "a")


def test_a_label_left_at_the_start_of_texts_is_named() -> None:
    texts, codes, task = labelled()
    (alert,) = find_text_leaks(task, {"question": texts}, codes, 0)
    assert (alert.kind, alert.columns) == ("leakage", ("question",))
    assert alert.message.startswith("The first word of question alone avoids 100% of the errors")


def test_a_label_left_at_the_end_of_texts_is_named() -> None:
    texts, codes, task = labelled()
    ends = [" ".join(reversed(text.split())) for text in texts]
    (alert,) = find_text_leaks(task, {"question": ends}, codes, 0)
    assert alert.message.startswith("The last word")


def test_one_of_several_labels_is_enough() -> None:
    texts, codes, _ = labelled()
    truth = np.stack([codes == 0, np.random.default_rng(1).random(len(codes)) > 0.5], axis=1)
    task = Task("labels", "multilabel", ("no", "yes"), "yes")
    assert find_text_leaks(task, {"question": texts}, truth.astype(np.int64), 0)


def test_words_that_only_lean_one_way_are_no_leak() -> None:
    texts, codes, task = labelled()
    shifted = np.where(np.random.default_rng(2).random(len(codes)) < 0.15, (codes + 1) % 3, codes)
    assert not find_text_leaks(task, {"question": texts}, shifted, 0)
    assert not find_text_leaks(task, {"question": texts[:40]}, codes[:40], 0)
    assert not find_text_leaks(task, {"question": [None] * len(codes)}, codes, 0)
