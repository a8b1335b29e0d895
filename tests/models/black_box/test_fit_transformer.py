"""A table to a tuned transformer, measured on the rows that other models are measured on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from tables import open_columns

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Progress, Run
from pellucid.data.splits import split
from pellucid.data.table import Table
from pellucid.encoders.offline import offline_model
from pellucid.models.black_box.files import load_black_box, save_black_box
from pellucid.models.black_box.fitting import encoder_folder, fit_transformer
from pellucid.models.setup import VALIDATION_SIZE
from pellucid.models.types import FitOptions
from tiny_networks import save_bert, sentences

ROWS = 160
Opened = Callable[[Mapping[str, Sequence[object]]], Table]


@pytest.fixture
def encoder(tmp_path: Path) -> str:
    return str(save_bert(tmp_path / "encoder", backbone=True))


@pytest.fixture
def columns() -> dict[str, list[object]]:
    """Reviews whose label is whether they hold the word good."""
    texts = sentences(ROWS, seed=2)
    return {
        "place": np.random.default_rng(0).choice(["north", "south"], ROWS).tolist(),
        "review": [None if i == 7 else text for i, text in enumerate(texts)],
        "label": ["yes" if "good" in text.split() else "no" for text in texts],
        "stars": np.random.default_rng(1).normal(3, 1, ROWS).round(3).tolist(),
    }


@pytest.fixture
def open_table(tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:

        def opened(columns: Mapping[str, Sequence[object]]) -> Table:
            table = stack.enter_context(open_columns(tmp_path, columns))
            return stack.enter_context(table.with_kinds({"review": "text"}))

        yield opened


def test_a_classifier_is_tuned_measured_and_kept(
    columns: dict[str, list[object]], open_table: Opened, encoder: str, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    options = FitOptions("label", kind="transformer", encoder=encoder)
    fit = fit_transformer(open_table(columns), options, Run(on_progress=seen.append))
    assert fit.model.task.features == (("review", "text"),)
    assert fit.model.task.classes == ("no", "yes")
    assert {entry.column for entry in fit.summary.left_out} == {"place", "stars"}
    assert fit.summary.rows["test"] == 32
    assert sum(fit.summary.rows.values()) == ROWS
    assert {"auc", "log_loss"} <= set(fit.metrics)
    assert [scores.name for scores in fit.baselines] == ["TF-IDF"]
    codes = np.array([["no", "yes"].index(str(label)) for label in columns["label"]])
    dealt = split(ROWS, codes, np.ones(ROWS, dtype=bool), 0.2, VALIDATION_SIZE, 0)
    assert fit.split is not None
    assert np.array_equal(fit.split.part, dealt.part)
    assert any("tun" in progress.stage.lower() for progress in seen)
    save_black_box(fit, tmp_path / "fit.pellucid")
    back = load_black_box(tmp_path / "fit.pellucid")
    assert back.summary.options == options
    assert np.array_equal(back.model.predict_proba(columns), fit.model.predict_proba(columns))


def test_a_number_is_predicted_on_another_tables_rows(
    columns: dict[str, list[object]], open_table: Opened, encoder: str
) -> None:
    options = FitOptions("stars", texts=("review",), encoder=encoder, kind="transformer")
    test = {name: values[:40] for name, values in columns.items()}
    fit = fit_transformer(open_table(columns), options, test_table=open_table(test))
    assert fit.summary.rows["test"] == 40
    assert set(fit.metrics) == {"rmse", "mae", "r2"}
    assert 1 < fit.model.predict(columns).mean() < 5
    assert fit.split is not None
    assert len(fit.split.part) == ROWS


def test_which_column_is_read_must_be_clear(
    columns: dict[str, list[object]], open_table: Opened, encoder: str
) -> None:
    options = FitOptions("label", kind="transformer", encoder=encoder)
    both = open_table({**columns, "title": columns["review"]}).with_kinds({"title": "text"})
    with pytest.raises(UserError, match="reads one column of texts"):
        fit_transformer(both, options)
    both.close()
    without = {name: values for name, values in columns.items() if name != "review"}
    without["review"] = columns["place"]
    category = open_table(without).with_kinds({"review": "category"})
    with pytest.raises(UserError, match="no column of texts"):
        fit_transformer(category, options)
    category.close()


def test_an_encoder_is_needed(tmp_path: Path, encoder: str) -> None:
    with pytest.raises(UserError, match="without an encoder"):
        encoder_folder(FitOptions("label", encoder="none"), Run())
    with pytest.raises(UserError, match="There is no folder"):
        encoder_folder(FitOptions("label", encoder=str(tmp_path / "gone")), Run())
    assert str(encoder_folder(FitOptions("label", encoder=encoder), Run()).path) == encoder


def test_the_encoder_of_the_offline_extra_is_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = offline_model()
    if found is not None:
        assert encoder_folder(FitOptions("label"), Run()) == found
    monkeypatch.setattr("pellucid.models.black_box.fitting.offline_model", lambda: None)
    with pytest.raises(UserError, match="no language model on this machine"):
        encoder_folder(FitOptions("label"), Run())


def test_texts_without_words_and_beyond_the_limit_are_told(
    columns: dict[str, list[object]], open_table: Opened, encoder: str
) -> None:
    columns["review"] = ["👍" if i % 2 else "🎉 " * 300 for i in range(ROWS)]
    options = FitOptions("label", kind="transformer", encoder=encoder)
    fit = fit_transformer(open_table(columns), options)
    assert fit.baselines == ()
    assert any("the rest of each was not read" in alert.message for alert in fit.warnings)


def test_without_test_rows_there_are_no_figures(
    columns: dict[str, list[object]], open_table: Opened, encoder: str
) -> None:
    options = FitOptions("label", kind="transformer", encoder=encoder, test_size=0.0)
    fit = fit_transformer(open_table(columns), options)
    assert fit.metrics == {}
    assert fit.baselines == ()


def test_a_fit_can_be_stopped(
    columns: dict[str, list[object]], open_table: Opened, encoder: str
) -> None:
    options = FitOptions("label", kind="transformer", encoder=encoder)
    with pytest.raises(StoppedError):
        fit_transformer(open_table(columns), options, Run(should_stop=lambda: True))
