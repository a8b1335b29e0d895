"""What the Explain page says of terms and classes, without a window."""

from __future__ import annotations

import numpy as np

from pellucid.explain.model import explain_model
from pellucid.explain.types import ModelExplanation
from pellucid.models.additive import Axis, Term
from pellucid.report.charts import BarChart, CurveChart, HeatmapChart
from pellucid.ui.pages import explain_view as view
from toy_models import curve_term, level_term, make_fit, make_model, make_term, pair_term


def binary() -> ModelExplanation:
    terms = (
        curve_term("age", lambda x: x / 25, missing=(0.3, 50.0)),
        level_term("work", {"Private": 0.4, "State": -0.4}, {"Private": 900, "State": 900}),
        pair_term("a", "b", 0.1),
    )
    return explain_model(make_fit(make_model(terms), idle=("work",)))


def by_class(name: str, kind: str, axes: tuple[Axis, ...], shape: tuple[int, ...]) -> Term:
    scores = np.zeros((*shape, 3))
    scores[1:-1] = np.linspace(-1, 1, shape[0] - 2).reshape(-1, *[1] * len(shape[1:]), 1)
    scores = scores * np.array([1.0, 0.5, -1.5])
    weights = np.zeros(shape)
    weights[(slice(1, -1),) * len(shape)] = 100.0
    return make_term(name, kind, axes, scores, weights)  # type: ignore[arg-type]


def multiclass() -> ModelExplanation:
    bill = Axis("bill", "bill", edges=np.linspace(30, 60, 9), low=28.0, high=62.0)
    island = Axis("island", "island", levels=("Biscoe", "Dream", "Torgersen"))
    terms = (
        by_class("bill", "bins", (bill,), (12,)),
        by_class("island", "levels", (island,), (5,)),
        by_class("bill × island", "pair", (bill, island), (12, 5)),
    )
    return explain_model(make_fit(make_model(terms, "multiclass", (0.0, 0.0, 0.0))))


def test_terms_are_ranked_and_judged_in_words() -> None:
    rows = view.term_rows(binary())
    assert [row.name for row in rows][:2] == ["age", "work"]
    assert rows[0].share == 1.0
    assert [row.verdict for row in rows][:2] == ["matters", "within noise"]
    assert rows[1].spoken.startswith("2. work, importance")


def test_terms_are_found_by_every_word() -> None:
    rows = view.term_rows(binary())
    assert [row.name for row in view.matching(rows, "A B")] == ["a × b"]
    assert len(view.matching(rows, "")) == 3


def test_two_classes_leave_nothing_to_choose() -> None:
    explanation = binary()
    assert view.class_choices(explanation, explanation.term("age")) == ()
    assert view.shown_chart("age", explanation).scale is None


def test_three_classes_can_be_shown_together_or_one_by_one() -> None:
    explanation = multiclass()
    choices = view.class_choices(explanation, explanation.term("bill"))
    assert [name for _, name in choices] == ["", "Adelie", "Chinstrap", "Gentoo"]
    whole = view.shown_chart("bill", explanation).chart
    assert isinstance(whole, CurveChart)
    assert [line.name for line in whole.lines] == ["Adelie", "Chinstrap", "Gentoo"]
    one = view.shown_chart("bill", explanation, "Gentoo").chart
    assert isinstance(one, CurveChart)
    assert [line.name for line in one.lines] == ["Gentoo"]


def test_a_class_alone_keeps_the_scale_of_all() -> None:
    explanation = multiclass()
    for name, kind in (("bill", CurveChart), ("island", BarChart), ("bill × island", HeatmapChart)):
        scales = set()
        for chosen in explanation.outputs:
            shown = view.shown_chart(name, explanation, chosen)
            assert isinstance(shown.chart, kind)
            assert shown.scale is not None
            scales.add(shown.scale)
        assert len(scales) == 1


def test_evidence_is_told_with_its_interval() -> None:
    explanation = binary()
    assert view.evidence_line(explanation, "age") == (
        "It matters: without it the log loss on held-out rows rises by 0.0500 (0.0300 to 0.0700, "
        "corrected for the number of terms)."
    )
    assert view.evidence_line(explanation, "work").startswith("Within noise")


def test_facts_of_a_term_count_its_missing_rows() -> None:
    facts = dict(view.summary_facts(binary(), "age"))
    assert facts["Missing"] == "50 (2.4%)"
    assert facts["Training rows"] == "2,050"
    assert "Missing" not in dict(view.summary_facts(binary(), "a × b"))


def test_the_scale_is_explained() -> None:
    assert "log-odds" in view.reading_note(binary())
