"""A text told by its way through a keyword tree: every answer's share, adding up to the leaf."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.explain.tokens.exact import explain_exact
from pellucid.explain.tokens.explain import explain_text
from pellucid.explain.tokens.scorers import LeafScorer, text_scorer
from pellucid.explain.tokens.tree_way import SHARED, leaf_term, node_scores
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Node
from toy_models import curve_term, make_model, make_term

NODES = (
    Node(0, 200, (0.5, 0.5), ("dull", "slow film"), 1, 2),
    Node(1, 80, (0.9, 0.1)),
    Node(2, 120, (0.2, 0.8), ("superb",), 3, 4),
    Node(3, 40, (0.05, 0.95)),
    Node(4, 80, (0.3, 0.7)),
)


def tree_term() -> Term:
    tree = KeywordTree("review", "binary", ("<=50K", ">50K"), NODES, orders=2)
    axis = Axis("review", "review", levels=tree.labels, tree=tree)
    scores = np.array([0.25, -2.0, 2.5, 0.5, 0.0])[:, None]
    weights = np.array([10.0, 80.0, 40.0, 80.0, 0.0])
    return make_term("review", "leaves", (axis,), scores, weights, centre=False)


def tree_model() -> AdditiveModel:
    model = make_model((tree_term(), curve_term("minutes", lambda x: x / 100)))
    features = (("review", "text"), ("minutes", "number"))
    return replace(model, task=replace(model.task, features=features))  # type: ignore[arg-type]


def test_a_questions_score_is_the_mean_over_its_texts() -> None:
    scores = node_scores(tree_term())
    assert {k: round(float(v[0]), 9) for k, v in scores.items()} == {
        1: -2.0, 3: 2.5, 4: 0.5, 2: round((40 * 2.5 + 80 * 0.5) / 120, 9),
        0: round((80 * -2.0 + 40 * 2.5 + 80 * 0.5) / 200, 9),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["A superb film", "dull, and a slow film", "so-so", "Dull! dull"])
def test_start_and_steps_add_up_to_what_is_predicted(text: str) -> None:
    model = tree_model()
    columns = {"review": np.array([text], dtype=object), "minutes": np.array([50.0])}
    told = explain_exact(model, columns)
    way = told.way
    assert way is not None
    steps = sum(step.score[0] for step in way.steps)
    assert way.start[0] + steps == pytest.approx(float(model.margin(columns)[0, 0]), abs=1e-12)
    assert told.total[0] == pytest.approx(way.start[0] + steps, abs=1e-12)
    assert told.intercept[0] + sum(t.score[0] for t in told.tokens) == pytest.approx(told.total[0])
    assert told.gap == pytest.approx(0, abs=1e-12)
    assert way.score == (pytest.approx(float(leaf_term(model).scores[_cell(way.label), 0])),)


def _cell(label: str) -> int:
    return 1 + (leaf_term(tree_model()).axes[0].levels or ()).index(label)


def test_the_keywords_met_carry_what_their_answers_add() -> None:
    told = explain_text(tree_model(), "A superb film", with_faithfulness=False)
    by_text = {token.text: token.score[0] for token in told.tokens}
    assert by_text["A"] == by_text["film"] == 0
    assert by_text["superb"] == pytest.approx(2.5 - 140 / 120)
    assert [(item.ngram, item.texts) for item in told.ngrams] == [("superb", 40)]
    assert told.way is not None
    assert [step.found for step in told.way.steps] == [(), ("superb",)]
    assert not told.note


def test_several_keywords_of_one_question_share_its_answer() -> None:
    told = explain_text(tree_model(), "dull and a slow film", with_faithfulness=False)
    by_text = {token.text: token.score[0] for token in told.tokens}
    change = -2.0 - (80 * -2.0 + 40 * 2.5 + 80 * 0.5) / 200
    assert by_text["dull"] == pytest.approx(change / 2)
    assert by_text["slow"] == by_text["film"] == pytest.approx(change / 4)
    assert told.note == SHARED


def test_a_text_without_words_falls_into_no_leaf() -> None:
    told = explain_text(tree_model(), " … ")
    assert told.way is not None
    assert (told.way.leaf, told.way.steps, told.tokens) == (None, (), ())
    assert told.total[0] == pytest.approx(float(tree_model().intercept[0]) + 0.25)


def test_other_methods_and_faithfulness_serve_a_tree() -> None:
    model = tree_model()
    occlusion = explain_text(model, "A superb film", method="occlusion")
    exact = explain_text(model, "A superb film")
    assert occlusion.tokens[1].score[0] == pytest.approx(2.0)  # superb: leaf 3 to leaf 4
    assert exact.faithfulness is not None
    assert exact.faithfulness.comprehensiveness > 0
    with pytest.raises(UserError, match="does not read minutes"):
        explain_text(model, "superb", column="minutes")


def test_the_other_class_turns_every_sign() -> None:
    model = tree_model()
    mine = explain_text(model, "A superb film", with_faithfulness=False)
    other = explain_text(model, "A superb film", label="<=50K", with_faithfulness=False)
    assert other.way is not None
    assert mine.way is not None
    assert other.way.start[0] == pytest.approx(-mine.way.start[0])
    assert other.way.steps[1].score[0] == pytest.approx(-mine.way.steps[1].score[0])
    assert other.total[0] == pytest.approx(-mine.total[0])


def test_a_tree_is_a_function_of_its_text() -> None:
    model = tree_model()
    scorer = text_scorer(model, "review")
    assert isinstance(scorer, LeafScorer)
    margins = scorer.margins(["dull", "superb", ""])
    assert margins[:, 0] - float(model.intercept[0]) == pytest.approx([-2.0, 2.5, 0.25])
    assert scorer.mean(margins).shape == (3, 2)
    others = {"review": np.array(["superb"], dtype=object), "minutes": np.array([50.0])}
    beside = text_scorer(model, None, others).margins(["superb"])
    assert beside[0, 0] == pytest.approx(float(model.margin(others)[0, 0]))
