"""Fits of several labels a row: the words of each label, predictions, explanations, stopping."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from labelled_texts import labelled
from tables import open_columns

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.data.frames import columns_of
from pellucid.data.table import Table
from pellucid.explain.model import explain_model
from pellucid.explain.row import explain_row
from pellucid.explain.tokens.exact import explain_exact
from pellucid.explain.tokens.explain import explain_text
from pellucid.models.files import load_fit, save_fit
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.held_out import truth_of
from pellucid.models.tasks import target_of
from pellucid.models.types import FitOptions

TableOf = Callable[[Mapping[str, Sequence[object]]], Table]
OPTIONS = FitOptions("topics", quality="preview", encoder="none")


@pytest.fixture(scope="module")
def texts_alone(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    """A fit of labels on texts alone."""
    data = labelled()
    folder = tmp_path_factory.mktemp("texts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        with open_columns(folder, {name: data[name] for name in ("text", "topics")}) as table:
            return fit(table, OPTIONS, Run(workers=1))


def test_a_fit_of_texts_finds_the_words_of_each_label(texts_alone: Fit) -> None:
    model, summary = texts_alone.model, texts_alone.summary
    assert summary.task.kind == "multilabel"
    assert model.output_names == summary.task.classes == ("music", "news", "sport")
    assert model.link == "logits"
    text = model.texts[0]
    strongest = {
        label: {text.ngrams[cell - 1] for cell in np.argsort(-text.scores[1:-1, k])[:4] + 1}
        for k, label in enumerate(model.output_names)
    }
    assert {"guitar", "concert"} <= strongest["music"]
    assert {"goal", "coach"} <= strongest["sport"]
    assert set(texts_alone.metrics) == {
        "auc", "macro_f1", "micro_f1", "exact_match", "log_loss", "brier",
    }  # fmt: skip
    assert texts_alone.metrics["auc"].value > 0.9
    assert [scores.name for scores in texts_alone.baselines] == ["TF-IDF"]
    assert summary.evidence[0].matters


def test_predictions_are_told_as_the_cells_are(
    texts_alone: Fit, table_of: TableOf, tmp_path: Path
) -> None:
    model, summary = texts_alone.model, texts_alone.summary
    table = table_of(labelled(separator="; "))
    columns, _ = columns_of(table, model.task.features)
    mean = model.predict_proba(table)
    assert mean.shape == (table.rows, 3)
    assert mean.sum(axis=1).max() > 1.5
    truth = target_of(model.task, table.values("topics"))
    told = target_of(model.task, model.predict(table))
    has = truth.any(axis=1) & (mean >= 0.5).any(axis=1)
    assert (told == (mean >= 0.5))[has].all()
    assert (told == truth)[has].mean() > 0.9
    save_fit(texts_alone, tmp_path / "m.zip")
    loaded = load_fit(tmp_path / "m.zip")
    assert loaded.summary.task == summary.task
    np.testing.assert_array_equal(loaded.model.margin(columns), model.margin(columns))
    assert loaded.model.predict(table).tolist() == model.predict(table).tolist()


def test_columns_take_part_and_all_adds_up(table_of: TableOf) -> None:
    table = table_of(labelled(160))
    fitted = fit(table, OPTIONS, Run(workers=1))
    model = fitted.model
    assert {term.name for term in model.all_terms} == {"text", "speed", "colour"}
    assert {scores.name for scores in fitted.baselines} == {
        "texts alone", "columns alone", "linear", "boosted trees", "TF-IDF",
    }  # fmt: skip
    assert {alert.kind for alert in fitted.summary.warnings} >= {"several labels", "no pairs"}
    speed = model.term("speed")
    assert abs(speed.scores[1:-1, 2]).max() > 2 * abs(speed.scores[1:-1, 1]).max()
    columns, _ = columns_of(table, model.task.features)
    margins = model.margin(columns)
    for row in range(0, table.rows, 8):
        told = explain_row(model, columns, row)
        steps = np.sum([item.score for item in told.contributions], axis=0)
        np.testing.assert_allclose(told.intercept + steps, margins[row], atol=1e-6)
        best = int(margins[row].argmax())
        assert (told.output, told.label) == (best, model.task.classes[best])
        chance = 1 / (1 + np.exp(-margins[row]))
        assert list((told.probabilities or {}).values()) == pytest.approx(chance.tolist())
        assert told.probability_path[-1] == pytest.approx(chance[best])
        tokens = explain_exact(model, columns, row)
        total = np.sum([token.score for token in tokens.tokens], axis=0) + tokens.intercept
        np.testing.assert_allclose(total, margins[row], atol=1e-6)
    assert explain_model(fitted).outputs == model.task.classes


def test_a_text_is_explained_label_by_label(texts_alone: Fit) -> None:
    model = texts_alone.model
    text = "the guitar and the goal"
    told = explain_text(model, text, label="sport")
    assert told.outputs[told.output] == "sport"
    best = max(told.tokens, key=lambda token: token.score[told.output])
    assert best.text == "goal"
    assert told.faithfulness is not None
    by_hiding = explain_text(model, text, method="occlusion", label="music")
    best = max(by_hiding.tokens, key=lambda token: token.score[by_hiding.output])
    assert best.text == "guitar"
    with pytest.raises(UserError, match="cannot be set against each other"):
        explain_text(model, text, label="sport", contrast="music")


def test_columns_without_texts_are_enough(table_of: TableOf) -> None:
    data = labelled(200)
    table = table_of({name: data[name] for name in ("speed", "colour", "topics")})
    fitted = fit(table, OPTIONS, Run(workers=1))
    assert fitted.model.texts == ()
    assert [term.kind for term in fitted.model.terms] == ["bins", "levels"]
    assert fitted.metrics["auc"].value > 0.52
    assert truth_of(fitted.summary.task, table).shape == (200, 3)


def test_a_stopped_fit_keeps_its_bags(table_of: TableOf) -> None:
    data = labelled(160)
    table = table_of({name: data[name] for name in ("text", "topics")})
    shown: list[object] = []
    run = Run(
        workers=1,
        on_partial=lambda _, model: shown.append(model),
        should_stop=lambda: len(shown) >= 3,
    )
    fitted = fit(table, OPTIONS, run)
    assert 1 <= fitted.summary.bags < fitted.summary.bags_asked
    assert fitted.metrics
    with pytest.raises(StoppedError):
        fit(table, OPTIONS, Run(workers=1, should_stop=lambda: True))
