"""Where a model does badly, and whether it is right on average."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from pellucid.explain.calibration import calibrate
from pellucid.explain.cuts import cut_columns
from pellucid.explain.slices import find_slices, row_errors
from pellucid.facts.judging import calibration_facts, slice_facts
from pellucid.facts.slots import slots_of
from pellucid.models.types import Task

INCOME = Task("Income", "binary", ("<=50K", ">50K"), ">50K")
PRICE = Task("price", "regression")
ROWS = 6_000
VALIDATION = np.arange(ROWS) < ROWS // 2


def errors_with_a_bad_place(
    random: np.random.Generator,
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    work = random.choice(np.array(["Private", "State", "None"], dtype=object), ROWS)
    age = random.integers(18, 90, ROWS).astype(float)
    wrong = random.random(ROWS) < np.where(work == "State", 0.4, 0.1)
    return {"work": work, "age": age}, wrong.astype(float)


def test_a_group_with_many_errors_is_found_on_validation_and_told_on_test_rows() -> None:
    columns, errors = errors_with_a_bad_place(np.random.default_rng(0))
    cuts = cut_columns(columns, [("work", "category"), ("age", "number")], missing=True)
    (found,), tried = find_slices(INCOME, cuts, errors, VALIDATION, ~VALIDATION)
    assert found.parts == (("work", "levels", "State", ""),)
    inside = (columns["work"] == "State") & ~VALIDATION
    assert found.error == pytest.approx(errors[inside].mean())
    assert found.rows == inside.sum()
    assert (tried, found.tried) == (found.tried, tried)
    (fact,) = slice_facts(INCOME, [found])
    assert fact.text.startswith("Where work is State, the model is wrong for ")
    assert "found among" in fact.text
    assert slots_of(fact)["where"] == "work is “State”"


def test_a_group_that_is_bad_on_validation_rows_alone_is_not_told() -> None:
    columns, errors = errors_with_a_bad_place(np.random.default_rng(1))
    errors = np.where(
        VALIDATION, errors, 0.1 * np.ones(ROWS) > np.random.default_rng(2).random(ROWS)
    )
    cuts = cut_columns(columns, [("work", "category"), ("age", "number")])
    assert find_slices(INCOME, cuts, errors, VALIDATION, ~VALIDATION)[0] == ()


def test_errors_that_are_even_give_no_slice() -> None:
    random = np.random.default_rng(3)
    columns, _ = errors_with_a_bad_place(random)
    errors = (random.random(ROWS) < 0.2).astype(float)
    cuts = cut_columns(columns, [("work", "category"), ("age", "number")])
    assert find_slices(INCOME, cuts, errors, VALIDATION, ~VALIDATION)[0] == ()


def test_two_columns_together_can_be_a_slice_of_numbers() -> None:
    random = np.random.default_rng(4)
    columns, _ = errors_with_a_bad_place(random)
    bad = (columns["work"] == "State") & (columns["age"] >= 72)
    errors = np.abs(random.normal(scale=np.where(bad, 30.0, 5.0)))
    cuts = cut_columns(columns, [("work", "category"), ("age", "number")])
    found, _ = find_slices(PRICE, cuts, errors, VALIDATION, ~VALIDATION)
    assert {part[0] for part in found[0].parts} == {"work", "age"}
    (first, *_) = slice_facts(PRICE, found)
    assert " and " in first.text.split(",")[0]
    assert "is off by" in first.text


def test_missing_cells_are_a_group() -> None:
    values = np.array(
        [None if i % 3 == 0 else "a" if i % 2 else "b" for i in range(300)], dtype=object
    )
    (cut,) = cut_columns({"x": values}, [("x", "category")], missing=True)
    assert cut.labels[-1] == "missing"
    assert (cut.codes == 2).sum() == 100


def test_errors_are_wrong_labels_or_distances() -> None:
    mean = np.array([[0.2, 0.8], [0.6, 0.4]])
    assert row_errors(INCOME, mean, np.array([1, 1])).tolist() == [0.0, 1.0]
    assert row_errors(PRICE, np.array([1.0, 5.0]), np.array([2.0, 5.0])).tolist() == [1.0, 0.0]
    labels = Task("Tags", "multilabel", ("a", "b"), separator=",")
    truth = np.array([[0, 1], [1, 1]], dtype=np.int8)
    assert row_errors(labels, mean, truth).tolist() == [0.0, 1.0]


def chances(random: np.random.Generator) -> np.ndarray:
    p = random.uniform(0.05, 0.95, ROWS)
    return np.column_stack([1 - p, p])


def test_probabilities_that_come_true_are_right_on_average() -> None:
    random = np.random.default_rng(5)
    mean = chances(random)
    truth = (random.random(ROWS) < mean[:, 1]).astype(np.int64)
    found = calibrate(INCOME, mean, truth)
    assert found is not None
    whole, bins = calibration_facts(INCOME, found)
    assert whole.text.endswith(
        "its probabilities are right on average, as far as 6,000 rows can tell."
    )
    assert "show none that is off beyond chance" in bins.text
    assert slots_of(whole)["verdict"] == "are right on average"


def test_probabilities_that_promise_too_much_are_said_to() -> None:
    random = np.random.default_rng(6)
    mean = chances(random)
    truth = (random.random(ROWS) < 0.6 * mean[:, 1]).astype(np.int64)
    found = calibrate(INCOME, mean, truth)
    assert found is not None
    whole, bins = calibration_facts(INCOME, found)
    assert whole.text.endswith("its probabilities are too high on average.")
    assert "off beyond chance" in bins.text
    assert whole.interest > 0.5


def test_classes_are_judged_by_the_answer_and_numbers_by_their_mean() -> None:
    random = np.random.default_rng(7)
    species = Task("species", "multiclass", ("a", "b", "c"))
    mean = np.tile([0.8, 0.1, 0.1], (500, 1))
    truth = np.where(random.random(500) < 0.8, 0, 1)
    found = calibrate(species, mean, truth)
    assert found is not None
    (whole, *_) = calibration_facts(species, found)
    assert "gives its own answer a probability of 80% on average" in whole.text
    price = random.normal(100, 10, 500)
    numbers = calibrate(PRICE, price + random.normal(0, 1, 500) + 20, price)
    assert numbers is not None
    assert next(iter(calibration_facts(PRICE, numbers))).text.endswith("are too high on average.")


def test_numbers_are_judged_by_their_errors_however_much_they_vary() -> None:
    random = np.random.default_rng(9)
    price = random.normal(4_000, 1_000, 400)
    error = random.normal(0, 10, 400)
    found = calibrate(PRICE, price + error - error.mean() + 5, price)
    assert found is not None
    whole, bins = calibration_facts(PRICE, found)
    assert whole.text.endswith(": its predictions are too high on average.")
    assert found.high - found.low < 3
    assert slots_of(whole)["interval"] in whole.text
    assert float(bins.value or 0) > 0
    level = calibrate(PRICE, price + error - error.mean(), price)
    assert level is not None
    assert not [one for one in level.bins if one.is_off]


def test_few_rows_and_labels_are_not_judged() -> None:
    assert calibrate(PRICE, np.zeros(10), np.zeros(10)) is None
    labels = dataclasses.replace(INCOME, kind="multilabel")
    assert calibrate(labels, np.zeros((100, 2)), np.zeros((100, 2))) is None


def test_bins_are_named_by_what_they_are_cut_by() -> None:
    random = np.random.default_rng(8)
    mean = chances(random)
    found = calibrate(INCOME, mean, (random.random(ROWS) < mean[:, 1]).astype(np.int64))
    assert found is not None
    slots = slots_of(list(calibration_facts(INCOME, found))[1])
    assert slots["subject"] == "the model's probabilities"
    assert slots["count"].endswith(" of 10 bins")
