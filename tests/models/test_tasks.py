"""Which targets can be predicted, and what bad ones are told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.models.tasks import is_known, labels_of, make_task, target_of
from pellucid.models.types import FitOptions, Task

ROWS = 60
EVEN = [f"{i % 7}.5" for i in range(ROWS)]


def columns(target: list[object], **others: list[object]) -> dict[str, list[object]]:
    return {"size": [i * 1.5 for i in range(len(target))], **others, "target": target}


def task_of(table_of: Any, target: list[object], **options: Any) -> Task:
    return make_task(table_of(columns(target)), FitOptions("target", **options))[0]


def error_of(table_of: Any, target: list[object], **options: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        make_task(table_of(columns(target)), FitOptions("target", **options))
    return caught.value


def test_two_labels_are_two_classes_the_second_positive(table_of: Any) -> None:
    task = task_of(table_of, ["yes", "no"] * 30)
    assert (task.kind, task.classes, task.positive) == ("binary", ("no", "yes"), "yes")
    assert task.features == (("size", "number"),)


def test_the_positive_class_can_be_chosen(table_of: Any) -> None:
    assert task_of(table_of, ["yes", "no"] * 30, positive="no").positive == "no"
    error = error_of(table_of, ["yes", "no"] * 30, positive="Yes ")
    assert error.hint == "Did you mean yes?"
    assert "no positive class" in error_of(table_of, ["a", "b", "c"] * 20, positive="a").message


def test_numbers_are_predicted_as_numbers(table_of: Any) -> None:
    assert task_of(table_of, [i / 3 for i in range(ROWS)]).kind == "regression"


def test_a_number_with_two_values_is_two_classes(table_of: Any) -> None:
    task = task_of(table_of, [1, 2.5] * 30)
    assert (task.kind, task.classes) == ("binary", ("1", "2.5"))
    assert task_of(table_of, [1, 2.5] * 30, task="regression").kind == "regression"


def test_few_whole_numbers_stay_numbers_with_a_warning(table_of: Any) -> None:
    table = table_of(columns([1, 2, 3, 4, 5, 2] * 10))
    task, _, warnings = make_task(table, FitOptions("target"))
    assert task.kind == "regression"
    assert [warning.kind for warning in warnings] == ["few numbers"]
    assert "1, 2, 3, 4 and 5" in warnings[0].message
    as_classes, _, quiet = make_task(table, FitOptions("target", task="classification"))
    assert as_classes.classes == ("1", "2", "3", "4", "5")
    assert not quiet


def test_an_unknown_name_gets_the_nearest(table_of: Any) -> None:
    table = table_of(columns(["a", "b"] * 30))
    with pytest.raises(UserError, match="no column called 'Tarjet'") as caught:
        make_task(table, FitOptions("Tarjet"))
    assert caught.value.hint == "Did you mean target?"
    with pytest.raises(UserError) as caught:
        make_task(table, FitOptions("zzz"))
    assert caught.value.hint == "The columns are size and target."
    with pytest.raises(UserError, match="'nothing'"):
        make_task(table, FitOptions("target", drop=("nothing",)))


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (["same"] * ROWS, "the same value in every row"),
        ([f"id-{i:05}" for i in range(ROWS)], "identifies rows"),
        ([f"the {i}th of many long remarks about things" for i in range(ROWS)], ""),
        ([f"2020-01-{1 + i % 28:02}" for i in range(ROWS)], "dates"),
        (["a", "b"] * 5, "30 are needed"),
        (["a"], ""),
        ([None] * 55 + ["a", "b"] * 5, "10 of 65 rows"),
        (["a"] * 59 + ["b"], "one class with 5 or more rows"),
    ],
)
def test_a_bad_target_is_refused_with_a_way_out(
    table_of: Any, target: list[object], words: str
) -> None:
    error = error_of(table_of, target)
    assert words in error.message
    assert error.hint.endswith(".")


def test_thousands_of_classes_are_refused(table_of: Any) -> None:
    error = error_of(table_of, [f"class {i % 600}" for i in range(6000)])
    assert "600 classes" in error.message
    error = error_of(table_of, [i % 600 for i in range(6000)], task="classification")
    assert (error.hint, "600 classes" in error.message) == ("Ask for regression.", True)


def test_words_cannot_be_regressed(table_of: Any) -> None:
    assert "not a number" in error_of(table_of, ["a", "b"] * 30, task="regression").message


def test_rows_without_a_target_are_left_out_and_said(table_of: Any) -> None:
    values = ["a", "b", *[None] * 18] * 20
    table = table_of(columns(values))
    task, _, (warning,) = make_task(table, FitOptions("target"))
    assert warning.message.startswith("most of the target is missing: 360 rows (90%)")
    assert is_known(target_of(task, table.values("target"))).sum() == 40


def test_a_class_with_a_row_or_two_is_left_out_and_said(table_of: Any) -> None:
    table = table_of(columns([*["a", "b"] * 30, "c"]))
    task, _, (warning,) = make_task(table, FitOptions("target"))
    assert task.classes == ("a", "b")
    assert "The class c of target took no part" in warning.message
    assert target_of(task, table.values("target"))[-1] == -1


def test_what_takes_no_part_is_said(table_of: Any) -> None:
    remarks = [f"a long remark, number {i}, about one thing or another" for i in range(ROWS)]
    table = table_of(
        columns(
            ["yes", "no"] * 30,
            key=[f"k{i:05}" for i in range(ROWS)],
            unit=["kg"] * ROWS,
            remark=remarks,
            weight=[i % 7 + 0.5 for i in range(ROWS)],
        )
    )
    task, left_out, warnings = make_task(table, FitOptions("target", drop=("weight",)))
    assert task.features == (("size", "number"), ("remark", "text"))
    assert {entry.column for entry in left_out} == {"key", "unit", "weight"}
    assert warnings == ()


def test_columns_are_read_as_texts_where_that_is_asked_for(table_of: Any) -> None:
    town = ["Ulm", "Bonn", "Jena"] * 20
    table = table_of(columns(["yes", "no"] * 30, town=town))
    task, _, _ = make_task(table, FitOptions("target", texts=("town",)))
    assert dict(task.features)["town"] == "text"
    with pytest.raises(UserError, match="target, so it cannot be read as text"):
        make_task(table, FitOptions("target", texts=("target",)))
    with pytest.raises(UserError, match="no column called 'twon'"):
        make_task(table, FitOptions("target", texts=("twon",)))


def test_a_table_without_features_is_refused(table_of: Any) -> None:
    table = table_of({"target": ["yes", "no"] * 30, "unit": ["kg"] * ROWS})
    with pytest.raises(UserError, match="No column is left") as caught:
        make_task(table, FitOptions("target"))
    assert caught.value.hint == "unit has the same value in every row."


def test_targets_become_numbers() -> None:
    task = Task("t", "binary", ("0", "1"), "1")
    assert target_of(task, np.array([1.0, 0.0, np.nan, 7.0])).tolist() == [1, 0, -1, -1]
    assert labels_of(np.array([1.0, 2.5, np.nan])) == ["1", "2.5", None]
    numbers = target_of(Task("t", "regression"), np.array([1.0, np.inf]))
    assert is_known(numbers).tolist() == [True, False]
