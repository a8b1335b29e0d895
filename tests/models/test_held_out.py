"""Another table to test on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.models.held_out import held_out_rows, truth_of
from pellucid.models.types import Task

TASK = Task("t", "binary", ("no", "yes"), "yes", (("a", "number"), ("b", "category")))


def test_columns_it_lacks_are_said_and_missing(table_of: Any) -> None:
    table = table_of({"t": ["yes", "no", "perhaps"] * 5, "a": [1, 2.5, 3] * 5})
    columns, truth, (alert,) = held_out_rows(TASK, table)
    assert truth[:3].tolist() == [1, 0, -1], "a class that the task does not know"
    assert columns["a"][:2].tolist() == [1.0, 2.5]
    assert columns["b"][0] is None
    assert alert.message == "The file to test on has no b, which counts as missing"


def test_a_number_is_read_as_a_number(table_of: Any) -> None:
    table = table_of({"t": [0, 1] * 10, "a": [1.5, 2] * 10})
    assert truth_of(Task("t", "regression"), table).tolist() == [0.0, 1.0] * 10
    labels = Task("t", "binary", ("0", "1"), "1")
    np.testing.assert_array_equal(truth_of(labels, table), [0, 1] * 10)


def test_a_file_without_a_known_target_is_refused(table_of: Any) -> None:
    with pytest.raises(UserError, match="has no column t"):
        truth_of(TASK, table_of({"a": [1, 2, 3]}))
    with pytest.raises(UserError, match="No row") as caught:
        truth_of(TASK, table_of({"t": ["maybe", "never"] * 5, "a": [1, 2] * 5}))
    assert caught.value.hint == "The model predicts no and yes."
