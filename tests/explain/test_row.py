"""One prediction is explained exactly."""

from typing import get_args

import numpy as np
import pytest

from pellucid.explain.row import SCALE_NOTES, explain_row
from pellucid.models.additive import AdditiveModel, Axis, Link, Term
from toy_models import curve_term, level_term, make_model, pair_term

AGE = curve_term("age", lambda x: x / 50, missing=(0.7, 40.0))
WORK = level_term("work", {"Private": 1.0, "State": -1.0}, {"Private": 500, "State": 500})
PAIR = pair_term("left", "right")
COLUMNS = {
    "age": np.array([51.5, np.nan]),
    "work": np.array(["State", "Astronaut"], dtype=object),
    "left": np.array([0.2, 0.9]),
    "right": np.array([0.1, 0.1]),
}


@pytest.fixture
def model() -> AdditiveModel:
    return make_model((AGE, WORK, PAIR))


@pytest.mark.parametrize("row", [0, 1])
def test_intercept_and_scores_sum_to_the_total(model: AdditiveModel, row: int) -> None:
    local = explain_row(model, COLUMNS, row)
    summed = local.intercept[0] + sum(item.score[0] for item in local.contributions)
    assert summed == pytest.approx(local.total[0], abs=1e-9)
    assert local.total[0] == pytest.approx(model.margin(COLUMNS)[row, 0], abs=1e-9)


def test_the_path_walks_from_the_average_to_the_prediction(model: AdditiveModel) -> None:
    local = explain_row(model, COLUMNS)
    assert local.probabilities is not None
    assert local.base_probability == pytest.approx(1 / (1 + np.exp(1.0)))
    assert local.probability_path[-1] == pytest.approx(local.probabilities[">50K"])
    assert len(local.probability_path) == len(local.contributions)
    assert sum(local.probabilities.values()) == pytest.approx(1)


def test_contributions_come_by_falling_size_with_values_as_text(model: AdditiveModel) -> None:
    local = explain_row(model, COLUMNS, number=7, actual=">50K")
    sizes = [abs(item.score[0]) for item in local.contributions]
    assert sizes == sorted(sizes, reverse=True)
    values = {item.term: item.value for item in local.contributions}
    assert values == {"age": "51.5", "work": "State", "left × right": "left 0.2, right 0.1"}
    assert (local.row, local.actual, local.label) == (7, ">50K", "<=50K")


def test_missing_and_unseen_cells_say_so(model: AdditiveModel) -> None:
    found = {item.term: item for item in explain_row(model, COLUMNS, 1).contributions}
    assert (found["age"].is_missing, found["age"].value, found["age"].cell) == (
        True, "missing", "missing",
    )  # fmt: skip
    assert (found["work"].is_unseen, found["work"].value) == (True, "Astronaut")


def test_a_level_named_missing_is_told_apart() -> None:
    axis = Axis("work", "work", levels=("missing",))
    scores = np.array([0.0, 0.5, 0.0])[:, None]
    term = Term("work", "levels", (axis,), scores, np.stack([scores] * 8), np.ones(3))
    columns = {"work": np.array(["missing", None], dtype=object)}
    told = [explain_row(make_model((term,)), columns, row).contributions[0] for row in (0, 1)]
    assert [(one.value, one.is_missing) for one in told] == [
        ("“missing”", False), ("missing", True),
    ]  # fmt: skip


def test_a_value_that_may_have_been_too_rare_for_a_cell_is_not_called_unseen() -> None:
    axis = Axis("work", "work", levels=("State",), others=2)
    scores = np.array([0.0, 0.5, -0.5])[:, None]
    term = Term("work", "levels", (axis,), scores, np.stack([scores] * 8), np.ones(3))
    local = explain_row(make_model((term,)), COLUMNS)
    (item,) = local.contributions
    rare = explain_row(make_model((term,)), {"work": np.array(["Astronaut"], dtype=object)})
    assert (item.is_unseen, rare.contributions[0].is_unseen) == (False, False)
    assert rare.contributions[0].cell == "other values"


def test_the_first_class_can_be_the_positive_one() -> None:
    base = make_model((AGE,))
    task = base.task.__class__("Income", "binary", ("<=50K", ">50K"), "<=50K", base.task.features)
    model = AdditiveModel(task, base.link, base.intercept, base.bag_intercepts, base.terms)
    local = explain_row(model, COLUMNS)
    assert local.probabilities is not None
    assert local.probability_path[-1] == pytest.approx(local.probabilities["<=50K"])


def test_many_classes_are_explained_for_the_predicted_one_or_the_one_asked_for() -> None:
    scores = np.array([[0, 0, 0], [2.0, -1.0, -1.0], [-1.0, 2.0, -1.0], [0, 0, 0]])
    axis = Axis("island", "island", levels=("Biscoe", "Dream"))
    term = Term("island", "levels", (axis,), scores, np.stack([scores] * 8),
                np.array([0, 50.0, 50.0, 0]))  # fmt: skip
    model = make_model((term,), "multiclass", (0.0, 0.0, 0.0))
    columns = {"island": np.array(["Dream"], dtype=object)}
    local = explain_row(model, columns)
    assert (local.label, local.output) == ("Chinstrap", 1)
    other = explain_row(model, columns, output=2)
    assert other.probabilities is not None
    assert other.probability_path[-1] == pytest.approx(other.probabilities["Gentoo"])


def test_a_number_is_predicted_as_a_number() -> None:
    local = explain_row(make_model((AGE,), "regression", (200.0,)), COLUMNS)
    assert local.value == pytest.approx(local.total[0])
    assert local.probabilities is None
    assert local.probability_path == ()


def test_dates_read_as_dates() -> None:
    axes = [Axis("day", "day", "elapsed", edges=np.array([100.0])),
            Axis("day (hour)", "day", "hour", edges=np.array([12.0])),
            Axis("day (month)", "day", "month", levels=("January", "March"))]  # fmt: skip
    terms = tuple(
        Term(axis.name, "bins", (axis,), np.zeros((4, 1)), np.zeros((8, 4, 1)), np.ones(4))
        for axis in axes
    )
    columns = {"day": np.array([np.datetime64("2024-03-09T18:30", "s").astype(float)])}
    values = {c.term: c.value for c in explain_row(make_model(terms), columns).contributions}
    assert values == {"day": "2024-03-09 18:30", "day (hour)": "18:30", "day (month)": "March"}


def test_every_link_explains_why_scores_add() -> None:
    assert set(SCALE_NOTES) == set(get_args(Link))
