"""One row and its what-if, without a window."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.models.additive import Axis
from pellucid.models.types import Task
from pellucid.ui.pages import explain_answer_view as answers
from pellucid.ui.pages import explain_labels as labels
from pellucid.ui.pages import explain_row_view as view
from toy_models import curve_term, level_term, make_model, pair_term

MODEL = make_model(
    (
        curve_term("age", lambda x: x / 25, is_integer=True),
        level_term("work", {"Private": 0.4, "State": -0.4}, {"Private": 900, "State": 900}),
        curve_term("a", lambda x: x, 0.0, 1.0),
        curve_term("b", lambda x: -x, 0.0, 1.0),
        pair_term("a", "b"),
    )
)
INPUTS = view.inputs_of(MODEL)
ROW = view.RowState(5, {"age": 40.0, "work": "State", "a": 0.9, "b": None}, {}, ">50K")


def explain(state: view.RowState = ROW) -> view.LocalExplanation:
    return view.explain_state(MODEL, INPUTS, state, None)


def test_every_column_gets_the_editor_of_its_kind() -> None:
    assert {name: about.kind for name, about in INPUTS.items()} == {
        "age": "number", "work": "level", "a": "number", "b": "number",
    }  # fmt: skip
    assert (INPUTS["age"].step, INPUTS["age"].decimals) == (1.0, 0)
    assert INPUTS["a"].step == pytest.approx(0.01)
    assert INPUTS["work"].levels == ("Private", "State")
    assert view.Input("x", "number").step == 1.0


def test_steps_lead_from_the_average_to_the_prediction() -> None:
    local = explain()
    steps = view.steps(local, view.term_order(local), MODEL, {})
    assert (steps[0].label, steps[-1].label) == ("Average row", "Prediction")
    assert steps[0].end == local.intercept[0]
    assert steps[-1].end == pytest.approx(local.total[0])
    for before, after in itertools.pairwise(steps):
        assert after.start == pytest.approx(before.end)
    sizes = [abs(step.change) for step in steps[1:-1]]
    assert sizes == sorted(sizes, reverse=True)


def test_small_terms_are_drawn_as_one_beyond_the_most() -> None:
    local = explain()
    steps = view.steps(local, view.term_order(local), MODEL, {}, most=2)
    assert [step.label for step in steps][-2:] == ["3 smaller terms", "Prediction"]
    assert steps[-1].end == pytest.approx(local.total[0])
    low, high = view.step_range(steps)
    assert low < min(step.end for step in steps) <= max(step.end for step in steps) < high


def test_a_column_is_edited_in_one_row_and_a_pair_in_none() -> None:
    local = explain()
    steps = view.steps(local, view.term_order(local), MODEL, {}, most=None)
    columns = {step.label: step.column for step in steps if not step.is_end}
    assert columns == {"age": "age", "work": "work", "a": "a", "b": "b", "a × b": None}
    assert {step.label: step.value for step in steps}["a × b"] == "0.9, missing"


def test_an_edit_changes_the_prediction_and_can_be_put_back() -> None:
    before = explain().total[0]
    edited = ROW.edited("age", 90.0)
    after = explain(edited)
    assert after.total[0] > before
    steps = view.steps(after, view.term_order(after), MODEL, edited.edits)
    assert [step.label for step in steps if step.is_edited] == ["age"]
    assert edited.edited("age", 40.0).edits == {}
    assert edited.reset("age") == edited.reset() == ROW
    assert ROW.edited("b", 0.5).values["b"] == 0.5


def test_an_edited_pair_s_column_marks_the_pair_too() -> None:
    edited = ROW.edited("a", 0.1)
    local = explain(edited)
    steps = view.steps(local, view.term_order(local), MODEL, edited.edits, most=None)
    assert {step.label for step in steps if step.is_edited} == {"a", "a × b"}


def test_the_answer_is_the_probability_beside_what_the_row_says() -> None:
    local = explain()
    said = answers.answer(local, MODEL.task)
    assert said.figure.endswith("%")
    assert said.about == "Probability of Income >50K"
    assert said.actual == "The row says >50K"
    assert said.is_right is (local.label == ">50K")
    assert "alone leads to" in answers.path_line(local, MODEL.task)
    assert "probabilities do not" in answers.short_note(MODEL)
    assert answers.axis_name(MODEL, local) == "Log-odds of Income >50K"


def test_a_class_that_is_a_number_is_set_apart_from_its_target() -> None:
    task = replace(MODEL.task, target="column 2", classes=("0", "1"), positive="1")
    said = labels.probability_of(task, "1")
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Probability of column 2 = 1"


def test_a_number_is_predicted_in_its_own_units() -> None:
    model = make_model((curve_term("size", lambda x: 10 * x),), "regression", (500.0,))
    inputs = view.inputs_of(model)
    state = view.RowState(1, {"size": 80.0}, {}, view.actual_text(model.task, None, "1234.50 "))
    local = view.explain_state(model, inputs, state, None)
    said = answers.answer(local, model.task)
    assert said.about == "Predicted price"
    assert said.actual == "The row says 1,234.50"
    assert said.is_right is None
    assert answers.path_line(local, model.task) == ""
    assert answers.axis_name(model, local) == "Predicted price"


def test_what_the_target_says_is_named_as_the_model_names_it() -> None:
    task = Task("paid", "binary", ("no", "yes"), "yes")
    typed = {"paid": np.array(["yes"], dtype=object)}
    assert view.actual_text(task, typed, " yes ") == "yes"
    assert view.actual_text(task, {"paid": np.array([None], dtype=object)}, None) is None
    numeric = Task("seen", "binary", ("0", "1"), "1")
    assert view.actual_text(numeric, {"seen": np.array([1.0])}, "1.0") == "1"
    assert view.actual_text(Task("x", "regression"), None, "no number") == "no number"


def test_a_column_s_value_survives_the_way_to_the_model_and_back() -> None:
    columns = view.columns_from(ROW.values, INPUTS)
    assert view.values_of(columns, list(INPUTS)) == dict(ROW.values)


def test_dates_are_read_and_written() -> None:
    noon = datetime(2024, 5, 31, 12, 30, tzinfo=UTC).timestamp()
    assert view.parse_date("2024-05-31 12:30") == noon
    assert view.value_text(noon, "date") == "2024-05-31 12:30:00"
    midnight = view.parse_date("2024-05-31")
    assert view.value_text(midnight, "date") == "2024-05-31"
    assert view.parse_date(" ") is None
    assert view.parse_date("missing") is None
    with pytest.raises(UserError, match="is not a date"):
        view.parse_date("yesterday")


def test_a_date_column_is_edited_once_for_all_its_parts() -> None:
    term = curve_term("sold", lambda x: x, 19_000.0, 20_000.0)
    elapsed = replace(term, name="sold (elapsed)", axes=(replace(term.axes[0], part="elapsed"),))
    month = level_term("sold (month)", {"May": 0.2, "June": -0.2}, {"May": 90, "June": 90})
    axis = Axis("sold (month)", "sold", "month", levels=month.axes[0].levels)
    model = make_model((elapsed, replace(month, axes=(axis,))))
    task = replace(model.task, features=(("sold", "datetime"),))
    model = replace(model, task=task)
    inputs = view.inputs_of(model)
    assert inputs["sold"].kind == "date"
    state = view.RowState(1, {"sold": 19_500 * 86_400.0}, {})
    local = view.explain_state(model, inputs, state, None)
    steps = view.steps(local, view.term_order(local), model, {})
    assert sorted(str(step.column) for step in steps if not step.is_end) == ["None", "sold"]
