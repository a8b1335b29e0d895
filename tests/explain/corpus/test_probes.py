"""What layers know of columns, where it is known what they know."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tiny_models import WORDS, tiny_bert

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.network_types import Probes
from pellucid.explain.corpus.probes import layer_features, probe_features, probe_texts


def corpus(rows: int = 150) -> list[str]:
    rng = np.random.default_rng(3)
    return [" ".join(rng.choice(WORDS, rng.integers(3, 12))) for _ in range(rows)]


def known_features(rows: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Return a layer of noise and a layer that holds a hidden number in a line of its space."""
    rng = np.random.default_rng(4)
    hidden = rng.normal(size=rows)
    noise = rng.normal(size=(rows, 12))
    knowing = rng.normal(size=(rows, 12)) + np.outer(hidden, rng.normal(size=12))
    return np.stack([noise, knowing]).astype(np.float32), hidden


def test_features_are_the_mean_over_each_texts_pieces() -> None:
    import torch

    model, tokenizer = tiny_bert()
    texts = corpus(7)
    features = layer_features((model, tokenizer), texts, Run(), batch=3)
    assert features.shape == (3, 7, 16)
    assert features.dtype == np.float32
    coded = tokenizer(texts[4], return_tensors="pt")
    with torch.inference_mode():
        states = model(**coded, output_hidden_states=True).hidden_states
    alone = np.stack([state[0].mean(dim=0).numpy() for state in states])
    assert np.allclose(features[:, 4], alone, atol=1e-5)


def test_the_layer_that_knows_a_column_is_found() -> None:
    features, hidden = known_features()
    columns = {
        "number": hidden,
        "sign": np.where(hidden > 0, "up", "down").astype(object),
        "noise": np.random.default_rng(9).choice(["a", "b"], 300).astype(object),
    }
    number, sign, noise = probe_features(features, columns, Run()).columns
    assert number.best.layer == sign.best.layer == 1
    assert number.best.score.low > 0.7
    assert number.layers[0].score.high < 0.2
    assert number.best.selectivity.low > 0.5
    assert sign.best.score.low > sign.baseline
    assert sign.best.control < 0.65
    assert (number.kind, sign.kind, sign.classes) == ("number", "classes", ("down", "up"))
    assert all(layer.selectivity.low < 0.05 for layer in noise.layers)


def test_the_score_is_that_of_rows_not_fitted_on() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(1, 60, 200)).astype(np.float32)
    labels = np.asarray(["a", "b"] * 30, dtype=object)
    (column,) = probe_features(features, {"label": labels}, Run()).columns
    assert column.best.score.value < 0.75


def test_missing_values_rare_classes_and_constants() -> None:
    features, hidden = known_features()
    labels = np.where(hidden > 0, "up", "down").astype(object)
    labels[:5], labels[5:9] = None, "rare"
    holes = hidden.copy()
    holes[:100] = np.nan
    columns = {
        "labels": labels,
        "holes": holes,
        "constant": np.ones(300),
        "one": np.asarray(["same"] * 300, dtype=object),
        "ids": np.asarray([str(i) for i in range(300)], dtype=object),
    }
    found = probe_features(features, columns, Run())
    assert [column.column for column in found.columns] == ["labels", "holes"]
    assert found.left_out == ("constant", "one", "ids")
    assert (found.columns[0].rows, found.columns[1].rows) == (291, 200)
    assert found.columns[0].classes == ("down", "up")
    assert found.columns[1].note == "100 of 300 texts have no value that could be probed"


def test_texts_are_sampled_and_probed_from_a_folder(tmp_path: Path) -> None:
    model, tokenizer = tiny_bert()
    model.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    texts: list[str | None] = [*corpus(), None, " "]
    has_good = np.asarray(["yes" if t and "good" in t else "no" for t in texts], dtype=object)
    length = np.asarray([float(len(t or "")) for t in texts])
    found = probe_texts(tmp_path, texts, {"good": has_good, "length": length}, Run(), most=120)
    again = probe_texts(
        (model, tokenizer), texts, {"good": has_good, "length": length}, Run(), most=120
    )
    assert (found.searched, found.texts, found.layers) == (152, 120, 3)
    assert [c.best.layer for c in found.columns] == [c.best.layer for c in again.columns]
    assert found.columns[0].layers[0].score.value > found.columns[0].baseline


def test_the_value_survives_being_saved_and_the_seed_decides() -> None:
    features, hidden = known_features(80)
    found = probe_features(features, {"x": hidden}, Run(seed=1))
    assert from_json(Probes, json.loads(json.dumps(to_json(found)))) == found
    assert probe_features(features, {"x": hidden}, Run(seed=1)) == found
    assert probe_features(features, {"x": hidden}, Run(seed=2)) != found


def test_no_text_and_a_stop() -> None:
    model = tiny_bert()
    assert probe_texts(model, [None, ""], {"x": np.zeros(2)}, Run()).left_out == ("x",)
    with pytest.raises(StoppedError):
        layer_features(model, corpus(3), Run(should_stop=lambda: True))
    features, hidden = known_features(60)
    with pytest.raises(StoppedError):
        probe_features(features, {"x": hidden}, Run(should_stop=lambda: True))
