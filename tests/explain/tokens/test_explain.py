"""The one door: any method on any model, contrasts, grains, and what is refused."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from test_exact import columns, made_model

from pellucid.core.errors import UserError
from pellucid.explain.tokens.explain import explain_text, methods_of
from pellucid.explain.tokens.scorers import additive_scorer
from pellucid.models.additive import AdditiveModel
from pellucid.models.black_box.box import from_folder
from pellucid.models.black_box.classifier import SequenceClassifier
from tiny_networks import save_tuned

TEXT = "Good, but the sequel is not good! 很好 👩‍👩‍👧"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> SequenceClassifier:
    place = tmp_path_factory.mktemp("network")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(place / "home"))
        return from_folder(save_tuned(place / "three", ["a", "b", "c"]), "text").network


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("method", ["exact", "occlusion", "shap", "lime"])
def test_an_additive_model_is_explained_by_any_method_but_gradients(
    outputs: int, method: str
) -> None:
    model = made_model(outputs)
    told = explain_text(model, TEXT, method=method)  # type: ignore[arg-type] # a literal
    assert told.outputs == model.output_names
    assert all(told.text[t.start : t.end] == t.text for t in told.tokens)
    if told.gap is not None:
        scores = sum(token.score[told.output] for token in told.tokens)
        total = told.intercept[told.output] + scores + told.gap
        assert total == pytest.approx(told.total[told.output], abs=1e-9)
    assert told.faithfulness is not None
    assert told.faithfulness.rankings > 0


@pytest.mark.parametrize("method", ["ig", "gradient", "attention", "occlusion"])
def test_a_transformer_is_explained(network: SequenceClassifier, method: str) -> None:
    assert method in methods_of(network)
    told = explain_text(network, "the plot is good", method=method, granularity="word")  # type: ignore[arg-type] # a literal
    assert [token.text for token in told.tokens] == ["the", "plot", "is", "good"]
    assert told.probabilities is not None
    assert sum(told.probabilities.values()) == pytest.approx(1.0)
    if told.gap is not None:
        place = told.output
        scores = sum(token.score[place] for token in told.tokens)
        assert told.intercept[place] + scores + told.gap == pytest.approx(told.total[place])


def test_other_columns_are_average_unless_a_row_is_given() -> None:
    model, data = made_model(1), columns()
    alone = explain_text(model, TEXT, column="title", with_faithfulness=False)
    offset = model.text("title").offset
    np.testing.assert_allclose(alone.intercept, model.intercept + offset)
    row = {name: values[1:2] for name, values in data.items()}
    beside = explain_text(model, "", column="title", others=row, with_faithfulness=False)
    scorer = additive_scorer(model, "title", row)
    np.testing.assert_allclose(beside.total, scorer.margins([""])[0])


def test_the_class_that_the_margin_speaks_against_has_its_own_side() -> None:
    model = made_model(1)
    yes = explain_text(model, TEXT, label="yes")
    no = explain_text(model, TEXT, label="no")
    assert no.contrast == "yes"
    assert no.total[0] == pytest.approx(-yes.total[0])
    assert no.tokens[0].score[0] == pytest.approx(-yes.tokens[0].score[0])
    assert no.faithfulness is not None


@pytest.mark.parametrize("is_network", [False, True])
def test_why_one_class_and_not_another(network: SequenceClassifier, is_network: bool) -> None:
    model: AdditiveModel | SequenceClassifier = network if is_network else made_model(3)
    plain = explain_text(model, TEXT, label="a", with_faithfulness=False)
    told = explain_text(model, TEXT, label="a", contrast="c")
    assert told.contrast == "c"
    for token, whole in zip(told.tokens, plain.tokens, strict=True):
        assert token.score[0] == pytest.approx(whole.score[0] - whole.score[2], abs=1e-5)
    assert told.total[0] == pytest.approx(plain.total[0] - plain.total[2], abs=1e-5)
    assert told.faithfulness is not None


def test_grains_add_up() -> None:
    model = made_model(3)
    fine = explain_text(model, TEXT, with_faithfulness=False)
    coarse = explain_text(model, TEXT, granularity="sentence", with_faithfulness=False)
    assert len(coarse.tokens) < len(fine.tokens)
    sums = [np.sum([t.score for t in one.tokens], axis=0) for one in (fine, coarse)]
    np.testing.assert_allclose(*sums, atol=1e-12)


def test_what_cannot_be_is_refused() -> None:
    model = made_model(3)
    with pytest.raises(UserError, match="cannot be explained by integrated gradients") as refused:
        explain_text(model, TEXT, method="ig")
    assert refused.value.hint == "Its methods are exact, occlusion, shap and lime."
    with pytest.raises(UserError, match="does not read notes"):
        explain_text(model, TEXT, column="notes")
    with pytest.raises(UserError, match="no class called 'd'"):
        explain_text(model, TEXT, label="d")
    with pytest.raises(UserError, match="against itself"):
        explain_text(model, TEXT, label="a", contrast="a")
    bare = AdditiveModel(model.task, model.link, model.intercept, model.bag_intercepts, model.terms)
    with pytest.raises(UserError, match="reads no text"):
        explain_text(bare, TEXT)


def test_the_ranking_of_a_very_long_text_is_not_tested_and_this_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules[explain_text.__module__], "MOST_TESTED", 3)
    model = made_model(1)
    short, long = (explain_text(model, text) for text in ("good plot good", "good plot good plot"))
    assert short.faithfulness is not None
    assert (long.faithfulness, len(long.tokens)) == (None, 4)
    assert "is not tested against random ones" in long.note
