"""One prediction in a few sentences."""

import numpy as np

from pellucid.explain.model import explain_model
from pellucid.explain.row import SCALE_NOTES, explain_row
from pellucid.writing.builtin import describe_row
from toy_models import curve_term, level_term, make_fit, make_model

AGE = curve_term("age", lambda x: x / 50)
WORK = level_term("work", {"Private": 1.0, "State": -1.0}, {"Private": 500, "State": 500})


def told(kind: str, age: float, work: str, **options: object) -> str:
    model = make_model((AGE, WORK), kind, (-1.0,))
    columns = {"age": np.array([age]), "work": np.array([work], dtype=object)}
    local = explain_row(model, columns, number=12, actual=options.get("actual"))  # type: ignore[arg-type]
    return describe_row(local, explain_model(make_fit(model)))


def test_a_class_is_told_with_its_probability_and_start() -> None:
    text = told("binary", 99.0, "Private", actual=">50K")
    assert text.startswith("Row 12: the model gives Income >50K a probability of ")
    assert "starting from 26.9% for an average row" in text
    assert "It is raised most by work Private" in text
    assert "The table says >50K, as predicted." in text
    assert text.endswith(SCALE_NOTES["logit"])


def test_what_lowers_a_prediction_is_told_apart() -> None:
    text = told("binary", 99.0, "State", actual=">50K")
    assert "It is lowered most by work State (odds × 0.368)." in text
    assert "The table says >50K, not what was predicted." in text


def test_a_number_is_told_in_its_units() -> None:
    text = told("regression", 1.0, "State")
    assert "the model predicts −2.98 for price, starting from −1 for an average row." in text
    assert "work State (−1)" in text


def test_a_value_never_seen_is_named() -> None:
    assert "work holds a value that the model never saw" in told("binary", 50.0, "Astronaut")
