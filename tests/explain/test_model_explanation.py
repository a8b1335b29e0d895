"""A model is explained by its own tables: ranked, with intervals, with evidence."""

import numpy as np

from pellucid.core.values import from_json, to_json
from pellucid.explain.model import explain_model
from pellucid.explain.types import ModelExplanation
from pellucid.models.additive import Term
from pellucid.models.intervals import bag_half_width
from toy_models import curve_term, level_term, make_fit, make_model

WEAK = curve_term("height", lambda x: x / 1000)
STRONG = level_term("work", {"a": 1.0, "b": -1.0}, {"a": 500, "b": 500})


def test_terms_come_by_falling_importance_with_their_evidence() -> None:
    explanation = explain_model(make_fit(make_model((WEAK, STRONG)), idle=("height",)))
    assert [term.name for term in explanation.terms] == ["work", "height"]
    assert [term.matters for term in explanation.terms] == [True, False]


def test_the_interval_is_the_jackknife_scaling_of_bag_spread() -> None:
    term = explain_model(make_fit(make_model((STRONG,)))).term("work")
    half = bag_half_width(STRONG.variation, 8)
    np.testing.assert_allclose(term.high - term.scores, half)
    np.testing.assert_allclose(term.scores - term.low, half)


def test_with_one_bag_no_interval_is_claimed() -> None:
    one = Term("work", "levels", STRONG.axes, STRONG.scores, STRONG.scores[None], STRONG.weights)
    term = explain_model(make_fit(make_model((one,)))).term("work")
    assert np.isnan(term.low).all()
    assert np.isnan(term.variation).all()


def test_outputs_are_named_by_what_they_raise() -> None:
    assert make_model((WEAK,)).output_names == (">50K",)
    assert make_model((WEAK,), "regression").output_names == ("price",)
    wide = Term(
        "work", "levels", STRONG.axes, np.repeat(STRONG.scores, 3, 1),
        np.repeat(STRONG.bag_scores, 3, 2), STRONG.weights,
    )  # fmt: skip
    many = make_model((wide,), "multiclass", (0.2, 0.1, -0.3))
    assert many.output_names == ("Adelie", "Chinstrap", "Gentoo")


def test_an_explanation_survives_json() -> None:
    explanation = explain_model(make_fit(make_model((WEAK, STRONG))))
    again = from_json(ModelExplanation, to_json(explanation))
    np.testing.assert_allclose(again.term("height").low, explanation.term("height").low)
    assert again.term("work").axes[0].levels == ("a", "b")
